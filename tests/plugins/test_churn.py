"""The churn and retention rates and their intervals, worked by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import count

import pytest
from cxmaturity_retention.churn import churn_rate, retention_rate
from hypothesis import given, settings
from hypothesis import strategies as st

from cxmaturity.api import Measure, MetricResult, Scope
from cxmaturity.testing import measured

START, END = "2025-10-31", "2026-10-31"
NAMES = (f"c{number}" for number in count())

Row = dict[str, str | None]


def customer(since: str, until: str | None = None, name: str | None = None, **more: str) -> Row:
    return {"customer": name or next(NAMES), "since": since, "until": until, **more}


def rate(rows: Sequence[Row], metric: str = "churn-rate") -> MetricResult:
    # who joins after the period counts nowhere, and shows that the table was kept up to its end
    return measured(metric, {"customers": [*rows, customer("2100-01-01")] if rows else []}, as_of=END)


def interval(n: int, lost: int) -> Measure:
    return churn_rate([{"start": n, "lost": lost}], Scope())


def test_who_left_and_came_back_counts_once_and_is_not_lost() -> None:
    rows = [
        customer("2024-01-01", "2026-02-01", "ana"),
        customer("2026-05-01", None, "ana"),
        customer("2024-01-01", "2026-02-01"),
    ]
    # two people at the start, one of them still or again there at the end
    assert rate(rows).parts == {"start": 2, "lost": 1}


EIGHT = [
    customer("2024-01-01"),  # there all the time
    customer("2024-01-01", "2026-03-01"),  # lost
    customer("2024-01-01", "2025-01-01"),  # gone before: not counted
    customer("2026-01-01"),  # came later: not counted
    customer("2026-01-01", "2026-06-01"),  # came and went: not counted
    customer("2020-01-01", "2026-12-31"),  # leaves later: still there
    customer("2020-01-01"),
    customer("2020-01-01"),
]


def test_customers_lost_over_customers_at_the_start() -> None:
    result = rate(EIGHT)
    assert result.value == pytest.approx(1 / 5)  # 1 of the 5 there at the start
    assert (result.n, result.parts) == (5, {"start": 5, "lost": 1})
    assert result.period == (START, END)


def test_retention_is_what_churn_leaves() -> None:
    result = rate(EIGHT, "retention-rate")
    assert result.value == pytest.approx(4 / 5)
    assert (result.n, result.parts) == (5, {"start": 5, "kept": 4})
    # Wilson's interval of 1 of 5, turned round
    low, high = rate(EIGHT).interval or (0, 0)
    assert result.interval == pytest.approx((1 - high, 1 - low))


def test_retention_has_no_weight_beside_churn() -> None:
    assert (rate(EIGHT).weight, rate(EIGHT, "retention-rate").weight) == (1.0, 0.0)


@pytest.mark.parametrize(
    ("since", "until", "start", "lost"),
    [
        ("2025-10-31", None, 1, 0),  # joined on the day before the first: there at the start
        ("2025-11-01", None, 0, 0),  # joined on the first day: not yet
        ("2020-01-01", "2025-10-31", 0, 0),  # left on the day before the first: gone
        ("2020-01-01", "2025-11-01", 1, 1),  # left on the first day
        ("2020-01-01", "2026-10-31", 1, 1),  # left on the last day
        ("2020-01-01", "2026-11-01", 1, 0),  # left the day after
    ],
)
def test_the_edges_of_the_period(since: str, until: str | None, start: int, lost: int) -> None:
    anchor = customer("2020-01-01")  # somebody who stays, so that there is a rate
    assert rate([anchor, customer(since, until)]).parts == {"start": 1 + start, "lost": lost}


@pytest.mark.parametrize(
    ("lost", "n", "low", "high"),
    [
        # R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3 (score, not corrected)
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
        # 2 of 10, z² = 3.8415: (0.2 + 0.19207 ∓ 1.96 √(0.016 + 0.0096036)) ÷ 1.38415
        # = (0.39207 ∓ 0.31362) ÷ 1.38415
        (2, 10, 0.0567, 0.5098),
        (7, 7, 0.6457, 1.0),  # all of n: from n ÷ (n + z²) = 7 ÷ 10.8415
    ],
)
def test_the_interval_is_wilsons(lost: int, n: int, low: float, high: float) -> None:
    rows = [customer("2020-01-01", "2026-01-01") for _ in range(lost)] + [
        customer("2020-01-01") for _ in range(n - lost)
    ]
    assert rate(rows).interval == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize("metric", ["churn-rate", "retention-rate"])
@pytest.mark.parametrize("rows", [[], [customer("2026-01-01")], [customer("2019-01-01", "2020-01-01")]])
def test_without_customers_at_the_start_there_is_no_rate(rows: list[Row], metric: str) -> None:
    result = rate(rows, metric)
    assert (result.value, result.n, result.interval) == (None, 0, None)
    assert result.reason is not None
    assert result.reason.key == "retention.no-customers"


def test_segments_and_the_years_before() -> None:
    rows = [
        *(customer("2022-06-01", segment="shop") for _ in range(8)),
        *(customer("2022-06-01", "2026-01-01", segment="shop") for _ in range(2)),
        *(customer("2024-06-01", segment="web") for _ in range(4)),
        *(customer("2022-06-01", "2025-06-01", segment="web") for _ in range(6)),
    ]
    result = rate(rows)
    # at the start 10 of the shop, 2 lost; 4 of the web, none lost, but fewer than five are not shown alone,
    # nor is the shop then, as it could be found by subtraction
    assert result.parts == {"start": 14, "lost": 2}
    assert [segment.suppressed for segment in result.segments] == [True, True]
    # the year before: 8 + 2 + 4 + 6 at its start, 6 of the web lost; in the two before that none of 16
    points = {point.end: (point.value, point.n) for point in result.trend}
    assert points == {
        "2023-10-31": (0.0, 16),
        "2024-10-31": (0.0, 16),
        "2025-10-31": (pytest.approx(6 / 20), 20),
        "2026-10-31": (pytest.approx(2 / 14), 14),
    }


def test_a_segment_that_is_large_enough_has_a_rate_of_its_own() -> None:
    rows = [
        *(customer("2024-01-01", segment="shop") for _ in range(8)),
        *(customer("2024-01-01", "2026-01-01", segment="shop") for _ in range(2)),
        *(customer("2024-01-01", segment="web") for _ in range(5)),
    ]
    found = {segment.name: (segment.value, segment.n) for segment in rate(rows).segments}
    assert found == {"shop": (pytest.approx(0.2), 10), "web": (0.0, 5)}


def test_a_snapshot_says_who_is_lost() -> None:
    rows = [{"customer": f"c{number}", "lost": "yes" if number < 3 else "no"} for number in range(10)]
    rows.append({"customer": "c0", "lost": "no"})  # another contract of somebody who is lost
    result = measured("churn-rate", {"customers": rows}, period=("2025-12-31", "2026-12-31"))
    assert (result.value, result.n, result.parts) == (pytest.approx(0.3), 10, {"start": 10, "lost": 3})
    assert result.period == ("2025-12-31", "2026-12-31")
    kept = measured("retention-rate", {"customers": rows})
    assert (kept.value, kept.period) == (pytest.approx(0.7), None)


days = st.dates(date(2023, 1, 1), date(2027, 12, 31))
customers = st.builds(
    lambda since, stays, name: customer(
        since.isoformat(), None if stays is None else (since + timedelta(stays)).isoformat(), name
    ),
    days,
    st.none() | st.integers(0, 1500),
    st.sampled_from("abcdefgh"),
)


@settings(max_examples=25)
@given(st.lists(customers, min_size=1, max_size=40))
def test_sql_counts_as_plain_python_does(rows: list[Row]) -> None:
    def there(day: str) -> set[str | None]:
        return {
            row["customer"]
            for row in rows
            if str(row["since"]) <= day and (row["until"] is None or row["until"] > day)
        }

    start, lost = there(START), there(START) - there(END)
    result = rate(rows)
    if not start:
        assert result.value is None
        return
    assert result.parts == {"start": len(start), "lost": len(lost)}


@given(st.integers(1, 10**6), st.floats(0, 1))
def test_the_rate_lies_in_its_interval_and_both_within_0_to_1(n: int, share: float) -> None:
    lost = round(n * share)
    churn = interval(n, lost)
    assert churn.value is not None
    assert churn.interval is not None
    low, high = churn.interval
    assert -1e-12 <= low <= churn.value + 1e-12
    assert churn.value - 1e-12 <= high <= 1 + 1e-12
    kept = retention_rate([{"start": n, "lost": lost}], Scope())
    assert (kept.value or 0) + churn.value == pytest.approx(1)


def test_a_customer_of_two_segments_counts_in_each_and_once_in_the_whole() -> None:
    rows = [
        {"customer": f"c{number}", "since": "2024-01-01", "until": None, "segment": segment}
        for number in range(6)
        for segment in ("mobile", "internet")
    ]
    found = rate(rows)
    assert found.n == 6
    assert [(each.name, each.n) for each in found.segments] == [("internet", 6), ("mobile", 6)]
