"""Results written by hand, as ``assess --json`` prints them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Any

import pytest

from cxmaturity.following.building import compare_results
from cxmaturity.following.model import Comparison
from cxmaturity.following.reading import as_result

Data = dict[str, Any]


def standing(score: float | None, half: float | None = None, **more: Any) -> Data:
    """A standing whose interval goes ``half`` to either side, as far as the scale does."""
    interval = None if half is None or score is None else [max(1.0, score - half), min(5.0, score + half)]
    return {"score": score, "interval": interval, "level": None, "uncapped_level": None, "caps": [], **more}


def question(name: str, score: float | None, half: float | None = None, **more: Any) -> Data:
    facts = {"kind": "choice", "weight": 1.0, "fingerprint": f"print-of-{name}", **more}
    return {"id": name, **standing(score, half), **facts}


def practice(
    name: str, score: float | None, half: float | None, questions: Sequence[Data], **more: Any
) -> Data:
    facts = {"id": name, "title": name.title(), "weight": 1.0, "questions": list(questions)}
    return {**facts, **standing(score, half), **more}


def dimension(
    name: str, score: float | None, half: float | None, practices: Sequence[Data], **more: Any
) -> Data:
    facts = {"id": name, "title": name.title(), "weight": 1.0, "practices": list(practices)}
    return {**facts, **standing(score, half), **more}


def result(dimensions: Sequence[Data], **more: Any) -> Data:
    return {
        "format": 1,
        "organisation": {"name": "Acme"},
        "as_of": "2026-10-31",
        "questionnaires": [{"id": "small", "version": "1", "sha256": "one"}],
        "confidential": False,
        "plugin_api": 1,
        "balanced": None,
        "overall": standing(3.0, 0.2),
        "dimensions": list(dimensions),
        "quality": {"respondents": 20},
        "metrics": [],
        "recommendations": [],
        "plugins": [{"name": "core", "version": "1", "distribution": "cxmaturity"}],
        **more,
    }


def one_practice(score: float | None, half: float | None, questions: Sequence[Data], /, **more: Any) -> Data:
    """A result with one dimension of one practice, whose scores are the practice's."""
    inside = practice("d.p", score, half, deepcopy(list(questions)))
    return result([dimension("d", score, half, [inside])], overall=standing(score, half), **more)


def metric(name: str, value: float | None, half: float | None = None, **more: Any) -> Data:
    interval = None if half is None or value is None else [value - half, value + half]
    facts = {"id": name, "title": name.title(), "value": value, "unit": "points", "interval": interval}
    return {**facts, "higher_is_better": True, "period": None, "reason": None, **more}


def initiative(name: str, start: str | None = "2027-01-01", quarters: int = 1, **more: Any) -> Data:
    kpi = {"name": f"Share of {name}", "target": "9 of 10", "metric": None}
    return {"id": name, "title": name.title(), "start": start, "quarters": quarters, "kpi": kpi, **more}


QUARTERS = (
    ("2027-01-01", "2027-03-31"),
    ("2027-04-01", "2027-06-30"),
    ("2027-07-01", "2027-09-30"),
    ("2027-10-01", "2027-12-31"),
)


def plan(
    overall: Sequence[float] = (3.0, 3.2, 3.4, 3.6),
    finally_: float = 3.8,
    *,
    done: Mapping[str, str | None] | None = None,
    under_way: Mapping[str, str] | None = None,
) -> Data:
    """A plan over 2027: what it expects of the whole and of dimension ``d``; low lifts are 0.1 less."""

    def projections(score: float) -> Data:
        def at(value: float) -> Data:
            return {
                "overall": {"score": value, "level": 3},
                "dimensions": {"d": {"score": value, "level": 3}},
            }

        return {"projected": at(score), "low": at(score - 0.1), "if_measured": at(score)}

    return {
        "format": 1,
        "periods": [
            {"start": start, "end": end, **projections(score)}
            for (start, end), score in zip(QUARTERS, overall, strict=True)
        ],
        "finally": projections(finally_),
        "decisions": {"pin": {}, "forbid": [], "done": done or {}, "under_way": under_way or {}},
    }


@pytest.fixture
def compare() -> Callable[[Data, Data], Comparison]:
    """Holds two results, as data, against each other."""

    def made(before: Data, after: Data) -> Comparison:
        return compare_results(as_result("before.json", before), as_result("after.json", after))

    return made


@pytest.fixture
def make() -> Any:
    """The builders of this file: ``make.practice(…)``."""
    from types import SimpleNamespace

    builders = (standing, question, practice, dimension, result, one_practice, metric, initiative, plan)
    return SimpleNamespace(**{each.__name__: each for each in builders})
