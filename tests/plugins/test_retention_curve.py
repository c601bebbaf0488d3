"""Retention after one year and the curve beyond it, worked by hand."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count, pairwise

import pytest
from cxmaturity_retention.survival import Tenure, curve, survivors
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.api import MetricResult, Series
from cxmaturity.testing import measured

END = "2026-10-31"
NAMES = (f"c{number}" for number in count())

Row = dict[str, str | None]


def customer(since: str, until: str | None = None, name: str | None = None, **more: str) -> Row:
    return {"customer": name or next(NAMES), "since": since, "until": until, **more}


def retention(rows: Sequence[Row], as_of: str = END) -> MetricResult:
    # who joins after the period counts nowhere, and shows that the table was kept up to its end
    return measured(
        "retention-curve", {"customers": [*rows, customer("2100-01-01")] if rows else []}, as_of=as_of
    )


def series(result: MetricResult, name: str) -> Series:
    return next(each for each in result.series if each.id == name)


def test_who_is_there_a_year_after_joining_over_who_joined_a_year_ago() -> None:
    rows = [
        *(customer("2024-03-01") for _ in range(6)),
        *(customer("2024-03-01", "2025-02-28") for _ in range(2)),  # left within the year
        *(customer("2024-03-01", "2026-01-01") for _ in range(2)),  # left in the second
        *(customer("2026-01-01", "2026-02-01") for _ in range(5)),  # their year is not over: not counted
    ]
    found = retention(rows)
    assert found.value == pytest.approx(8 / 10)
    assert (found.n, found.parts) == (10, {"joined": 10, "stayed": 8})
    # Wilson, 8 of 10: 1 less the interval of 2 of 10, (0.0567, 0.5098)
    assert found.interval == pytest.approx((0.4902, 0.9433), abs=5e-5)


@pytest.mark.parametrize(
    ("since", "until", "joined", "stayed"),
    [
        ("2025-10-31", None, 1, 1),  # a year ago today
        ("2025-11-01", None, 0, 0),  # tomorrow it will be a year
        ("2025-10-01", "2026-09-30", 1, 0),
        ("2025-10-01", "2026-10-01", 1, 0),  # gone on the very day
        ("2025-10-01", "2026-10-02", 1, 1),
        ("2025-10-01", "2026-10-31", 1, 1),  # gone since, but there a year after joining
        ("2025-10-01", "2026-12-31", 1, 1),  # leaves later
        ("2024-02-29", "2025-02-28", 1, 0),  # a 29 February has its anniversary on a 28th
        ("2024-02-29", "2025-03-01", 1, 1),
        ("2025-10-01", "2025-09-01", 1, 0),  # left before joining, as a table may say
        ("2017-01-01", None, 1, 1),  # the oldest of ten calendar years
        ("2016-12-31", None, 0, 0),
    ],
)
def test_the_edges_of_the_year(since: str, until: str | None, joined: int, stayed: int) -> None:
    anchor = customer("2024-01-01")
    assert retention([anchor, customer(since, until)]).parts == {"joined": 1 + joined, "stayed": 1 + stayed}


def test_who_came_back_counts_once_and_as_never_gone() -> None:
    rows = [customer("2023-01-01", "2023-06-01", "ana"), customer("2024-06-01", None, "ana")]
    assert retention(rows).parts == {"joined": 1, "stayed": 1}
    rows[1]["until"] = "2024-07-01"
    assert retention(rows).parts == {"joined": 1, "stayed": 1}


@pytest.mark.parametrize("rows", [[], [customer("2026-01-01")], [customer("2027-01-01")]])
def test_without_a_year_there_is_no_retention(rows: list[Row]) -> None:
    found = retention(rows)
    assert (found.value, found.n, found.series) == (None, 0, ())
    assert found.reason is not None
    assert found.reason.key == "retention.nobody-a-year"


def test_nobody_counts_in_a_year_that_is_not_over_for_them() -> None:
    # ten of three years' standing: 2, 1 and 1 left in their first, second and third year; ten of one year's,
    # of whom 4 left in the first and 1 in the second, which is not over
    tenures = [Tenure(3, 0, 2), Tenure(3, 1, 1), Tenure(3, 2, 1), Tenure(3, 3, 6)]
    tenures += [Tenure(1, 0, 4), Tenure(1, 1, 6)]
    found = curve(tenures)
    assert [(age.years, age.known, age.stayed) for age in found] == [
        (0, 20, 20),
        (1, 20, 14),
        (2, 10, 7),
        (3, 10, 6),
    ]
    # 14 ÷ 20; × 7 ÷ 8, as of the eight of long standing who were left one went; × 6 ÷ 7
    assert [age.share for age in found] == pytest.approx([1, 0.7, 0.6125, 0.525])
    assert survivors(tenures) == [[10, 6], [10, 8, 7, 6]]


def test_the_curve_ends_where_nobody_is_left_to_be_seen() -> None:
    # all of long standing left at once; what became of the others in a second year is not known
    found = curve([Tenure(3, 0, 5), Tenure(1, 1, 5)])
    assert [age.share for age in found] == pytest.approx([1, 0.5])
    assert [age.share for age in curve([Tenure(2, 0, 5)])] == [1, 0, 0]


def test_cohorts_by_year_of_joining() -> None:
    rows = [
        *(customer("2023-06-01") for _ in range(6)),
        *(customer("2023-06-01", "2025-01-01") for _ in range(4)),
        *(customer("2025-06-01", "2026-01-01") for _ in range(5)),
        *(customer("2026-01-01") for _ in range(3)),  # nothing to tell of them yet
    ]
    found = retention(rows)
    assert [(each.id, each.kind) for each in found.series] == [("2023", "cohort"), ("2025", "cohort")]
    shown = [[(point.label, point.value, point.n) for point in each.points] for each in found.series]
    assert shown == [
        [("0", 1.0, 10), ("1", 1.0, 10), ("2", pytest.approx(0.6), 10), ("3", pytest.approx(0.6), 10)],
        [("0", 1.0, 5), ("1", 0.0, 5)],
    ]


# customers of the Regular segment still there after 0 to 7 years, of 1,000: Fader & Hardie 2007, table 1
REGULAR = [1000, 631, 468, 382, 326, 289, 262, 241]


def test_the_projection_is_that_of_the_published_model() -> None:
    left = [before - after for before, after in pairwise(REGULAR)]
    rows = [
        customer("2019-10-01", f"{2020 + year}-06-01")
        for year, number in enumerate(left)
        for _ in range(number)
    ]
    rows += [customer("2019-10-01") for _ in range(REGULAR[-1])]
    found = retention(rows)
    assert found.value == pytest.approx(0.631)
    observed, projected = series(found, "observed"), series(found, "projected")
    assert (observed.kind, projected.kind) == ("curve", "projection")
    assert [point.value for point in observed.points] == pytest.approx([n / 1000 for n in REGULAR])
    # alpha .704, beta 1.182: of those there after t − 1 years (beta + t − 1) ÷ (alpha + beta + t − 1) stay
    # for the t-th: 8.182 ÷ 8.886, 9.182 ÷ 9.886 and 10.182 ÷ 10.886 from the 24.1 % of the seventh year on
    assert [point.label for point in projected.points] == ["7", "8", "9", "10"]
    assert [point.value for point in projected.points] == pytest.approx(
        [0.241, 0.2219, 0.2061, 0.1928], abs=2e-4
    )


def test_few_customers_have_no_curve_and_no_projection() -> None:
    rows = [customer("2020-01-01", f"{2021 + number % 5}-06-01") for number in range(29)]
    assert {each.kind for each in retention(rows).series} == {"cohort"}


def test_segments_have_a_retention_of_their_own() -> None:
    rows = [customer("2024-01-01", segment="shop") for _ in range(6)]
    rows += [customer("2024-01-01", "2024-06-01", segment="web") for _ in range(5)]
    found = {segment.name: (segment.value, segment.n) for segment in retention(rows).segments}
    assert found == {"shop": (1.0, 6), "web": (0.0, 5)}


tenures = st.builds(
    lambda observed, share, customers: Tenure(observed, round(observed * share), customers),
    st.integers(0, 9),
    st.floats(0, 1),
    st.integers(1, 50),
)


@given(st.lists(tenures, min_size=1, max_size=30))
def test_the_curve_falls_from_all_and_never_below_nobody(found: list[Tenure]) -> None:
    shares = [age.share for age in curve(found)]
    assert shares[0] == 1
    assert all(0 <= after <= before for before, after in pairwise(shares))
    # where all have been seen for as long, it is the plain share
    (cohort,) = survivors([Tenure(9, tenure.stayed, tenure.customers) for tenure in found])
    plain = curve([Tenure(9, tenure.stayed, tenure.customers) for tenure in found])
    assert [age.share for age in plain] == pytest.approx([each / cohort[0] for each in cohort])
