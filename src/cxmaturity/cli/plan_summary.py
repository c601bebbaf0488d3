"""A plan on the terminal: the answer, the quarters, what binds, what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cxmaturity.cli.plan_words import PlanWording
from cxmaturity.cli.terminal import console
from cxmaturity.engagement import Engagement
from cxmaturity.plan_export import running
from cxmaturity.result import Assessment
from cxmaturity.roadmap.model import LeftOut, Period, Roadmap, Target
from cxmaturity.roadmap.quarters import quarter_bounds

if TYPE_CHECKING:
    from rich.console import RenderableType

WIDTH = 100
BAR = 20
BULLET = "•"
MOST = 10
"""So many of what was left out are named."""


def print_plan(engagement: Engagement, assessment: Assessment, roadmap: Roadmap, target: Target) -> None:
    """Print a plan for people; ``target`` is the one that it was asked for."""
    wording, out = PlanWording.of(engagement), console(at_most=WIDTH)
    out.print()
    out.print(Group(*_head(assessment, roadmap, target, wording)))
    for title, lines in _sections(roadmap, wording):
        if lines:
            out.print(Padding(title, (1, 0, 0, 0), expand=False))
            out.print(Padding(Group(*lines), (0, 0, 0, 2), expand=False))
    notes = [Text(line, style="dim") for line in wording.notes(roadmap)]
    if notes:
        out.print(Padding(Group(*notes), (1, 0, 0, 0), expand=False))


def _head(
    assessment: Assessment, roadmap: Roadmap, target: Target, wording: PlanWording
) -> Iterator[RenderableType]:
    """The question and its answer."""
    name = Text(assessment.organisation.name, style="bold")
    if roadmap.capacity is not None:
        bounds = quarter_bounds(roadmap.capacity.start, roadmap.capacity.quarters)
        span = wording.say("span", start=bounds[0][0], end=bounds[-1][1])
        name.append(f" · {span}", style="not bold")
    yield name
    kind = roadmap.aim if roadmap.capacity is not None else "order"
    asked = [wording.say(f"question.{kind}")]
    if roadmap.prospect is not None:
        asked.append(wording.target(roadmap.prospect.target))
    yield Text(" ".join(asked))
    yield Text(wording.answer(roadmap), style="bold")
    if target and roadmap.capacity is None:
        yield Text(wording.undated(target))
    if roadmap.aim == "maturity" and roadmap.prospect is not None and roadmap.capacity is not None:
        yield Text(wording.reached(roadmap.prospect, roadmap.capacity))
    if roadmap.initiatives:
        yield Text(wording.effect(assessment, roadmap))
    if roadmap.capacity is not None:
        yield Text(wording.proven(roadmap))


def _sections(roadmap: Roadmap, wording: PlanWording) -> Iterator[tuple[Text, Sequence[RenderableType]]]:
    def titled(title: str) -> Text:
        return Text(title, style="bold")

    for number, period in enumerate(roadmap.periods):
        yield _when(period, wording), [*_quarter(roadmap, number, wording)]
    if roadmap.periods:
        yield titled(wording.say("complete")), [Text(wording.stands(roadmap.finally_))]
    elif roadmap.initiatives:
        yield Text(), [_order(roadmap, wording)]
    yield titled(wording.say("binds")), _lines(wording.binding(roadmap))
    if roadmap.prospect is not None and roadmap.capacity is not None:
        yield titled(wording.say("more")), _lines(wording.more(roadmap.prospect, roadmap.capacity))
        yield titled(wording.say("obstacles")), _lines(wording.obstacles(roadmap.prospect))
    if roadmap.left_out:
        title = titled(wording.say("left-out", n=len(roadmap.left_out)))
        yield title, _lines(_left_out(roadmap.left_out, wording))


def _lines(said: Iterable[str]) -> list[RenderableType]:
    """Lines of text; what comes after a bullet stays to the right of it."""
    return [_bullet(line) if line.startswith(BULLET) else Text(line) for line in said]


def _bullet(line: str) -> Table:
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row(BULLET, Text(line.removeprefix(BULLET).lstrip()))
    return table


def _when(period: Period, wording: PlanWording) -> Text:
    name, days = wording.period(period)
    return Text(name, style="bold").append(days, style="not bold")


def _quarter(roadmap: Roadmap, number: int, wording: PlanWording) -> Iterator[RenderableType]:
    """Where it stands, the load, and what runs."""
    period = roadmap.periods[number]
    yield Text(wording.stands(period.outlook))
    yield _loads(period, wording)
    table = _initiatives()
    for each in running(roadmap, number):
        table.add_row(str(each.number), each.recommendation.title, wording.runs(each, roadmap, number))
    yield table if table.row_count else Text(wording.say("no-work"), style="dim")


def _initiatives() -> Table:
    """A table for initiatives: number, title, and what is said of each."""
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_column(style="dim", no_wrap=True)
    return table


def _loads(period: Period, wording: PlanWording) -> Table:
    """The load of the quarter as a bar, and below it that of each skill."""
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    whole = wording.say("load", load=period.load, capacity=period.capacity)
    table.add_row(_bar(period.load, period.capacity), whole)
    for skill, each in period.skills.items():
        said = wording.say("of-skill", load=each.load, capacity=each.capacity, skill=skill)
        table.add_row(_bar(each.load, each.capacity), said)
    return table


def _bar(load: float, capacity: float) -> Text:
    """How much of a capacity is used; what is under way may take more than there is."""
    filled = min(BAR, round(load / capacity * BAR)) if capacity else BAR if load else 0
    filled = max(filled, 1) if load > 0 else filled
    style = "cyan" if load <= capacity else "yellow"
    return Text("█" * filled, style=style).append("░" * (BAR - filled), style="dim")


def _order(roadmap: Roadmap, wording: PlanWording) -> Table:
    """The initiatives where there are no quarters."""
    table = _initiatives()
    for each in roadmap.initiatives:
        said = wording.say("initiative", days=each.days, weeks=each.recommendation.weeks)
        table.add_row(str(each.number), each.recommendation.title, said)
    return table


def _left_out(rejected: Sequence[LeftOut], wording: PlanWording) -> Iterator[str]:
    """What is left out and why, first what somebody wanted to be done."""
    ordered = sorted(rejected, key=lambda each: each.reason.key != "left-out.pinned")
    yield from (wording.left_out(each) for each in ordered[:MOST])
    if len(ordered) > MOST:
        yield wording.say("and-more", n=len(ordered) - MOST)
