"""Response files in JSON: as those in YAML, a list of rows, or a row on each line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cxmaturity.api import ResponseFile, ResponseTable
from cxmaturity.errors import Problem, UserError
from cxmaturity.responses.cells import ABOUT_PEOPLE, NOTE_PREFIX, RESPONDENT, SECONDS
from cxmaturity.responses.json_values import WrongJsonError, check_values, parsed_json, shown_key
from cxmaturity.responses.limits import MAX_JSON, MAX_JSON_VALUES, MAX_LEFT_OUT
from cxmaturity.responses.model import ATTRIBUTES
from cxmaturity.responses.opening import encoding_of, not_text, open_file, stem_of
from cxmaturity.responses.yaml_files import ResponsesFile, table_of
from cxmaturity.yamlfile import YamlDocument, validate


def read_json_responses(file: ResponseFile) -> ResponseTable:
    """The respondents of a file. Raises :class:`UserError` with every problem of its form."""
    text = _text(file)
    if file.path.suffix.lower() == ".jsonl":
        return _Rows(file).table(_lines(text))
    try:
        data = parsed_json(text)
        if isinstance(data, list):
            return _Rows(file).table((0, lambda row=row: row) for row in data)
        check_values(data)
    except WrongJsonError as error:
        raise UserError.about(file.name, error.what, error.fix) from None
    except json.JSONDecodeError as error:
        what, fix = "this is not valid JSON", "correct it, or export it again"
        raise UserError.about(file.name, what, fix, line=error.lineno, column=error.colno) from None
    read, problems = validate(YamlDocument(file.name, data), ResponsesFile)
    if read is None:
        raise UserError(Problem(file.name, 0, 0, each.what, each.fix) for each in problems)
    return table_of(read.respondents, survey=True)


def _text(file: ResponseFile) -> str:
    """A file's text, if it is not larger than can be held as values."""
    with open_file(file) as opened:
        content = opened.read(MAX_JSON + 1)
    if len(content) > MAX_JSON:
        fix = "use CSV or Parquet for surveys of this size"
        raise UserError.about(file.name, f"is larger than {MAX_JSON:,} bytes", fix)
    encoding = encoding_of(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise not_text(file, encoding, "save it as UTF-8") from None
    if sum(text.count(mark) for mark in ",[{") > MAX_JSON_VALUES:
        fix = "use CSV or Parquet for surveys of this size"
        raise UserError.about(file.name, f"has more than {MAX_JSON_VALUES:,} values", fix)
    return text


def _lines(text: str) -> Iterator[tuple[int, Any]]:
    """The lines of JSON Lines that are not empty, each with its number and what reads it."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, lambda line=line: parsed_json(line)


class _Rows:
    """Rows in wide form, each an object; what is none is left out."""

    def __init__(self, file: ResponseFile) -> None:
        self._file = file
        self._rows: list[Mapping[str, Any]] = []
        self._lines: list[int] = []
        self._left_out: list[Problem] = []

    def table(self, rows: Iterable[tuple[int, Any]]) -> ResponseTable:
        """All of them as a table, of lines (0 in a file that is not read by lines) and what reads them."""
        for position, (line, read) in enumerate(rows, 1):
            try:
                self._add(position, line, read())
            except WrongJsonError as error:
                self._leave_out(position, line, error.what, error.fix)
            except json.JSONDecodeError:
                self._leave_out(position, line, "this is not valid JSON", "correct the line")
        names = dict.fromkeys(name for row in self._rows for name in row)
        notes = [name for name in names if name.startswith(NOTE_PREFIX)]
        return ResponseTable(
            respondents=tuple(row[RESPONDENT] for row in self._rows),
            attributes={name: self._column(name) for name in ATTRIBUTES if name in names},
            answers={
                name: self._column(name) for name in names if name not in ABOUT_PEOPLE and name not in notes
            },
            notes={
                (number, name.removeprefix(NOTE_PREFIX)): row[name]
                for number, row in enumerate(self._rows)
                for name in notes
                if row.get(name)
            },
            places=self._place if any(self._lines) else None,
            survey=True,
            left_out=tuple(self._left_out),
            seconds=self._column(SECONDS) if SECONDS in names else None,
        )

    def _column(self, name: str) -> tuple[Any, ...]:
        return tuple(row.get(name) for row in self._rows)

    def _place(self, row: int, part: str, question: str = "") -> tuple[int, int]:
        del part, question  # all of them stand on one line
        return self._lines[row], 1

    def _add(self, position: int, line: int, row: Any) -> None:
        if not isinstance(row, dict):
            raise WrongJsonError("the row is no object of questions and answers", 'write {"respondent": …}')
        check_values(row)
        wrong = [
            name
            for name, value in row.items()
            if (name in ATTRIBUTES or name.startswith(NOTE_PREFIX)) and not isinstance(value, str | None)
        ]
        if wrong:
            raise WrongJsonError(f"'{shown_key(wrong[0])}' is not a text", "put it in quotes")
        seconds = row.get(SECONDS)
        if seconds is not None and (type(seconds) not in {int, float} or seconds < 0):
            raise WrongJsonError(f"'{SECONDS}' is not a number of 0 or more", "correct it or leave it out")
        who = row.get(RESPONDENT, f"{stem_of(self._file)}-{position}")
        if not isinstance(who, str | int) or isinstance(who, bool) or not str(who).strip():
            raise WrongJsonError(f"'{RESPONDENT}' is no id", "give each respondent an id")
        self._rows.append({**row, RESPONDENT: str(who).strip()})
        self._lines.append(line)

    def _leave_out(self, position: int, line: int, what: str, fix: str) -> None:
        place = (line, 1) if line else (0, 0)
        named = what if line else f"row {position}: {what}"
        self._left_out.append(Problem(self._file.name, *place, named, fix))
        if len(self._left_out) > MAX_LEFT_OUT:
            raise UserError(self._left_out)
