"""Commitments that were due and met, worked by hand."""

from __future__ import annotations

import pytest

from cxmaturity.api import MetricResult, share_interval
from cxmaturity.testing import measured

AS_OF = "2026-10-31"
Row = dict[str, object]


def commitments(*rows: Row) -> MetricResult:
    named = [{"commitment": f"c{number}", **row} for number, row in enumerate(rows)]
    return measured("commitments-met", {"commitments": named}, as_of=AS_OF)


def test_those_met_over_those_due() -> None:
    metric = commitments(
        {"due": "2026-06-30", "met_on": "2026-05-01"},
        {"due": "2026-06-30", "met_on": "2026-09-01"},  # late, and met all the same
        {"due": "2026-06-30", "met_on": None},
        {"due": "2024-12-31", "met_on": None},  # overdue since before the period
        {"due": "2027-12-31", "met_on": "2026-01-01"},  # met, and not due yet
    )
    assert (metric.value, metric.n) == (2 / 4, 4)
    assert metric.parts == {"due": 4, "met": 2}
    assert metric.interval == share_interval(2, 4)


@pytest.mark.parametrize(
    ("due", "met_on", "parts"),
    [
        ("2026-10-31", "2026-10-31", (2, 1)),  # the last day is in
        ("2026-10-31", "2026-11-01", (2, 0)),
        ("2026-11-01", "2026-10-31", (1, 0)),
        ("2019-01-01", "2019-01-01", (2, 1)),  # all that ever fell due
    ],
)
def test_the_edges_of_the_period(due: str, met_on: str, parts: tuple[int, int]) -> None:
    metric = commitments({"due": "2026-01-01", "met_on": None}, {"due": due, "met_on": met_on})
    assert (metric.parts["due"], metric.parts["met"]) == parts


def test_a_flag_says_it_as_well() -> None:
    metric = commitments({"due": "2026-01-01", "met": True}, {"due": "2026-01-01", "met": False})
    assert metric.parts == {"due": 2, "met": 1}


def test_those_of_them_that_were_published_are_counted_where_it_is_known() -> None:
    metric = commitments(
        {"due": "2026-01-01", "met": True, "published": True},
        {"due": "2026-01-01", "met": False, "published": False},
        {"due": "2027-01-01", "met": False, "published": True},
    )
    assert metric.parts == {"due": 2, "met": 1, "published": 1}


def test_a_commitment_with_a_row_for_each_year_is_met_where_all_that_were_due_are() -> None:
    rows: list[Row] = [
        {"commitment": "waste", "due": "2025-12-31", "met": True},
        {"commitment": "waste", "due": "2026-06-30", "met": False},
        {"commitment": "gifts", "due": "2025-12-31", "met": True},
        {"commitment": "gifts", "due": "2026-06-30", "met": True},
        {"commitment": "gifts", "due": "2027-12-31", "met": False},
    ]
    metric = measured("commitments-met", {"commitments": rows}, as_of=AS_OF)
    assert metric.parts == {"due": 2, "met": 1}


def test_segments_have_figures_of_their_own() -> None:
    rows: list[Row] = [
        {"commitment": f"{name}{n}", "due": "2026-01-01", "met": name == "people", "segment": name}
        for n in range(5)
        for name in ("people", "planet")
    ]
    metric = measured("commitments-met", {"commitments": rows}, as_of=AS_OF)
    assert {each.name: each.value for each in metric.segments} == {"people": 1.0, "planet": 0.0}


@pytest.mark.parametrize("rows", [[], [{"due": "2027-01-01", "met_on": None}]])
def test_where_nothing_was_due_there_is_a_reason(rows: list[Row]) -> None:
    metric = commitments(*rows)
    assert metric.value is None
    assert metric.reason is not None
    assert metric.reason.key == "social-responsibility.reason.nothing-due"
