"""Who else stands in a workspace's answer files, so that an interview takes nobody's id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from cxmaturity.api import ResponseFile, ResponseTable
from cxmaturity.errors import Problem, UserError
from cxmaturity.responses.yaml_files import read_yaml_responses


@dataclass(frozen=True, slots=True)
class Other:
    """A respondent of a file: the place, and whether anything is answered."""

    id: str
    file: str
    line: int
    column: int
    answered: bool

    def problem(self, what: str, fix: str) -> Problem:
        """A problem with this respondent's entry."""
        return Problem(self.file, self.line, self.column, what, fix)


def others(files: Mapping[Path, str]) -> tuple[Other, ...]:
    """The respondents of the files in YAML, which lead to their names in messages.

    A file that is wrong keeps nobody from being interviewed: `check` names its mistakes.
    """
    return tuple(
        other
        for path, name in files.items()
        if path.suffix.lower() in {".yaml", ".yml"}
        for other in _of_file(ResponseFile(path, name))
    )


def next_id(taken: frozenset[str]) -> str:
    """The first of r01, r02, … that nobody has."""
    return next(name for number in count(1) if (name := f"r{number:02}") not in taken)


def _of_file(file: ResponseFile) -> Iterator[Other]:
    try:
        table = read_yaml_responses(file)
    except UserError:
        return
    for row, respondent in enumerate(table.respondents):
        line, column = table.places(row, "respondent") if table.places else (0, 0)
        yield Other(respondent, file.name, line, column, _answered(table, row))


def _answered(table: ResponseTable, row: int) -> bool:
    return any(isinstance(said, Sequence) and said[row] is not None for said in table.answers.values())
