"""What ``plan --what-if`` takes: a thing that can be other than it is, and the amounts to try."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, get_args

import click

from cxmaturity.errors import UserError
from cxmaturity.roadmap.tradeoff import Varied

if TYPE_CHECKING:
    from collections.abc import Sequence

FORM = "KEY=FROM:TO:STEP"
KEYS = ", ".join(get_args(Varied))
MOST = 40
"""So many amounts are tried at most."""
_NUMBER = r"\d{1,12}(?:\.\d{1,3})?"
_SPEC = re.compile(rf"({'|'.join(get_args(Varied))})=({_NUMBER}):({_NUMBER})(?::({_NUMBER}))?")
_LEVELS = (2, 5)


@dataclass(frozen=True, slots=True)
class Amounts:
    """The amounts of one thing to plan with, in ascending order."""

    vary: Varied
    amounts: tuple[float, ...]


def amounts_of(spec: str) -> Amounts:
    """The amounts that ``person-days=20:120:20`` and its like stand for.

    Of levels the step may be left out. Raises :class:`UserError` for what is no such thing.
    """
    found = _SPEC.fullmatch(spec)
    vary: Varied | None = next((each for each in get_args(Varied) if found and found[1] == each), None)
    if found is None or vary is None or (found[4] is None and vary != "level"):
        what = f"'{spec}' is not of the form {FORM}"
        raise _wrong(what, "write for instance person-days=20:120:20, budget=0:60000:10000 or level=2:5")
    first, last, step = (Decimal(each or 1) for each in found.group(2, 3, 4))
    if first > last or step <= 0:
        raise _wrong(f"'{spec}' leads nowhere", f"in {FORM}, TO is FROM or more, and STEP more than 0")
    count = int((last - first) / step) + 1
    if count > MOST:
        raise _wrong(f"'{spec}' stands for {count:,} amounts", f"choose a STEP that makes {MOST} or fewer")
    amounts = [first + number * step for number in range(count)]
    _check(vary, amounts)
    return Amounts(vary, tuple(float(each) for each in amounts))


def _check(vary: Varied, amounts: Sequence[Decimal]) -> None:
    if vary == "person-days" and amounts[0] <= 0:
        raise _wrong("there is nothing to plan with 0 person-days", f"in {FORM}, let FROM be more than 0")
    if vary == "level" and any(each not in range(_LEVELS[0], _LEVELS[1] + 1) for each in amounts):
        raise _wrong("a level to reach is 2, 3, 4 or 5", f"in {FORM}, let FROM, TO and STEP be such levels")


def _wrong(what: str, fix: str) -> UserError:
    return UserError.about("", f"--what-if: {what}", fix)


def amount(ctx: click.Context, parameter: click.Parameter, value: str | None) -> float | None:
    """The number that an option is given: plain, 0 or more."""
    del ctx, parameter
    if value is None:
        return None
    if not re.fullmatch(_NUMBER, value):
        raise click.BadParameter(f"'{value}' is no amount; write one such as 60 or 12.5")
    return float(value)


def some(ctx: click.Context, parameter: click.Parameter, value: str | None) -> float | None:
    """The number that an option is given: plain, more than 0."""
    number = amount(ctx, parameter, value)
    if number == 0:
        raise click.BadParameter("0 is too little; write more")
    return number
