"""Profiles of all tables of a workspace, mapped or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cxmaturity.api import Metric
from cxmaturity.errors import Problem, UserError
from cxmaturity.evidence.engines.model import EngineError
from cxmaturity.evidence.model import TableSource
from cxmaturity.evidence.profiles import TableProfile
from cxmaturity.evidence.profiling import profile_of
from cxmaturity.evidence.reading import columns_of
from cxmaturity.evidence.shielding import may_be_personal
from cxmaturity.evidence.sources.listing import columns_in
from cxmaturity.evidence.sources.opening import open_tables

_LOOKED_AT = 60  # letters of a title: many a survey's question is longer


def profiles_of(
    sources: Mapping[str, TableSource], metrics: Sequence[Metric] = (), *, as_of: str | None = None
) -> tuple[list[TableProfile], list[Problem]]:
    """A profile of every table, and the problems of those that cannot be read.

    Of files all columns are looked at, of tables in other databases those that are mapped.
    """
    titles: dict[str, list[str]] = {}
    problems: list[Problem] = []
    for name, source in sources.items():
        try:
            # where nothing is found, opening the table says why
            titles[name] = _not_a_record(columns_in(source, name), source) or _mapped(source)
        except UserError as error:
            problems += error.problems
    profiles = []
    with open_tables({name: sources[name] for name in titles}, titles) as opened:
        problems += opened.problems
        for name, placed in opened.tables.items():
            problems += placed.left_out
            keys = _keys(name, sources[name], metrics)
            try:
                profiles.append(profile_of(name, placed, sources[name], keys=keys, as_of=as_of))
            except EngineError as error:
                what = f"the table '{name}': {error.what}"
                problems.append(Problem(sources[name].shown, 0, 0, what, error.fix))
    return profiles, list(dict.fromkeys(problems))


def _keys(name: str, source: TableSource, metrics: Sequence[Metric]) -> list[str]:
    """The titles of the columns mapped as keys."""
    kinds = {column.name: column.kind for column in columns_of(metrics, name)}
    return [each.title for column, each in source.columns.items() if kinds.get(column) == "key"]


def _not_a_record(titles: list[str], source: TableSource) -> list[str]:
    """Titles that may be shown. Raises :class:`UserError` where the first row seems to be a record."""
    numbers = sum(title.replace(".", "", 1).isdigit() for title in titles)
    if 2 * numbers > len(titles) or any(may_be_personal(title[:_LOOKED_AT]) for title in titles):
        what = "the first row holds no titles, but seems to be a record"
        raise UserError.about(source.shown, what, "put a row of titles above it", line=1, column=1)
    return titles


def _mapped(source: TableSource) -> list[str]:
    return list(
        dict.fromkeys([*(c.title for c in source.columns.values()), *(w.title for w in source.where)])
    )
