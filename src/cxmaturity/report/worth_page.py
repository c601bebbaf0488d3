"""The page that says what a percentage point of churn is worth, and what others report, apart from it."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor, log10

from cxmaturity.api import Message
from cxmaturity.report.context import WorthPage
from cxmaturity.report.words import Wording
from cxmaturity.result import Assessment
from cxmaturity.worth import ChurnWorth, churn_worth, has_retention_figures

_QUOTED = ("retention-profit", "keeping-cost", "retention-cost", "profit")
_FIGURES = 2
"""So many digits of an amount in the title: more would look certain."""


def build_worth(wording: Wording, assessment: Assessment) -> WorthPage | None:
    """The page, or ``None`` where no number can be given."""
    worth, texts = churn_worth(assessment), wording.texts
    if isinstance(worth, Message):
        return None
    organisation = assessment.organisation.name
    return WorthPage(
        title=texts(
            f"report.worth.title.{worth.basis}",
            low=_about(worth.low),
            high=_about(worth.high),
            organisation=organisation,
        ),
        how=_how(wording, worth),
        columns=tuple(texts(f"report.worth.column.{name}") for name in ("low", "value", "high")),
        rows=tuple(_rows(wording, worth)),
        range=texts("report.worth.range"),
        caveats=tuple(texts.message(caveat) for caveat in worth.caveats),
        quoted_note=texts("report.worth.others-note", organisation=organisation),
        quoted=tuple(_quoted(wording)),
    )


def why_no_worth(wording: Wording, assessment: Assessment) -> str:
    """What is missing to say what churn is worth; empty where nothing is, or neither figure is known."""
    worth = churn_worth(assessment)
    if isinstance(worth, ChurnWorth) or not has_retention_figures(assessment):
        return ""
    return wording.texts("report.worth.missing", why=wording.texts.message(worth))


def _how(wording: Wording, worth: ChurnWorth) -> str:
    texts = wording.texts
    period = (
        texts("report.worth.dated", end=worth.period[1]) if worth.period else texts("report.worth.undated")
    )
    return texts("report.worth.how", customers=worth.customers, kept=worth.kept, period=period)


def _rows(wording: Wording, worth: ChurnWorth) -> Iterator[tuple[str, ...]]:
    """Customers kept × what each is worth = the worth of the point, from low to high."""
    texts = wording.texts
    each = (worth.each_low, worth.each, worth.each_high)
    whole = (worth.low, worth.value, worth.high)
    kept = texts("report.worth.row.kept", point=worth.point, customers=worth.customers)
    yield kept, *[texts.write(worth.kept, "number")] * len(each)
    yield texts(f"report.worth.row.each.{worth.basis}"), *(texts.write(value, "number") for value in each)
    yield texts("report.worth.row.worth"), *(texts.write(value, "whole") for value in whole)


def _quoted(wording: Wording) -> Iterator[tuple[str, str]]:
    """What the sources report, each with whom they have it from."""
    texts = wording.texts
    cited = {name: texts(f"report.worth.{name}") for name in ("s0", "s3")}
    for name in _QUOTED:
        key = f"report.worth.quoted.{name}"
        yield texts(f"{key}.text"), texts(f"{key}.source", **cited)


def _about(value: float) -> float:
    """An amount with its first two digits."""
    return round(value, _FIGURES - 1 - floor(log10(value))) if value > 0 else 0.0
