"""The short report on two results held against each other: everything that its template prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from cxmaturity.following.model import Comparison, ScoreChange, Side
from cxmaturity.report.change_words import ChangeWording
from cxmaturity.report.charts import ChartWords, GapChart, GapRow, gap_chart, reach_of
from cxmaturity.report.context import Figure
from cxmaturity.report.theme import Theme
from cxmaturity.report.words import MISSING, chart_words
from cxmaturity.texts import Texts

_ROWS = 24
"""So many rows of a chart fit on a page."""
_APART = 16
"""So many rows say what cannot be compared; the rest is counted."""

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeRow:
    """An initiative: when it was planned, what became of it, and whether its KPI moved."""

    title: str
    planned: str
    became: str
    kpi: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesReport:
    """The report. ``rows`` are ready to print; ``scores`` is ``None`` and ``practices`` empty without any."""

    language: str
    date: str
    footer: str
    organisation: str
    days: str
    theme: Theme
    title: str
    figures: tuple[Figure, ...]
    scores: GapChart
    caption: str
    paragraphs: tuple[str, ...]
    practices_title: str
    practices: tuple[GapChart, ...]
    initiatives_title: str
    initiatives: tuple[InitiativeRow, ...]
    initiatives_notes: tuple[str, ...]
    metrics: tuple[Row, ...]
    predicted_title: str
    predicted: tuple[Row, ...]
    predicted_paragraphs: tuple[str, ...]
    apart: tuple[tuple[str, str], ...]
    apart_more: str
    differences: tuple[str, ...]


def build_changes(comparison: Comparison, texts: Texts, theme: Theme) -> ChangesReport:
    """The report on a comparison."""
    wording, words = ChangeWording(texts), chart_words(texts)
    organisation = comparison.after.organisation
    parts = [change for change in comparison.practices() if change.before and change.after]
    predicted = comparison.predicted
    apart, apart_more = wording.apart(comparison, _APART)
    return ChangesReport(
        language=texts.language,
        date=comparison.after.as_of or "",
        footer=texts("changes.footer", organisation=organisation, title=texts("changes.name")),
        organisation=organisation,
        days=" → ".join(_days(wording, comparison)),
        theme=theme,
        title=wording.headline(comparison),
        figures=tuple(_figures(wording, comparison)),
        scores=_chart(wording, words, comparison, [comparison.overall, *comparison.dimensions]),
        caption=_caption(wording, comparison),
        paragraphs=tuple(_paragraphs(wording, comparison)),
        practices_title=_practices_title(texts, comparison),
        practices=tuple(_chart(wording, words, comparison, rows) for rows in _split(_sorted(parts))),
        initiatives_title=wording.initiatives(comparison),
        initiatives=tuple(_initiatives(wording, comparison)),
        initiatives_notes=tuple(_initiatives_notes(wording, comparison)),
        metrics=tuple(wording.metric_row(each) for each in comparison.metrics if each.difference),
        predicted_title=wording.prediction(comparison),
        predicted=tuple(wording.predicted_row(row) for row in predicted.scores) if predicted else (),
        predicted_paragraphs=tuple(_predicted_paragraphs(wording, comparison)),
        apart=tuple(apart),
        apart_more=apart_more,
        differences=tuple(_differences(wording, comparison)),
    )


def _days(wording: ChangeWording, comparison: Comparison) -> tuple[str, str]:
    return wording.day(comparison.before, "before"), wording.day(comparison.after, "after")


def _figures(wording: ChangeWording, comparison: Comparison) -> Iterator[Figure]:
    texts, overall = wording.texts, comparison.overall
    before, after = wording.sides(overall)
    ends = wording.range(overall.difference)
    remark = "" if ends == MISSING else texts("changes.summary.interval", range=ends)
    yield _figure(texts, "overall", before, after, " · ".join(filter(None, (remark, wording.over(overall)))))
    first, second = (_shown_level(side) for side in (overall.before, overall.after))
    yield _figure(texts, "level", first, second, wording.levels_basis(overall))
    one, other = comparison.before.respondents, comparison.after.respondents
    if one is not None and other is not None:
        yield _figure(texts, "people", texts.write(one, "whole"), texts.write(other, "whole"), "")
    status = [each.status for each in comparison.initiatives]
    if status and "unknown" not in status:
        count = texts("changes.initiative.count", done=status.count("done"), n=len(status))
        yield Figure(count, texts("changes.figure.done"), "")


def _shown_level(side: Side | None) -> str:
    return MISSING if side is None or side.level is None else str(side.level)


def _figure(texts: Texts, name: str, before: str, after: str, remark: str) -> Figure:
    value = texts("changes.figure.arrow", before=before, after=after)
    return Figure(value, texts(f"changes.figure.{name}"), remark)


def _chart(
    wording: ChangeWording, words: ChartWords, comparison: Comparison, changes: Sequence[ScoreChange]
) -> GapChart:
    """Now first, then before: their difference is then the change."""
    before, after = _days(wording, comparison)
    return gap_chart(
        [_row(wording, change) for change in changes],
        (after, before),
        reach=_reach(wording, comparison),
        title=wording.texts("changes.chart.title", before=before, after=after),
        words=words,
    )


def _row(wording: ChangeWording, change: ScoreChange) -> GapRow:
    difference, (before, after) = change.difference, wording.sides(change)
    return GapRow(
        wording.title(change),
        change.second.value if change.second else None,
        change.first.value if change.first else None,
        difference.interval if difference else None,
        clear=bool(difference and difference.clear),
        reason=wording.reason(change),
        note=wording.over(change),
        written=(after, before, wording.points(difference)),
    )


def _reach(wording: ChangeWording, comparison: Comparison) -> float:
    """One axis of changes for all charts."""
    changes = [comparison.overall, *comparison.dimensions, *comparison.practices()]
    return reach_of([_row(wording, change) for change in changes])


def _sorted(changes: Sequence[ScoreChange]) -> list[ScoreChange]:
    """What rose most comes first, what cannot be compared last."""

    def place(change: ScoreChange) -> tuple[bool, float, str]:
        difference = change.difference
        return difference is None, -difference.value if difference else 0.0, change.id

    return sorted(changes, key=place)


def _split(changes: Sequence[ScoreChange]) -> Iterator[Sequence[ScoreChange]]:
    """The rows in as few charts as pages can take, of nearly equal length."""
    charts = ceil(len(changes) / _ROWS)
    for number in range(charts):
        yield changes[number * len(changes) // charts : (number + 1) * len(changes) // charts]


def _caption(wording: ChangeWording, comparison: Comparison) -> str:
    before, after = _days(wording, comparison)
    said = wording.texts("changes.chart.caption", before=before, after=after)
    changes = [comparison.overall, *comparison.dimensions, *comparison.practices()]
    ends = [abs(end) for each in changes if each.difference for end in each.difference.interval or ()]
    cut = max(ends, default=0.0) > _reach(wording, comparison)
    return f"{said} {wording.texts('report.gap.cut')}" if cut else said


def _paragraphs(wording: ChangeWording, comparison: Comparison) -> Iterator[str]:
    """Levels and caps of the whole and of the dimensions, and how many practices moved."""
    texts, overall = wording.texts, comparison.overall
    reason = wording.reason(overall)
    if reason:
        yield texts("changes.summary.reason", reason=reason)
    levels = [(wording.title(overall), wording.levels(overall))]
    levels += [(each.title, wording.moved_level(each)) for each in comparison.dimensions]
    yield " ".join(texts("changes.summary.level", title=title, levels=said) for title, said in levels if said)
    yield " ".join(wording.caps(overall))
    yield from wording.dimension_caps(comparison)
    yield " ".join(wording.practices(comparison))


def _practices_title(texts: Texts, comparison: Comparison) -> str:
    known = [each.difference.clear for each in comparison.practices() if each.difference]
    if not known or set(known) == {None}:
        return texts("changes.section.practices.unknown")
    clear = known.count(True)
    return (
        texts("changes.section.practices.some", n=clear) if clear else texts("changes.section.practices.none")
    )


def _initiatives(wording: ChangeWording, comparison: Comparison) -> Iterator[InitiativeRow]:
    for each in comparison.initiatives:
        yield InitiativeRow(
            title=each.title,
            planned=wording.planned(each),
            became=wording.texts.write(wording.became(each), "start"),
            kpi=wording.kpi(each.kpi),
        )


def _initiatives_notes(wording: ChangeWording, comparison: Comparison) -> Iterator[str]:
    yield from (wording.texts.write(wording.other(each), "start") for each in comparison.others)
    if any(each.status == "unknown" for each in comparison.initiatives):
        yield wording.texts("changes.initiative.unknown")


def _predicted_paragraphs(wording: ChangeWording, comparison: Comparison) -> Iterator[str]:
    if comparison.predicted is None:
        if comparison.predicted_reason is not None:
            yield wording.sentence(comparison.predicted_reason)
        return
    yield from wording.predicted(comparison.predicted)
    yield wording.texts("changes.predicted.estimate")


def _differences(wording: ChangeWording, comparison: Comparison) -> Iterator[str]:
    yield from (wording.sentence(each) for each in comparison.versions)
    yield from (wording.texts.message(each) for each in comparison.notes)
