"""A comparison of two results on the terminal: scores, the earlier plan, and what it predicted."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cxmaturity.cli.terminal import console
from cxmaturity.following.model import Comparison, Prediction, ScoreChange
from cxmaturity.report.change_words import ChangeWording
from cxmaturity.texts import Texts

_MOST = 12
"""So many lines say what cannot be compared; the rest is counted."""


def print_changes(comparison: Comparison, texts: Texts) -> None:
    """Print a comparison for people."""
    wording = ChangeWording(texts)
    out = console()
    out.print()
    days = (wording.day(comparison.before, "before"), wording.day(comparison.after, "after"))
    out.print(Text(comparison.after.organisation, style="bold"), "·", " → ".join(days))
    out.print(_headline(comparison, wording))
    out.print(Padding(_scores(comparison, wording), (1, 0)))
    for line in wording.dimension_caps(comparison):
        out.print(Text(line, style="yellow"))
    for line in _quiet(comparison, wording):
        out.print(Text(line, style="dim"))
    for title, parts in (
        (wording.initiatives(comparison), [*_initiatives(comparison, wording)]),
        (texts("changes.section.metrics"), [*_metrics(comparison, wording)]),
        (wording.prediction(comparison), [*_predicted(comparison, wording)]),
        (texts("changes.section.apart"), [*_apart(comparison, wording)]),
        (texts("changes.section.differences"), [*_differences(comparison, wording)]),
    ):
        if parts:
            out.print(Padding(Text(title, style="bold"), (1, 0, 0, 0)))
            out.print(Padding(Group(*parts), (0, 0, 0, 2)))


def _headline(comparison: Comparison, wording: ChangeWording) -> Text:
    overall = comparison.overall
    line = Text(wording.headline(comparison), style="bold")
    said = [wording.over(overall), wording.levels(overall), wording.reason(overall)]
    if overall.difference is not None and overall.difference.interval:
        said.insert(0, wording.texts("changes.summary.interval", range=wording.range(overall.difference)))
    for each in filter(None, said):
        line.append(f" · {each}", style="not bold")
    for cap in wording.caps(overall):
        line.append(f"\n{cap}", style="not bold yellow")
    return line


def _scores(comparison: Comparison, wording: ChangeWording) -> Table:
    """The dimensions, and below each the practices that changed by more than noise."""
    table = Table.grid(padding=(0, 2))
    table.add_column(max_width=36)
    for _ in range(3):
        table.add_column(justify="right", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    names = ("what", "before", "after", "change", "interval", "verdict")
    table.add_row(*(Text(wording.texts(f"changes.column.{name}"), style="dim") for name in names))
    for dimension in comparison.dimensions:
        table.add_row(*_row(dimension, wording))
        for practice in dimension.practices:
            if practice.difference is not None and practice.difference.clear:
                table.add_row(*_row(practice, wording, indent="  "))
    return table


def _row(change: ScoreChange, wording: ChangeWording, *, indent: str = "") -> Iterator[RenderableType]:
    yield Text(f"{indent}{wording.title(change)}")
    before, after = wording.sides(change)
    yield Text(before)
    yield Text(after)
    clear = change.difference is not None and bool(change.difference.clear)
    yield Text(wording.points(change.difference), style="bold" if clear else "")
    if change.difference is None:
        yield Text("")
        yield Text(wording.reason(change), style="dim")
        return
    yield Text(wording.range(change.difference), style="dim")
    said = (wording.verdict(change.difference), wording.over(change), wording.moved_level(change))
    yield Text(" · ".join(filter(None, said)), style="" if clear else "dim")


def _quiet(comparison: Comparison, wording: ChangeWording) -> Iterator[str]:
    """How many practices are not listed, as they moved by no more than noise or that is not known."""
    found = [each.difference.clear for each in comparison.practices() if each.difference is not None]
    for kind, clear in (("noise", False), ("unsure", None)):
        if clear in found:
            yield wording.texts(f"changes.summary.{kind}", n=found.count(clear))


def _initiatives(comparison: Comparison, wording: ChangeWording) -> Iterator[Text]:
    """Each initiative with what became of it, and below it whether its KPI moved."""
    for each in comparison.initiatives:
        line = wording.texts(
            "changes.summary.initiative",
            title=each.title,
            planned=wording.planned(each),
            became=wording.became(each),
        )
        yield Text(line)
        yield Text(f"  {wording.kpi(each.kpi)}", style="dim")
    for other in comparison.others:
        yield Text(wording.other(other))
    if any(each.status == "unknown" for each in comparison.initiatives):
        yield Text(wording.texts("changes.initiative.unknown"))


def _metrics(comparison: Comparison, wording: ChangeWording) -> Iterator[Text]:
    """The figures that can be compared."""
    for each in comparison.metrics:
        if each.difference is not None:
            yield Text(wording.metric(each), style="" if each.difference.clear else "dim")


def _predicted(comparison: Comparison, wording: ChangeWording) -> Iterator[RenderableType]:
    if comparison.predicted is None:
        if comparison.predicted_reason is not None:
            yield Text(wording.sentence(comparison.predicted_reason))
        return
    yield _table(comparison.predicted, wording)
    for sentence in wording.course(comparison.predicted):
        yield Text(sentence)


def _table(prediction: Prediction, wording: ChangeWording) -> Table:
    """What was expected of each score, and what was found."""
    table = Table.grid(padding=(0, 2))
    table.add_column(max_width=36)
    for _ in range(4):
        table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold", style="dim")
    names = ("what", "expected", "low", "found", "gap", "chance")
    table.add_row(*(Text(wording.texts(f"changes.column.{name}"), style="dim") for name in names))
    for row in prediction.scores:
        table.add_row(*(Text(cell) for cell in wording.predicted_row(row)))
    return table


def _apart(comparison: Comparison, wording: ChangeWording) -> Iterator[Text]:
    rows, more = wording.apart(comparison, _MOST)
    for name, reason in rows:
        yield Text(wording.texts("changes.summary.apart", name=name, reason=reason))
    if more:
        yield Text(more, style="dim")


def _differences(comparison: Comparison, wording: ChangeWording) -> Iterator[Text]:
    yield from (Text(wording.sentence(each)) for each in comparison.versions)
    yield from (Text(wording.texts.message(each), style="dim") for each in comparison.notes)
