"""Checks a document against a pydantic model and says what is wrong in our own words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from cxmaturity.errors import Problem
from cxmaturity.suggesting import did_you_mean
from cxmaturity.yamlfile.building import MAX_PROBLEMS
from cxmaturity.yamlfile.document import Loc, YamlDocument
from cxmaturity.yamlfile.shapes import Spot, follow

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

M = TypeVar("M", bound="BaseModel")

Words = tuple[str, str]
"""What is wrong, and what to do about it."""

_LONGEST_QUOTE = 40

_TEXT = "text", "put it in quotes"
_WHOLE = "a whole number", "write digits only, without quotes"
_NUMBER = "a number", "write digits and a decimal point only, without quotes"
_BOOLEAN = "true or false", "write one of the two, without quotes"
_LIST = "a list", "start each entry with `- `"
_MAPPING = "a mapping", "write `key: value` lines"
_EXPECTED: Mapping[str, Words] = {
    "string_type": _TEXT,
    "int_type": _WHOLE,
    "int_from_float": _WHOLE,
    "int_parsing": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "bool_type": _BOOLEAN,
    "bool_parsing": _BOOLEAN,
    "list_type": _LIST,
    "tuple_type": _LIST,
    "set_type": _LIST,
    "frozen_set_type": _LIST,
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "dataclass_type": _MAPPING,
}
_LIMITS = {
    "gt": "more than",
    "ge": "at least",
    "lt": "less than",
    "le": "at most",
    "multiple_of": "a multiple of",
}


@dataclass(frozen=True, slots=True)
class _Failure:
    """One error of pydantic's, and where it lies."""

    kind: str
    loc: Loc
    spot: Spot
    value: Any
    context: Mapping[str, Any]
    message: str

    @property
    def refused_member(self) -> bool:
        """Whether a member of a union was refused for its type, so that another one may be meant."""
        return self.spot.union is not None and self.kind in _EXPECTED

    @property
    def name(self) -> str:
        """The key that is meant."""
        return str(self.spot.loc[-1]) if self.spot.loc else ""


def validate(document: YamlDocument, model: type[M]) -> tuple[M | None, list[Problem]]:
    """The document as a model, or None and every problem (up to a thousand) in the order of the file.

    Values count as what they are in the file: a quoted number is a text, ``yes`` is no boolean.
    """
    from pydantic import ValidationError  # lazy: it costs as much as the rest of the start
    from pydantic_core import to_json

    try:
        # strict as JSON is: nothing is coerced, but lists may become tuples and texts enums or dates
        return model.model_validate_json(to_json(document.data), strict=True), []
    except ValidationError as error:
        failures = [_failure(model, details) for details in error.errors(include_url=False)[:MAX_PROBLEMS]]
    return None, sorted(set(_problems(document, failures)))


def _failure(model: type[BaseModel], details: ErrorDetails) -> _Failure:
    loc = details["loc"]
    context = details.get("ctx", {})
    return _Failure(details["type"], loc, follow(model, loc), details["input"], context, details["msg"])


def _problems(document: YamlDocument, failures: list[_Failure]) -> Iterator[Problem]:
    relevant = [failure for failure in failures if not _beside_the_point(failure, failures)]
    for failure in relevant:
        if failure.refused_member:
            what, fix = _unexpected(other for other in relevant if other.spot.union == failure.spot.union)
        else:
            what, fix = _words(failure)
        loc, key = failure.spot.loc, failure.spot.key or failure.kind == "extra_forbidden"
        if failure.kind == "union_tag_invalid":
            loc = (*loc, _discriminator(failure))
        yield document.problem(loc, what, fix, key=key)


def _beside_the_point(failure: _Failure, failures: Iterable[_Failure]) -> bool:
    """Whether a union's member was refused for its type where another one fits but for its content."""
    union = failure.spot.union
    if union is None or not failure.refused_member:
        return False
    return any(
        other.loc[: len(union)] == union and not (other.refused_member and other.spot.union == union)
        for other in failures
    )


