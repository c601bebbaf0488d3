"""Finds the columns that a mapping names in an export, which must have these and no others."""

from __future__ import annotations

from cxmaturity.errors import Problem, UserError
from cxmaturity.responses.mapping.export import Export, numbered
from cxmaturity.responses.mapping.format import MappingFile
from cxmaturity.yamlfile import YamlDocument

_LONGEST = 60
_AGAIN = "propose a mapping anew with `cxmaturity responses map`"


def columns_in(export: Export, mapping: MappingFile, document: YamlDocument) -> list[int]:
    """The position in the export, from 0, of each column of the mapping.

    Raises :class:`UserError` with each column that only one of them has, and each whose text is another than
    when the mapping was made: the question may be another one.
    """
    places = {key: number for number, key in enumerate(export.keys)}
    keys = numbered([column.heading if column.code is None else column.code for column in mapping.columns])
    found = [places.get(key) for key in keys]
    problems = []
    for number, (column, place) in enumerate(zip(mapping.columns, found, strict=True)):
        if place is None:
            what = f"{export.name} has no column “{_short(column.heading)}”"
            problems.append(document.problem(("columns", number, "heading"), what, f"remove it, or {_AGAIN}"))
        elif export.titles[place] != column.heading:
            what = f"column {place + 1} of {export.name} has another heading now"
            fix = f"compare the two, and correct this one, or {_AGAIN}"
            problems.append(document.problem(("columns", number, "heading"), what, fix))
    for place, title in enumerate(export.titles):
        if place not in found:
            what = f"{document.file} does not say what the column “{_short(title)}” is"
            problems.append(Problem(export.name, 1, place + 1, what, f"add it there, or {_AGAIN}"))
    if problems:
        raise UserError(problems)
    return [place for place in found if place is not None]


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
