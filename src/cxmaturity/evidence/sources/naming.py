"""Finds columns and tables by the names that a workspace gives them; suggests one close to a wrong name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cxmaturity.errors import Problem, UserError
from cxmaturity.suggesting import did_you_mean
from cxmaturity.yamlfile.characters import FORBIDDEN

_LISTED = 10
_LONGEST = 60


def positions_of(
    titles: Sequence[str], header: Sequence[str], shown: str, *, line: int = 0, where: str = "the data"
) -> list[int]:
    """Where each title stands in a header, from 0.

    Raises :class:`UserError` for those that do not, or that stand there twice. The header is not repeated:
    where there is none, it would be somebody's record.
    """
    problems = []
    for title in titles:
        count = header.count(title)
        if count == 1:
            continue
        what = f"two columns are called '{title}'" if count else f"there is no column '{title}'"
        fix = "give each a name of its own"
        if not count:
            fix = did_you_mean(title, map(_clean, header), f"name the column as {where} does")
        problems.append(Problem(shown, line, min(line, 1), what, fix))
    if problems:
        raise UserError(problems)
    return [header.index(title) for title in titles]


def table_in(wanted: str, tables: Sequence[str], shown: str, name: str) -> str:
    """The table of a database that a workspace names. Raises :class:`UserError` where there is none."""
    known = ", ".join(_listed(tables)) or "none"
    if not wanted:
        what = f"does not say which table holds '{name}'"
        raise UserError.about(shown, what, f"name it in evidence.{name}.table; there are: {known}")
    if wanted not in tables:
        otherwise = f"correct evidence.{name}.table; there are: {known}"
        fix = did_you_mean(wanted, map(_clean, tables), otherwise)
        raise UserError.about(shown, f"there is no table '{wanted}'", fix)
    return wanted


def _listed(tables: Sequence[str]) -> Iterator[str]:
    yield from map(_clean, sorted(tables)[:_LISTED])
    if len(tables) > _LISTED:
        yield "…"


def _clean(name: str) -> str:
    """A name as a terminal may show it."""
    return FORBIDDEN.sub("?", name)[:_LONGEST]
