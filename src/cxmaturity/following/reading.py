"""Reads a result that was kept: a file as ``assess --json`` prints it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cxmaturity.api import ResponseFile
from cxmaturity.errors import Problem, UserError
from cxmaturity.responses.json_values import WrongJsonError, check_values, parsed_json
from cxmaturity.responses.limits import MAX_JSON
from cxmaturity.responses.opening import not_text, open_file
from cxmaturity.yamlfile import YamlDocument, validate

if TYPE_CHECKING:
    from cxmaturity.following.schema import ResultPart

ANEW = "write the result anew with `cxmaturity assess DIR --json`"
"""What to do about a file that is no result: nobody mends one by hand."""
_FORMAT = 1
_MOST = 20
"""So many mistakes of a file are named: a file with more of them is another kind of file."""


class _Result(YamlDocument):
    """The data of a result. It is one long line or a thousand, so that a path says more than a place."""

    def problem(self, loc: tuple[int | str, ...], what: str, fix: str = "", *, key: bool = False) -> Problem:
        del fix, key
        path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in loc).lstrip(".")
        return Problem(self.file, 0, 0, f"`{path}`: {what}" if path else what, ANEW)


def read_result(path: Path) -> ResultPart:
    """The result in a file. Raises :class:`UserError` for one that is none, or of another format."""
    name = str(path)
    try:
        data = parsed_json(_text(path))
        check_values(data)
    except WrongJsonError as error:
        raise UserError.about(name, error.what, ANEW) from None
    except json.JSONDecodeError as error:
        what = "this is not valid JSON"
        raise UserError.about(name, what, ANEW, line=error.lineno, column=error.colno) from None
    return as_result(name, data)


def as_result(name: str, data: Any) -> ResultPart:
    """Data as a result; ``name`` is what messages call it."""
    _check_kind(name, data)
    from cxmaturity.following.schema import ResultPart  # lazy: pydantic

    result, problems = validate(_Result(name, data), ResultPart)
    if result is None:
        raise UserError(problems[:_MOST])
    return result


def _text(path: Path) -> str:
    file = ResponseFile(path, str(path))
    with open_file(file) as opened:
        content = opened.read(MAX_JSON + 1)
    if len(content) > MAX_JSON:
        raise UserError.about(path, f"is larger than {MAX_JSON:,} bytes, so it is no result", ANEW)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise not_text(file, "utf-8", ANEW) from None


def _check_kind(name: str, data: Any) -> None:
    """Refuse what is no result at all, before every key that it lacks is named."""
    if not isinstance(data, Mapping) or not {"overall", "dimensions"} <= data.keys():
        raise UserError.about(name, "this is no result of cxmaturity", ANEW)
    if "format" in data and (data["format"] is True or data["format"] != _FORMAT):  # in Python, True is 1
        what = f"the result is not of format {_FORMAT}, the one that is known here"
        raise UserError.about(name, what, "update cxmaturity, or write the result anew with this version")
    if "before" in data and "after" in data:
        raise UserError.about(name, "this is a comparison, not a result", ANEW)
