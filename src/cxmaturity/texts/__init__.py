"""The product's own words, looked up by key and language in one place.

Texts lie in ``<language>.yaml`` beside this module and in plugins' ``texts.<language>.yaml``. A text may
hold fields: ``{name}``, or ``{name:kind}`` with a kind of :data:`KINDS`. A text that depends on a count
is a mapping of plural categories (``one``, ``few``, ``many``, ``other``), chosen by its field ``n``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from cxmaturity.api import Message
from cxmaturity.errors import UserError
from cxmaturity.scoring.scale import shown, shown_upper
from cxmaturity.yamlfile import read_yaml

FIELD = re.compile(r"\{(\w+)(?::([\w-]+))?\}")
"""A field of a text: its name, and how it is written."""
_PLURALS = frozenset({"zero", "one", "two", "few", "many", "other"})

Entry = str | Mapping[str, str]


def _signed(value: float, locale: Locale) -> str:
    return format_decimal(value, "+#,##0;−#,##0", locale=locale)


def _signed1(value: float, locale: Locale) -> str:
    return format_decimal(round(value, 1) + 0.0, "+0.0;−0.0" if round(value, 1) else "0.0", locale=locale)


def _signed2(value: float, locale: Locale) -> str:
    return format_decimal(round(value, 2) + 0.0, "+0.00;−0.00" if round(value, 2) else "0.00", locale=locale)


def _lower(name: str) -> str:
    """A title as it stands inside a sentence; an abbreviation such as NPS stays."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _percent(value: float, pattern: str, locale: Locale) -> str:
    return format_percent(value, pattern, locale=locale)


KINDS: Mapping[str, Callable[[Any, Locale], str]] = {
    "score": lambda value, locale: format_decimal(shown(value), "0.0", locale=locale),
    "upper": lambda value, locale: format_decimal(shown_upper(value), "0.0", locale=locale),
    "decimal": lambda value, locale: format_decimal(value, "#,##0.#", locale=locale),
    "points": lambda value, locale: format_decimal(value, "0.00", locale=locale),
    "number": lambda value, locale: format_decimal(value, "#,##0.##", locale=locale),
    "whole": lambda value, locale: format_decimal(value, "#,##0", locale=locale),
    "signed": _signed,
    "signed1": _signed1,
    "signed2": _signed2,
    "percent": lambda value, locale: _percent(value, "#,##0%", locale),
    "percent1": lambda value, locale: _percent(value, "#,##0.0%", locale),
    "list": lambda value, locale: format_list(list(value), locale=locale),
    "names": lambda value, locale: format_list([_lower(name) for name in value], locale=locale),
    "date": lambda value, locale: format_date(date.fromisoformat(value), "d MMMM y", locale=locale),
    "month": lambda value, locale: format_date(date.fromisoformat(value), "MMMM y", locale=locale),
    "month-short": lambda value, locale: format_date(date.fromisoformat(value), "MMM y", locale=locale),
    "lower": lambda value, locale: _lower(value),  # noqa: ARG005 - one signature for all kinds
    "start": lambda value, locale: value[:1].upper() + value[1:],  # noqa: ARG005
}
"""How a field is written: a score with one decimal, a fraction as a percentage, an ISO date in words …"""


class Texts:
    """The texts of one language.

    Calling it gives the text under a key with its fields filled in. A key or field that does not
    exist raises :class:`KeyError`: that is a bug, of ours or of the plugin whose message it is.
    """

    def __init__(self, language: str, entries: Mapping[str, Entry]) -> None:
        self.language = language
        self._locale = Locale.parse(language)
        self._entries = entries

    def __call__(self, key: str, /, **values: object) -> str:
        """The text under a key."""
        entry = self._entries[key]
        if not isinstance(entry, str):
            entry = entry.get(self._locale.plural_form(values["n"]), entry["other"])  # type: ignore[arg-type]
        text = FIELD.sub(lambda match: self._field(match, values), entry)
        return text.encode("utf-8", "replace").decode("utf-8")  # half of a surrogate pair prints nowhere

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def message(self, message: Message) -> str:
        """A message in words. Values that are messages themselves are put into words first."""
        values = {
            name: self.message(value) if isinstance(value, Message) else value
            for name, value in message.values.items()
        }
        return self(message.key, **values)

    def write(self, value: Any, kind: str) -> str:
        """A number, date or list as this language writes it; ``kind`` is one of :data:`KINDS`."""
        return KINDS[kind](value, self._locale)

    def _field(self, match: re.Match[str], values: Mapping[str, object]) -> str:
        value = values[match[1]]
        if match[2]:
            return self.write(value, match[2])
        return str(value)


def languages() -> tuple[str, ...]:
    """The languages that the product has texts in."""
    names = (entry.name for entry in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


def read_entries(source: Traversable) -> dict[str, Entry]:
    """The texts of one file, by dotted key. Raises :class:`UserError` with what is wrong with it."""
    return flatten(read_yaml(source).data)


def load_texts(language: str, plugin_texts: Mapping[str, Entry] | None = None) -> Texts:
    """The product's texts in a language, with those of plugins, which cannot override them.

    Raises :class:`UserError` for a language that the product does not have.
    """
    if language not in languages():
        raise UserError.about(
            "", f"there are no texts in language '{language}'", f"use {', '.join(languages())}"
        )
    own = read_entries(files(__name__).joinpath(f"{language}.yaml"))
    return Texts(language, {**(plugin_texts or {}), **own})


def flatten(data: Any, prefix: str = "") -> dict[str, Entry]:
    """Nested mappings as dotted keys; a mapping of plural categories stays one entry."""
    flat: dict[str, Entry] = {}
    for key, value in (data or {}).items():
        name = f"{prefix}{key}"
        if isinstance(value, dict) and not ("other" in value and value.keys() <= _PLURALS):
            flat.update(flatten(value, f"{name}."))
        else:
            flat[name] = value if isinstance(value, dict) else str(value)
    return flat
