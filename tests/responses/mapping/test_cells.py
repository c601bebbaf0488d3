"""Cells with several labels, numbers and times."""

from __future__ import annotations

import math
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.responses.mapping.cells import UNKNOWN, labels_in, number_of
from cxmaturity.responses.mapping.dates import order_of, seconds_of
from cxmaturity.responses.mapping.format import Dates
from cxmaturity.responses.mapping.texts import one_line, plain_words

YEAR_1 = datetime(1, 1, 1, tzinfo=UTC)
LABELS = ["By phone", "By phone, by e-mail", "By e-mail, in writing", "In writing; signed"]


def since(at: datetime) -> float:
    return (at - YEAR_1).total_seconds()


@pytest.mark.parametrize(
    ("cell", "separator", "labels"),
    [
        ("By phone", ",", ["By phone"]),
        ("By phone, by e-mail", ",", ["By phone, by e-mail"]),  # the longest label first
        ("By phone, by e-mail, By phone", ",", ["By phone, by e-mail", "By phone"]),
        ("By phone,By e-mail, in writing", ",", ["By phone", "By e-mail, in writing"]),
        ("By phone;In writing; signed;", ";", ["By phone", "In writing; signed"]),
        ("By phone; ", ";", ["By phone"]),
    ],
)
def test_known_labels_are_found_though_they_hold_the_separator(
    cell: str, separator: str, labels: list[str]
) -> None:
    assert labels_in(cell, LABELS, separator) == labels


@pytest.mark.parametrize("cell", ["By phones", "By phone,By pigeon", "by phone", ";", "By phone;By phone"])
def test_a_cell_with_anything_else_is_not_understood(cell: str) -> None:
    assert labels_in(cell, LABELS, ",") is None


def test_the_longest_label_gives_way_where_only_shorter_ones_fit() -> None:
    # "a, b" first would leave ", c" with nothing that it could be
    assert labels_in("a, b, c", ["a", "a, b", "b, c"], ",") == ["a", "b, c"]


@given(st.data())
def test_what_a_tool_joins_is_taken_apart_again(data: st.DataObject) -> None:
    """Of labels without the separator the reading is the only one there is."""
    label = st.text("abc -é", min_size=1, max_size=5).map(str.strip).filter(bool)
    known = data.draw(st.lists(label, min_size=1, max_size=6, unique=True))
    ticked = data.draw(st.lists(st.sampled_from(known), min_size=1, max_size=5))
    tail = data.draw(st.sampled_from(["", ";", "; "]))
    assert labels_in(";".join(ticked) + tail, known, ";") == ticked


@given(st.lists(st.sampled_from(LABELS), min_size=1, max_size=5), st.sampled_from([",", ", "]))
def test_a_reading_always_gives_the_cell_again(ticked: list[str], gap: str) -> None:
    found = labels_in(gap.join(ticked), LABELS, ",")
    assert found is not None
    assert gap.join(found) == gap.join(ticked)


@pytest.mark.parametrize(
    ("text", "decimal", "number"),
    [
        ("12", ".", 12),
        ("-1.5", ".", -1.5),
        ("12,5", ",", 12.5),
        ("20 %", ".", 20),
    ],
)
def test_numbers(text: str, decimal: str, number: float) -> None:
    assert number_of(text, decimal) == number


@pytest.mark.parametrize(
    ("text", "decimal"), [("1,200", "."), ("1.200", ","), ("nan", "."), ("1e5", "."), ("about 5", ".")]
)
def test_what_could_be_two_numbers_or_none_is_not_understood(text: str, decimal: str) -> None:
    assert number_of(text, decimal) is UNKNOWN


@pytest.mark.parametrize(
    ("text", "order", "at"),
    [
        ("2026/11/03 9:15:02 AM EET", "year-first", (2026, 11, 3, 9, 15, 2)),
        ("2026/11/03 12:15:02 AM GMT+2", "year-first", (2026, 11, 3, 0, 15, 2)),
        ("2026/11/03 9:15:02 p. m. CET", "year-first", (2026, 11, 3, 21, 15, 2)),
        ("2026-11-03T09:15:02.123Z", "year-first", (2026, 11, 3, 9, 15, 2)),
        ("03.11.2026 09:15", "day-first", (2026, 11, 3, 9, 15)),
        ("11/3/26 21:15:02", "month-first", (2026, 11, 3, 21, 15, 2)),
        ("03.11.2026, 09.15.02", "day-first", (2026, 11, 3, 9, 15, 2)),
    ],
)  # fmt: skip
def test_times_as_tools_write_them(text: str, order: Dates, at: tuple[int, ...]) -> None:
    year, month, day, hour, minute, *second = at
    assert seconds_of(text, order) == since(datetime(year, month, day, hour, minute, *second, tzinfo=UTC))


@pytest.mark.parametrize("text", ["yesterday", "2026-13-01 00:00", "2026-11-03", "2026-11-03 25:00", ""])
def test_what_is_no_time(text: str) -> None:
    assert seconds_of(text, "year-first") is None


def test_the_order_of_dates_is_found_out_or_said_to_be_open() -> None:
    assert order_of(["2026-11-03 09:15"]) == ("year-first", True)
    assert order_of(["3/11/26 09:15", "14/11/26 09:15"]) == ("day-first", True)
    assert order_of(["11/3/26 09:15", "11/14/26 09:15"]) == ("month-first", True)
    assert order_of(["3/11/26 09:15"]) == ("month-first", False)
    assert order_of(["03.11.2026 09:15"]) == ("day-first", False)
    assert order_of(["never", ""]) is None


@given(st.datetimes(timezones=st.just(UTC)).filter(lambda at: at.year >= 1970))
def test_a_time_of_any_order_is_the_same_time(at: datetime) -> None:
    texts: dict[Dates, str] = {
        "year-first": at.strftime("%Y-%m-%d %H:%M:%S"),
        "day-first": at.strftime("%d.%m.%Y %H:%M:%S"),
        "month-first": at.strftime("%m/%d/%Y %I:%M:%S %p"),
    }
    for order, text in texts.items():
        seconds = seconds_of(text, order)
        assert seconds is not None
        assert math.isclose(seconds, since(at.replace(microsecond=0)))


def test_texts_are_compared_without_what_tools_change() -> None:
    assert plain_words("<p>Do they  mean the\nsame? *</p>") == "do they mean the same"
    assert (
        plain_words("Nu ştiu") == plain_words("NU STIU") == plain_words("nu știu")
    )  # two alphabets, and none
    assert plain_words("Which? - Selected Choice - E-mail") == "which e mail"
    assert one_line(" a\u00a0b\r\n\x07c ") == "a b c"
