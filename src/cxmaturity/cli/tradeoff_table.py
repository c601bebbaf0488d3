"""What the plan comes to for other amounts of one thing, as a table on the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import isinf
from typing import TYPE_CHECKING

from rich import box
from rich.console import Group
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from cxmaturity.cli.plan_words import PlanWording
from cxmaturity.cli.terminal import console
from cxmaturity.engagement import Engagement
from cxmaturity.report.words import starts_calendar_quarter
from cxmaturity.result import Assessment
from cxmaturity.roadmap.model import Capacity, Target
from cxmaturity.roadmap.quarters import last_day, quarter_span
from cxmaturity.roadmap.tradeoff import Tradeoff, TradeoffPoint, Varied

if TYPE_CHECKING:
    from rich.console import RenderableType

WIDTH = 100
_UNBOUNDED = 1000
"""Columns of which no table needs as many."""


def print_tradeoff(
    engagement: Engagement, assessment: Assessment, tradeoff: Tradeoff, capacity: Capacity, target: Target
) -> None:
    """Print a trade-off for people."""
    wording, out = PlanWording.of(engagement), console(at_most=WIDTH)
    out.print()
    out.print(Text(assessment.organisation.name, style="bold"))
    out.print(Text(" ".join(_question(tradeoff, target, wording)), style="bold"))
    columns, rows = _columns(tradeoff, target, wording), [*_rows(tradeoff, capacity, target, wording)]
    table = _table(columns, rows)
    needed = Measurement.get(out, out.options.update(width=_UNBOUNDED), table).minimum
    out.print(table if needed <= out.width else Group(*_blocks(columns, rows)))
    if tradeoff.now is not None and tradeoff.now not in {point.amount for point in tradeoff.points}:
        out.print(Text(wording.say("what-if.today", amount=_amount(tradeoff.vary, tradeoff.now, wording))))
    out.print(Text(" ".join(_notes(tradeoff, capacity, target, wording)), style="dim"))


def _question(tradeoff: Tradeoff, target: Target, wording: PlanWording) -> Iterator[str]:
    yield wording.say(f"what-if.question.{tradeoff.vary}")
    if target and tradeoff.vary != "level":
        yield wording.target(target)


def _has_target(tradeoff: Tradeoff, target: Target) -> bool:
    return bool(target) or tradeoff.vary == "level"


def _notes(tradeoff: Tradeoff, capacity: Capacity, target: Target, wording: PlanWording) -> Iterator[str]:
    """What else each row's target holds, and how to read the columns."""
    also = [name for name in ("dimensions", "by") if getattr(target, name)]
    if tradeoff.vary == "level" and also:
        parts = wording.dimensions(target)
        deadline = last_day(target.by) if target.by else ""
        key = "both" if len(also) > 1 else also[0]
        yield wording.say(f"what-if.also.{key}", parts=parts, deadline=deadline)
    if _has_target(tradeoff, target):
        calendar = starts_calendar_quarter(quarter_span(capacity.start, 0)[0])
        yield wording.say(f"what-if.note.{'target' if calendar else 'target-month'}")
    yield wording.say("what-if.note.level")


@dataclass(frozen=True, slots=True)
class _Column:
    title: str
    right: bool = False
    folds: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    cells: tuple[str, ...]
    today: bool


def _columns(tradeoff: Tradeoff, target: Target, wording: PlanWording) -> list[_Column]:
    """What is said of each amount; the second column, which has no title, marks today's."""
    reached = [_Column(wording.say("what-if.reached"), folds=True)] if _has_target(tradeoff, target) else []
    return [
        _Column(wording.say(f"what-if.amount.{tradeoff.vary}"), right=True),
        _Column(""),
        *reached,
        *(
            _Column(wording.say(f"what-if.{name}"), right=True)
            for name in ("score", "level", "initiatives", "cost")
        ),
        _Column(wording.say("what-if.best"), folds=True),
    ]


def _rows(tradeoff: Tradeoff, capacity: Capacity, target: Target, wording: PlanWording) -> Iterator[_Row]:
    with_target = _has_target(tradeoff, target)
    for point in tradeoff.points:
        today = point.amount == tradeoff.now
        cells = (
            _amount(tradeoff.vary, point.amount, wording),
            wording.say("what-if.now") if today else "",
            *([_reached(point, capacity, wording)] if with_target else []),
            wording.wording.score(point.score),
            "–" if point.level is None else str(point.level),
            str(point.initiatives),
            wording.say("what-if.money", amount=point.cost),
            _best(point, wording),
        )
        yield _Row(cells, today)


def _table(columns: Sequence[_Column], rows: Iterable[_Row]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
    for each in columns:
        table.add_column(
            each.title,
            justify="right" if each.right else "left",
            overflow="fold",
            no_wrap=not each.folds,
        )
    for row in rows:
        table.add_row(*row.cells, style="bold" if row.today else "")
    return table


def _blocks(columns: Sequence[_Column], rows: Iterable[_Row]) -> Iterator[RenderableType]:
    """Each row as lines of their own, for a terminal that is too narrow for the table."""
    for row in rows:
        block = Table.grid(padding=(0, 2))
        block.add_column(no_wrap=True)
        block.add_column(overflow="fold")
        amount, today, *others = row.cells
        cells = (" ".join(filter(None, (amount, today))), *others)
        block.add_row()
        for column, cell in zip((each for each in columns if each.title), cells, strict=True):
            block.add_row(column.title, cell, style="bold" if row.today else "")
        yield block
    yield Text()


def _amount(vary: Varied, amount: float, wording: PlanWording) -> str:
    return wording.say("what-if.money" if vary == "budget" else "what-if.plain", amount=amount)


def _reached(point: TradeoffPoint, capacity: Capacity, wording: PlanWording) -> str:
    """The quarter from whose beginning on the target holds, which may come too late."""
    if point.reached is None:
        return wording.say("what-if.missed")
    if point.reached == 0:
        when = wording.say("what-if.held")
    else:
        when = wording.quarter(point.reached, capacity)
        if not point.in_time:
            when = wording.say("what-if.late", quarter=when)
    return wording.say("what-if.data", when=when) if point.needs_data else when


def _best(point: TradeoffPoint, wording: PlanWording) -> str:
    if point.gap > 0 and not isinf(point.gap):
        return wording.say("what-if.gap", gap=point.gap)
    sure = point.gap == 0 and point.status != "feasible"
    return wording.say("what-if.proven" if sure else "what-if.unsure")
