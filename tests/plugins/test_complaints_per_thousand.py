"""Complaints per 1,000 customers, worked by hand."""

from __future__ import annotations

import pytest
from cxmaturity_feedback_loops.complaint_rate import complaint_rate
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.api import MetricResult, Scope
from cxmaturity.testing import measured

Row = dict[str, object]


def rate(complaints: list[Row], customers: list[Row]) -> MetricResult:
    tables = {"complaints": complaints, "customers": customers}
    return measured("complaints-per-thousand", tables, as_of="2026-10-31")


def customers(n: int, since: str = "2020-01-01", until: str | None = None, **more: str) -> list[Row]:
    return [{"customer": f"{since} {until} {i}", "since": since, "until": until, **more} for i in range(n)]


def complaints(n: int, opened: str = "2026-03-01", **more: str | None) -> list[Row]:
    return [{"opened": opened, **more} for _ in range(n)]


def test_complaints_over_the_mean_of_customers_at_both_ends() -> None:
    people = [
        *customers(60),
        *customers(40, until="2026-05-01"),  # there at the start only
        *customers(100, since="2026-01-01"),  # there at the end only
        *customers(7, until="2025-10-31"),  # gone the day before the period
        *customers(7, since="2026-01-01", until="2026-02-01"),  # at neither end
    ]
    # 100 at the start, 160 at the end: 6 ÷ 130 × 1,000 = 46.15
    found = rate(complaints(6), people)
    assert found.value == pytest.approx(46.153846)
    assert (found.n, found.parts) == (130, {"complaints": 6, "customers": 130})
    # from 6 complaints the Poisson interval is 2.2019 to 13.0595 (Garwood), over 0.13 thousand customers
    assert found.interval == pytest.approx((16.938, 100.457), abs=1e-3)
    assert found.higher_is_better is None


def test_who_left_and_came_back_or_has_two_contracts_counts_once() -> None:
    ana: Row = {"customer": "ana", "since": "2020-01-01", "until": "2026-02-01"}
    people = [ana, {**ana, "since": "2026-05-01", "until": None}, {**ana, "until": None}]
    assert rate(complaints(1), people).parts == {"complaints": 1, "customers": 1}


@pytest.mark.parametrize(
    ("opened", "count"),
    [
        ("2025-10-31 23:59", 0),
        ("2025-11-01 00:00", 1),
        ("2026-10-31 23:59", 1),
        ("2026-11-01 00:00", 0),
        ("2025-11-01", 1),
    ],
)
def test_the_edges_of_the_period(opened: str, count: int) -> None:
    found = rate(complaints(1, opened) + complaints(1), customers(10))
    assert found.parts["complaints"] == 1 + count


def test_a_plain_list_of_customers_will_do() -> None:
    everybody: list[Row] = [{"customer": number} for number in range(50)]
    assert rate(complaints(2), [*everybody, *everybody]).value == 40.0


def test_no_complaint_is_a_rate_and_no_customer_is_none() -> None:
    found = rate([], customers(500))
    # Garwood's upper end from no complaint is −ln 0.025 = 3.6889
    assert (found.value, found.interval) == (0.0, (0.0, pytest.approx(7.3778, abs=1e-4)))
    for people in ([], customers(9, until="2025-10-31")):
        found = rate(complaints(3), people)
        assert found.reason is not None
        assert (found.value, found.n, found.reason.key) == (None, 0, "feedback-loops.no-customers")


def test_types_come_most_frequent_first_and_rare_ones_without_a_name() -> None:
    rows = [*complaints(6, type="bill"), *complaints(9, type="late"), *complaints(5, type=None)]
    (series,) = rate(rows, customers(1000)).series
    assert (series.id, series.kind) == ("types", "categories")
    assert [(point.label, point.value, point.n) for point in series.points] == [
        ("late", 9.0, 9),
        ("bill", 6.0, 6),
    ]
    rare = rate(
        [*rows, *complaints(5, type="colour"), *complaints(1, type="Ms Jones")], customers(1000)
    ).series[0]
    assert [point.label for point in rare.points] == ["late", "bill", "", ""]  # the rare one and the next


def test_only_the_most_frequent_types_are_told() -> None:
    rows = [row for number in range(20) for row in complaints(6 + number, type=f"type {number}")]
    (series,) = rate(rows, customers(1000)).series
    assert [point.label for point in series.points] == [f"type {number}" for number in range(19, 7, -1)]


def test_segments_have_complaints_and_customers_of_their_own() -> None:
    people = [*customers(40, segment="homes"), *customers(10, since="2021-01-01", segment="firms")]
    found = rate(complaints(2, segment="homes"), people)
    assert found.value == 40.0
    # a segment nobody complained in has a rate of 0
    assert {each.name: (each.value, each.n) for each in found.segments} == {
        "homes": (50.0, 40),
        "firms": (0.0, 10),
    }
    assert rate(complaints(2), people).segments == ()  # complaints of unknown segments


def test_quarters_add_up_to_the_year() -> None:
    rows = [*complaints(2, "2026-01-31"), *complaints(3, "2026-02-01"), *complaints(1, "2026-10-31 12:00")]
    found = rate(rows, customers(100))
    assert {each.end: each.value for each in found.trend} == {
        "2026-01-31": 20.0,
        "2026-04-30": 30.0,
        "2026-10-31": 10.0,
    }
    assert found.value == 60.0


@given(st.integers(0, 10_000), st.integers(1, 10_000), st.integers(0, 10_000))
def test_the_rate_lies_in_its_interval(count: int, start: int, end: int) -> None:
    rows = [
        {"type": "late", "complaints": count, "at_start": 0, "at_end": 0},
        {"type": None, "complaints": 0, "at_start": start, "at_end": end},
    ]
    found = complaint_rate(rows, Scope())
    assert found.value is not None
    assert found.interval is not None
    assert 0 <= found.interval[0] <= found.value <= found.interval[1]
    assert sum(point.value or 0 for series in found.series for point in series.points) == pytest.approx(
        found.value
    )