def _unexpected(refused: Iterable[_Failure]) -> Words:
    """A value of the wrong type, with all the types that would do."""
    refused = list(refused)
    expected = dict.fromkeys(_EXPECTED[failure.kind] for failure in refused)
    what = f"expected {' or '.join(name for name, _ in expected)}, found {_shown(refused[0].value)}"
    if refused[0].value is None:
        return what, "give it a value, or remove the key"
    if len(expected) > 1:
        return what, "write one of these"
    if isinstance(refused[0].value, list | dict) and expected.keys().isdisjoint({_LIST, _MAPPING}):
        return what, "write a single value"
    return what, next(iter(expected))[1]


def _words(failure: _Failure) -> Words:
    if failure.kind in _EXPECTED:
        return _unexpected([failure])
    for limit, words in _LIMITS.items():
        if limit in failure.context:
            return (
                f"expected {words} {failure.context[limit]:,.12g}, found {_shown(failure.value)}",
                "correct the number",
            )
    return _SAID.get(failure.kind, _anything_else)(failure)


def _missing(failure: _Failure) -> Words:
    return f"`{failure.name}` is missing", "add it"


def _unknown_key(failure: _Failure) -> Words:
    return f"unknown key `{failure.name}`", _suggestion(failure.name, failure.spot.known)


def _not_allowed(failure: _Failure) -> Words:
    expected = str(failure.context.get("expected") or failure.context.get("expected_tags"))
    value = failure.context.get("tag", failure.value)
    return f"expected {expected}, found {_shown(value)}", _suggestion(
        str(value), re.findall(r"'(.*?)'", expected)
    )


def _no_tag(failure: _Failure) -> Words:
    return f"`{_discriminator(failure)}` is missing", "add it"


def _discriminator(failure: _Failure) -> str:
    return str(failure.context["discriminator"]).strip("'")


def _wrong_form(failure: _Failure) -> Words:
    form = failure.spot.form or f"that matches {failure.context['pattern']}"
    return f"{_shown(failure.value)} does not have the right form", f"use the form {form}"


def _too_short(failure: _Failure) -> Words:
    least = failure.context["min_length"]
    if not failure.value:
        return (
            f"the {'text' if failure.value == '' else 'list'} is empty",
            "fill it in, or remove the key if it is optional",
        )
    return f"{_shown(failure.value)} is too short", f"give it at least {least} {_units(failure)}"


def _too_long(failure: _Failure) -> Words:
    most = failure.context["max_length"]
    return f"{_shown(failure.value)} is too long", f"give it at most {most} {_units(failure)}"


def _units(failure: _Failure) -> str:
    return "characters" if isinstance(failure.value, str) else "entries"


def _own_message(failure: _Failure) -> Words:
    """What a validator of ours says: what is wrong, then after a semicolon what to do."""
    what, _, fix = str(failure.context["error"]).partition("; ")
    return what, fix


def _anything_else(failure: _Failure) -> Words:
    message = re.sub(r"^(Input|Value|String) should be ", "expected ", failure.message)
    return f"{message.replace('Input', 'the value')}, found {_shown(failure.value)}", "correct it"


_SAID: Mapping[str, Callable[[_Failure], Words]] = {
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "literal_error": _not_allowed,
    "enum": _not_allowed,
    "union_tag_invalid": _not_allowed,
    "union_tag_not_found": _no_tag,
    "string_pattern_mismatch": _wrong_form,
    "string_too_short": _too_short,
    "too_short": _too_short,
    "string_too_long": _too_long,
    "too_long": _too_long,
    "value_error": _own_message,
    "assertion_error": _own_message,
}


def _suggestion(given: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, else all of them."""
    known = list(known)
    every = f"use one of {', '.join(f'`{word}`' for word in known)}" if known else "correct it"
    return did_you_mean(given, known, every, mark="`")


def _shown(value: Any) -> str:
    """A value in words: text 'abc', the number 3, a list."""
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case str():
            short = value if len(value) <= _LONGEST_QUOTE else f"{value[: _LONGEST_QUOTE - 1]}…"
            return f"text '{short}'"
        case int() | float():
            return f"the number {value}"
        case list():
            return "a list"
        case _:
            return "a mapping"
