"""Checks what a reader gives: a table whose parts have the form that they should."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cxmaturity.api import CodedColumn, Places, Problem, ResponseTable
from cxmaturity.plugins import PluginError, all_of, guarded
from cxmaturity.responses.model import ATTRIBUTES
from cxmaturity.yamlfile.characters import FORBIDDEN, has_forbidden, name_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


_WIDEST = 4
"""Bytes of a code: no table has so many values that it needs more."""


def checked_table(table: object) -> ResponseTable:
    """A reader's table in tuples, coded columns and texts. Raises :class:`PluginError` where it is none."""
    if not isinstance(table, ResponseTable):
        raise PluginError(f"it gave a {type(table).__name__} instead of a ResponseTable")
    people = _texts(table.respondents, "a respondent's id")
    if "" in people:
        raise PluginError("a respondent's id is empty")
    unknown = sorted(table.attributes.keys() - set(ATTRIBUTES))
    if unknown:
        raise PluginError(f"there is no attribute '{unknown[0]}', only {', '.join(ATTRIBUTES)}")
    return ResponseTable(
        respondents=people,
        attributes={
            name: _checked(column, lambda value, name=name: _attribute(value, f"a {name}"))  # type: ignore[misc]
            for name, column in _columns(table.attributes, len(people)).items()
        },
        answers={
            name: _checked(column, lambda value, name=name: _answer(value, f"an answer to '{name}'"))  # type: ignore[misc]
            for name, column in _columns(table.answers, len(people)).items()
        },
        notes=_notes(table.notes, len(people)),
        places=None if table.places is None else _Places(table.places),
        survey=bool(table.survey),
        left_out=tuple(map(_problem, all_of(Problem, table.left_out))),
        seconds=_seconds(table.seconds, len(people)),
    )


def _columns(columns: Mapping[str, Any], count: int) -> dict[str, Any]:
    """Columns by name, if each has a value for every respondent."""
    for name, column in columns.items():
        rows = len(column)
        if rows != count:
            raise PluginError(f"the column '{name}' has {rows} rows, and there are {count} respondents")
    return {_text(name, "a column's name"): column for name, column in columns.items()}


def _checked(column: Any, check: Callable[[object], Any]) -> tuple[Any, ...] | CodedColumn:
    """A column each value of which is as it must be."""
    if not isinstance(column, CodedColumn):
        return tuple(check(value) for value in column)
    kind, known = getattr(column.codes, "dtype", None), len(column.values)
    if kind is None or kind.kind != "u" or column.codes.ndim != 1:
        raise PluginError("the codes of a CodedColumn are no array of unsigned integers with one axis")
    if len(column) and int(column.codes.max()) >= known:
        raise PluginError(f"a CodedColumn has the code {column.codes.max()}, and only {known} values")
    # numpy counts nothing wider
    codes = column.codes.astype("uint32") if kind.itemsize > _WIDEST else column.codes
    return CodedColumn(codes, tuple(check(value) for value in column.values))


def _texts(values: Sequence[object], what: str) -> tuple[str, ...]:
    """Texts without characters that no text can hold; looked at one by one only if one is wrong."""
    texts = tuple(values)
    if set(map(type, texts)) <= {str} and not has_forbidden("".join(texts)):  # type: ignore[arg-type]
        return texts  # type: ignore[return-value]  # as has just been seen
    return tuple(_text(value, what) for value in texts)


def _attribute(value: object, what: str) -> str | None:
    return None if value is None else _text(value, what)


def _seconds(seconds: Any, count: int) -> NDArray[np.float32] | None:
    """How long each respondent took, if that is a number of seconds for each of them."""
    if seconds is None:
        return None
    import numpy as np  # lazy: few files have it

    with np.errstate(over="ignore"):  # longer than anybody lives is as good as for ever
        taken = np.array(seconds, dtype=np.float32)  # None becomes NaN
    if taken.shape != (count,):
        raise PluginError(f"there are {len(taken)} durations, and {count} respondents")
    return taken


def _problem(problem: Problem) -> Problem:
    """A row that was left out, if its place has numbers, and all else is texts. Names of files may be odd."""
    if type(problem.line) is not int or type(problem.column) is not int:
        raise PluginError("the line or column of a row that is left out is no whole number")
    for part in (problem.file, problem.what, problem.fix):
        if not isinstance(part, str):
            kind = type(part).__name__
            raise PluginError(f"what is said of a row that is left out is a {kind}, not a text")
    return problem


def _text(value: object, what: str) -> str:
    if not isinstance(value, str):
        raise PluginError(f"{what} is a {type(value).__name__}, not a text")
    if found := FORBIDDEN.search(value):
        raise PluginError(f"{what} has the character {name_of(found[0])}, which no text can hold")
    return value


def _answer(value: object, what: str) -> object:
    """An answer as files may write it; what it means is checked later."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, (list, tuple)):
        return [_answer(each, what) for each in value]
    if isinstance(value, dict):  # no answer, which its place will say
        return {_text(key, what): _answer(each, what) for key, each in value.items()}
    if isinstance(value, str):
        return _text(value, what)
    raise PluginError(f"{what} is a {type(value).__name__}: give a text, a number, a list of these, or None")


def _notes(notes: Mapping[tuple[int, str], str], count: int) -> dict[tuple[int, str], str]:
    """Notes by row and question, if there are such rows."""
    checked = {}
    for key, note in notes.items():
        row, question = key
        if type(row) is not int or not 0 <= row < count:
            raise PluginError(f"there is a note on row {row!r}, and there are {count} respondents")
        checked[row, _text(question, "a note's question")] = _text(note, "a note")
    return checked


class _Places:
    """A reader's places, each of which may turn out to be none."""

    def __init__(self, places: Places) -> None:
        self._places = places

    def __call__(self, row: int, part: Any, question: str = "") -> tuple[int, int]:
        place = guarded(lambda: self._places(row, part, question))
        match place:
            case (int(line), int(column)):
                return line, column
            case _:
                return 0, 0
