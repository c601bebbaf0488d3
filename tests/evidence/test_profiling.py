"""Profiles of tables: what is said of columns, and what never is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cxmaturity.evidence.looking import profiles_of
from cxmaturity.evidence.model import ColumnSource, TableSource
from cxmaturity.evidence.profiles import ColumnProfile, TableProfile
from cxmaturity.plugins import load_plugins

Look = Callable[..., TableProfile]


@pytest.fixture
def look(tmp_path: Path) -> Look:
    def profile(text: str, columns: dict[str, str] | None = None, as_of: str | None = None) -> TableProfile:
        (tmp_path / "data.csv").write_text(text, encoding="utf-8")
        mapped = {name: ColumnSource(title) for name, title in (columns or {}).items()}
        metrics = [metric for _, metric in load_plugins(None).metrics]
        sources = {"customers": TableSource(("data.csv",), tmp_path, mapped)}
        profiles, problems = profiles_of(sources, metrics, as_of=as_of)
        assert problems == []
        return profiles[0]

    return profile


def column(profile: TableProfile, title: str) -> ColumnProfile:
    return next(each for each in profile.columns if each.title == title)


def rows(header: str, *parts: tuple[str, int]) -> str:
    return "\n".join([header, *(row for row, times in parts for _ in range(times))]) + "\n"


def test_every_kind_is_told_by_what_the_cells_say(look: Look) -> None:
    text = "n,d,t,f,x,e\n1,2026-01-31,2026-01-31 10:00,yes,abc,\n2.5,2026-02-28,2026-02-01 11:30,no,d,\n"
    kinds = {each.title: each.kind for each in look(text).columns}
    assert kinds == {"n": "number", "d": "date", "t": "time", "f": "flag", "x": "text", "e": "nothing"}


def test_gaps_doubles_and_repeated_keys_are_counted(look: Look) -> None:
    # of five rows two are the same, so one is a double; a stands in three, so two are beyond the first
    profile = look("id,n\na,1\na,1\na,2\nb,\nc,5\n", {"customer": "id"})
    assert (profile.rows, profile.doubles, profile.repeated) == (5, 1, {"id": 2})
    assert (column(profile, "n").empty, column(profile, "n").distinct) == (1, 3)


def test_ranges_of_numbers_and_dates_and_lengths_of_texts_are_said(look: Look) -> None:
    profile = look("n,d,x\n-3,2024-05-01,ab\n12.5,2026-12-01,abcd\n", as_of="2026-10-31")
    assert (column(profile, "n").low, column(profile, "n").high) == (-3, 12.5)
    day = column(profile, "d")
    assert (day.low, day.high, day.future) == ("2024-05-01", "2026-12-01", 1)
    assert (column(profile, "x").shortest, column(profile, "x").longest) == (2, 4)


def test_without_a_day_nothing_lies_in_the_future(look: Look) -> None:
    assert column(look("d\n2026-12-01\n"), "d").future is None


def test_a_few_cells_of_another_kind_are_counted(look: Look) -> None:
    profile = look(rows("n", ("7", 19), ("many", 1)))
    assert (column(profile, "n").kind, column(profile, "n").odd) == ("number", 1)


def test_values_of_groups_are_listed_numbers_in_their_order(look: Look) -> None:
    profile = look(rows("plan,score", ("basic,10", 6), ("premium,9", 5)))
    assert column(profile, "plan").values == (("basic", 6), ("premium", 5))
    assert column(profile, "score").values == (("9", 5), ("10", 6))


@pytest.mark.parametrize(
    "text",
    [
        rows("plan", ("basic", 6), ("Ana Pop alone", 4)),  # one that fewer than five rows have
        rows("contact", ("a@example.org", 6), ("none", 6)),  # an address
        rows("contact", ("+40 722 123 456", 6), ("none", 6)),  # a telephone number
        rows("First name", ("Ana", 6), ("Jan", 6)),  # a heading that says it
        rows("Imię", ("Anna", 6), ("Jan", 6)),
        "\n".join(["plan", *(f"p{number}" for number in range(13) for _ in range(5))])
        + "\n",  # thirteen of them
    ],
)
def test_values_that_may_be_somebodys_are_never_listed(text: str, look: Look) -> None:
    assert look(text).columns[0].values == ()


@pytest.mark.parametrize(
    "text",
    [
        "Telefon\n0722123456\n0733123456\n",
        "reach\n722123456\n733123456\n",  # nothing but the numbers says it
        "customer_id\n1\n2\n",
        "Date of birth\n1980-01-31\n1990-01-31\n",
    ],
)
def test_ranges_that_are_somebodys_are_not_said(text: str, look: Look) -> None:
    (only,) = look(text).columns
    assert (only.low, only.high) == (None, None)


def test_a_first_row_that_is_a_record_is_not_repeated(tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text("Ana,ana@example.org,2020-01-31\n", encoding="utf-8")
    profiles, problems = profiles_of({"customers": TableSource(("data.csv",), tmp_path, {})})
    assert profiles == []
    assert [str(each) for each in problems] == [
        "data.csv:1:1: the first row holds no titles, but seems to be a record; put a row of titles above it"
    ]


def test_a_table_without_rows_has_columns_of_nothing(look: Look) -> None:
    profile = look("a,b\n")
    assert (profile.rows, [each.kind for each in profile.columns]) == (0, ["nothing", "nothing"])


def test_one_table_that_cannot_be_read_hides_no_other(tmp_path: Path) -> None:
    (tmp_path / "good.csv").write_text("a\n1\n", encoding="utf-8")
    sources = {name: TableSource((f"{name}.csv",), tmp_path, {}) for name in ("gone", "good")}
    profiles, problems = profiles_of(sources)
    assert [profile.name for profile in profiles] == ["good"]
    assert [problem.file for problem in problems] == ["gone.csv"]
