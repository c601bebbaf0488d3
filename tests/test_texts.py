"""Texts: found by key and language, with numbers as the language writes them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cxmaturity.api import Message
from cxmaturity.errors import UserError
from cxmaturity.texts import Texts, flatten, languages, load_texts

ROOT = Path(__file__).parent.parent


@pytest.fixture
def texts() -> Texts:
    return Texts(
        "en",
        {
            "hello": "Hello {name}.",
            "people": {"one": "one person", "other": "{n} people"},
            "figure": "{value:percent1} of {whole:whole}",
            "plain": "{text}",
        },
    )


def test_fields_are_filled_in_and_nothing_else_is_evaluated(texts: Texts) -> None:
    assert texts("hello", name="{0.__class__}") == "Hello {0.__class__}."


def test_a_count_chooses_the_plural(texts: Texts) -> None:
    assert [texts("people", n=n) for n in (0, 1, 2)] == ["0 people", "one person", "2 people"]


@pytest.mark.parametrize(
    ("n", "said"), [(1, "osoba"), (3, "osoby"), (5, "osób"), (22, "osoby"), (25, "osób")]
)
def test_plurals_follow_the_language(n: int, said: str) -> None:
    polish = Texts("pl", {"people": {"one": "osoba", "few": "osoby", "many": "osób", "other": "osoby"}})
    assert polish("people", n=n) == said


@pytest.mark.parametrize(
    ("kind", "value", "english", "romanian"),
    [
        ("score", 3.39, "3.3", "3,3"),
        ("points", 2.5, "2.50", "2,50"),
        ("percent", 0.256, "26%", "26%"),
        ("percent1", 0.256, "25.6%", "25,6%"),
        ("signed", -12.4, "−12", "−12"),
        ("signed", 12.4, "+12", "+12"),
        ("signed1", 1.25, "+1.2", "+1,2"),
        ("signed1", -0.96, "−1.0", "−1,0"),
        ("signed1", -0.04, "0.0", "0,0"),
        ("signed2", 0.034, "+0.03", "+0,03"),
        ("signed2", -0.004, "0.00", "0,00"),
        ("whole", 12345.6, "12,346", "12.346"),
        ("number", 12.345, "12.34", "12,34"),
        ("decimal", 12.345, "12.3", "12,3"),
        ("date", "2026-11-01", "1 November 2026", "1 noiembrie 2026"),
        ("month", "2026-11-01", "November 2026", "noiembrie 2026"),
        ("lower", "Loyalty", "loyalty", "loyalty"),
        ("lower", "NPS", "NPS", "NPS"),
        ("start", "not known", "Not known", "Not known"),
    ],
)
def test_values_are_written_as_the_language_writes_them(
    kind: str, value: object, english: str, romanian: str
) -> None:
    assert Texts("en", {}).write(value, kind) == english
    assert Texts("ro", {}).write(value, kind) == romanian


def test_lists_end_in_and() -> None:
    assert Texts("en", {}).write(["a", "b", "c"], "list") == "a, b, and c"
    assert Texts("ro", {}).write(["A", "B"], "names") == "a și b"


def test_messages_inside_messages_are_put_into_words(texts: Texts) -> None:
    assert texts.message(Message("hello", {"name": Message.plain("you")})) == "Hello you."


def test_a_missing_key_or_field_is_a_bug(texts: Texts) -> None:
    with pytest.raises(KeyError):
        texts("nothing")
    with pytest.raises(KeyError):
        texts("hello")
    assert "hello" in texts
    assert "nothing" not in texts


def test_nested_keys_are_dotted_and_plurals_stay_whole() -> None:
    data = {"a": {"b": "c", "d": {"one": "1", "other": "2"}}, "e": {"one": "x", "many": "y"}}
    assert flatten(data) == {"a.b": "c", "a.d": {"one": "1", "other": "2"}, "e.one": "x", "e.many": "y"}
    assert flatten(None) == {}


def test_a_plugin_cannot_override_the_products_texts() -> None:
    texts = load_texts("en", {"overall.title": "Mine", "mine.hello": "Hello"})
    assert texts("overall.title") == "Overall"
    assert texts("mine.hello") == "Hello"


def test_an_unknown_language_is_a_user_error() -> None:
    assert "en" in languages()
    with pytest.raises(UserError, match="no texts in language 'xx'"):
        load_texts("xx")


def test_every_key_that_the_code_names_is_there() -> None:
    """Keys put together at run time aside, no text is missing and found out by a customer."""
    texts = load_texts("en")
    sources = [*(ROOT / "src").rglob("*.py"), *(ROOT / "src").rglob("*.j2")]
    pattern = re.compile(r"""\b(?:texts|t|Message)\(\s*"([a-z0-9.-]*[a-z0-9])\"""")
    named = {key for source in sources for key in pattern.findall(source.read_text(encoding="utf-8"))}
    assert len(named) > 100
    assert sorted(key for key in named if key not in texts) == []
