"""What the plan comes to for other amounts of one thing, as a table on the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from math import isinf

from rich import box
from rich.table import Table
from rich.text import Text

from cxmaturity.cli.plan_words import PlanWording
from cxmaturity.cli.terminal import console
from cxmaturity.engagement import Engagement
from cxmaturity.result import Assessment
from cxmaturity.roadmap.model import Capacity, Target
from cxmaturity.roadmap.tradeoff import Tradeoff, TradeoffPoint, Varied

WIDTH = 100


def print_tradeoff(
    engagement: Engagement, assessment: Assessment, tradeoff: Tradeoff, capacity: Capacity, target: Target
) -> None:
    """Print a trade-off for people."""
    wording, out = PlanWording.of(engagement), console(at_most=WIDTH)
    out.print()
    out.print(Text(assessment.organisation.name, style="bold"))
    out.print(Text(" ".join(_question(tradeoff, target, wording)), style="bold"))
    out.print(_table(tradeoff, capacity, target, wording))
    if tradeoff.now is not None and tradeoff.now not in {point.amount for point in tradeoff.points}:
        out.print(Text(wording.say("what-if.today", amount=_amount(tradeoff.vary, tradeoff.now, wording))))
    notes = ["target", "level"] if _has_target(tradeoff, target) else ["level"]
    out.print(Text(" ".join(wording.say(f"what-if.note.{note}") for note in notes), style="dim"))


def _question(tradeoff: Tradeoff, target: Target, wording: PlanWording) -> Iterator[str]:
    yield wording.say(f"what-if.question.{tradeoff.vary}")
    if target and tradeoff.vary != "level":
        yield wording.target(target)


def _has_target(tradeoff: Tradeoff, target: Target) -> bool:
    return bool(target) or tradeoff.vary == "level"


def _table(tradeoff: Tradeoff, capacity: Capacity, target: Target, wording: PlanWording) -> Table:
    with_target = _has_target(tradeoff, target)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
    table.add_column(wording.say(f"what-if.amount.{tradeoff.vary}"), justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    if with_target:
        table.add_column(wording.say("what-if.reached"), overflow="fold")
    for name in ("score", "level", "initiatives", "cost"):
        table.add_column(wording.say(f"what-if.{name}"), justify="right", no_wrap=True)
    table.add_column(wording.say("what-if.best"), overflow="fold")
    for point in tradeoff.points:
        table.add_row(
            _amount(tradeoff.vary, point.amount, wording),
            wording.say("what-if.now") if point.amount == tradeoff.now else "",
            *([_reached(point, capacity, wording)] if with_target else []),
            wording.wording.score(point.score),
            "–" if point.level is None else str(point.level),
            str(point.initiatives),
            wording.say("what-if.money", amount=point.cost),
            _best(point, wording),
            style="bold" if point.amount == tradeoff.now else "",
        )
    return table


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
