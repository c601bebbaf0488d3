"""``cxmaturity plan DIR``."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cxmaturity.cli import Options
from cxmaturity.cli.amounts import FORM, KEYS, Amounts, amount, amounts_of, some
from cxmaturity.cli.common import load_and_assess, report_warnings
from cxmaturity.cli.progress import working
from cxmaturity.cli.record import keep_release
from cxmaturity.engagement import Engagement, plan, what_if, wish_of
from cxmaturity.errors import UserError
from cxmaturity.fileformat import MONTH
from cxmaturity.result import Assessment
from cxmaturity.roadmap.milp import Limits
from cxmaturity.roadmap.planning import SEARCH

if TYPE_CHECKING:
    from cxmaturity.roadmap.model import Capacity, Target
    from cxmaturity.roadmap.tradeoff import Tradeoff
    from cxmaturity.wishes import Wish


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the command line asks otherwise than the workspace does; the names are those of the options."""

    level: int | None
    by: str | None
    person_days: float | None
    budget: float | None
    most: bool
    what_if: Amounts | None
    seconds: float | None

    @property
    def given(self) -> list[str]:
        """The options that are given; --what-if is looked at where it is answered."""
        values = {each.name: getattr(self, each.name) for each in fields(self) if each.name != "what_if"}
        given = (name for name, value in values.items() if value is not None and value is not False)
        return [f"--{name.replace('_', '-')}" for name in given]


def _month(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    del ctx, parameter
    if value is not None and not re.fullmatch(MONTH, value):
        raise click.BadParameter(f"'{value}' is no month; write one such as 2027-12")
    return value


def _amounts(ctx: click.Context, parameter: click.Parameter, value: str | None) -> Amounts | None:
    del ctx, parameter
    return None if value is None else amounts_of(value)


@click.command("plan")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--level", metavar="N", type=click.IntRange(2, 5), help="The level to reach.")
@click.option("--by", metavar="MONTH", callback=_month, help="By the last day of this month, as 2027-12.")
@click.option("--person-days", metavar="N", callback=some, help="Person-days that there are in each quarter.")
@click.option("--budget", metavar="N", callback=amount, help="EUR for the whole plan.")
@click.option("--most", is_flag=True, help="The most maturity, rather than the target at the soonest.")
@click.option("--what-if", metavar=FORM, callback=_amounts, help=f"Other amounts of one of {KEYS}.")
@click.option("--seconds", metavar="N", callback=some, help="Search for the plan for at most so long.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_obj
def command(options: Options, /, folder: Path, *, as_json: bool, **asked: Any) -> int:
    """Plan what the workspace DIR should do in which quarter.

    With a target it is the plan that reaches it soonest, else the one that gains the most maturity under the
    capacity; what binds, and how little more would do, is said as well. Options stand in for what
    assessment.yaml says. Exit code 0: done, and a target that cannot be reached is an answer; 1: done, but
    something was left out and is named; 2: the input is wrong.
    """
    wanted = _Asked(**asked)
    engagement, assessment = load_and_assess(folder, options)
    wish = _wish(engagement, wanted)
    keep_release(folder, engagement)
    if wanted.what_if is not None:
        tradeoff = _vary(engagement, assessment, wish, wanted.what_if, as_json=as_json)
        return report_warnings(engagement, assessment, tradeoff.warnings, options)
    limits = SEARCH if wanted.seconds is None else Limits(seconds=wanted.seconds)
    with working("Planning"):
        roadmap = plan(engagement, assessment, wish, limits=limits)
    if as_json:
        from cxmaturity.export import as_text, planned_data

        click.echo(as_text(planned_data(assessment, roadmap, engagement.texts)), nl=False)
    else:
        from cxmaturity.cli.plan_summary import print_plan  # lazy: rich

        print_plan(engagement, assessment, roadmap, wish.target)
    return report_warnings(engagement, assessment, roadmap.warnings, options)


def _vary(
    engagement: Engagement, assessment: Assessment, wish: Wish, amounts: Amounts, *, as_json: bool
) -> Tradeoff:
    """Print the plan for other amounts of one thing."""
    if wish.capacity is None:
        raise _no_capacity(engagement, "--what-if")
    with working("Planning"):
        tradeoff = what_if(engagement, assessment, amounts.vary, amounts.amounts, wish)
    if as_json:
        from cxmaturity.export import as_text, what_if_data

        click.echo(as_text(what_if_data(assessment, tradeoff, wish.capacity)), nl=False)
    else:
        from cxmaturity.cli.tradeoff_table import print_tradeoff  # lazy: rich

        print_tradeoff(engagement, assessment, tradeoff, wish.capacity, wish.target)
    return tradeoff


def _wish(engagement: Engagement, asked: _Asked) -> Wish:
    """What the workspace asks, with what the command line says instead."""
    _check_options(asked)
    wish = wish_of(engagement)
    if wish.capacity is None:
        if asked.given:
            raise _no_capacity(engagement, asked.given[0])
        return wish
    return replace(
        wish,
        capacity=_capacity(wish.capacity, asked),
        target=_target(engagement, wish.target, asked),
        aim="maturity" if asked.most else "target",
    )


def _target(engagement: Engagement, target: Target, asked: _Asked) -> Target:
    if asked.level is not None:
        target = replace(target, level=asked.level)
    if asked.by is None:
        return target
    if not (target or (asked.what_if and asked.what_if.vary == "level")):
        what = "--by needs a target, and there is none"
        raise _about(engagement, what, "add --level, or give `target` in assessment.yaml")
    return replace(target, by=asked.by)


def _capacity(capacity: Capacity, asked: _Asked) -> Capacity:
    if asked.person_days is not None:
        capacity = replace(capacity, person_days=(asked.person_days,) * capacity.quarters)
    if asked.budget is not None:
        capacity = replace(capacity, budget=asked.budget)
    return capacity


def _check_options(asked: _Asked) -> None:
    """Options that contradict each other."""
    if asked.what_if is None:
        return
    vary = asked.what_if.vary
    if getattr(asked, vary.replace("-", "_")) is not None:
        raise click.UsageError(f"--what-if tries other amounts of {vary}; leave out --{vary}")
    if asked.seconds is not None:
        raise click.UsageError("--seconds is for one plan; leave it out, or --what-if")


def _no_capacity(engagement: Engagement, option: str) -> UserError:
    what = f"{option} needs quarters, and there is no `capacity`"
    fix = (
        "give it `start`, `quarters` and `person_days`, as in {start: 2027-01, quarters: 6, person_days: 40}"
    )
    return _about(engagement, what, fix)


def _about(engagement: Engagement, what: str, fix: str) -> UserError:
    return UserError.about(engagement.workspace.document.file, what, fix)
