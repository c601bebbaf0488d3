"""JSON from strangers as plain values: stricter than Python reads it, and never deeper than it can walk."""

from __future__ import annotations

import json
from math import inf
from typing import Any, NoReturn

from cxmaturity.yamlfile.building import MAX_DEPTH
from cxmaturity.yamlfile.characters import FORBIDDEN, name_of

_LARGEST = 10**18  # as in YAML: fits the 64-bit integers that numbers end up in
_LONGEST_KEY = 60
_TOO_DEEP = "lists or objects lie in each other too deeply", "export it again"


class WrongJsonError(ValueError):
    """JSON that is well formed and yet not to be read: what is wrong, and what to do."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.what = what
        self.fix = fix


def parsed_json(text: str) -> Any:
    """The data of JSON, stricter than Python reads it: no NaN, no key twice, no number beyond 64 bits."""
    try:
        return json.loads(
            text,
            object_pairs_hook=_once,
            parse_constant=_no_number,
            parse_int=_whole,
            parse_float=_finite,
        )
    except RecursionError:
        raise WrongJsonError(*_TOO_DEEP) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise WrongJsonError(f"an object has the key '{shown_key(twice)}' twice", "remove one of them")
    return data


def shown_key(key: str) -> str:
    """A key as a message can show it."""
    return FORBIDDEN.sub("?", key)[:_LONGEST_KEY]


def _no_number(name: str) -> NoReturn:
    raise WrongJsonError(f"{name} is no value of JSON", "write null where there is none")


def _whole(digits: str) -> int:
    if len(digits) > len(str(_LARGEST)) or abs(int(digits)) >= _LARGEST:
        raise WrongJsonError("a number is too large", "correct it, or put it in quotes if it is text")
    return int(digits)


def _finite(digits: str) -> float:
    value = float(digits)
    if abs(value) == inf:
        raise WrongJsonError("a number is too large", "correct it, or put it in quotes if it is text")
    return value


def check_values(data: Any) -> None:
    """Refuse texts with characters that no text of ours may hold, which escapes can spell, and great depth.

    As deep as in YAML is enough: whatever looks into an answer calls itself once for each level.
    """
    ahead = [(data, 1)]
    while ahead:
        value, depth = ahead.pop()
        if isinstance(value, str):
            if found := FORBIDDEN.search(value):
                raise WrongJsonError(f"a text has the control character {name_of(found[0])}", "remove it")
        elif isinstance(value, list | dict):
            if depth > MAX_DEPTH:
                raise WrongJsonError(*_TOO_DEEP)
            inner = [*value, *value.values()] if isinstance(value, dict) else value
            ahead += [(each, depth + 1) for each in inner]
