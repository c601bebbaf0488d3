"""Journey-completion time and the steps that journeys reach, worked by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxmaturity.api import MetricResult
from cxmaturity.testing import measured

END = "2026-10-31"
DELIVERED = {"last_step": "delivered"}

Row = dict[str, str]


def journey(name: str, start: str, *steps: tuple[str, float], **more: str) -> list[Row]:
    """Its events, each so many hours after the start."""
    begun = datetime.fromisoformat(start)
    return [
        {"journey": name, "step": step, "at": str(begun + timedelta(hours=hours)), **more}
        for step, hours in steps
    ]


def timed(rows: Sequence[Row], options: Mapping[str, str] | None = None) -> MetricResult:
    return measured("journey-completion-time", {"journeys": rows}, as_of=END, options=options)


ORDER = ("ordered", 0.0)
FIVE = [
    *journey("a", "2026-01-01 08:00", ORDER, ("paid", 0.5), ("delivered", 10)),
    *journey("b", "2026-02-01 08:00", ORDER, ("paid", 1), ("delivered", 30), ("returned", 100)),
    *journey("c", "2026-03-01 08:00", ORDER, ("paid", 2), ("delivered", 20)),
    *journey("d", "2026-04-01 08:00", ORDER, ("paid", 40)),
    *journey("e", "2026-05-01 08:00", ORDER),
]


def test_from_the_first_event_to_the_last() -> None:
    found = timed(FIVE)
    # 0, 10, 20, 40 and 100 hours; the 90th percentile lies 0.6 of the way from 40 to 100
    assert (found.value, found.n, found.interval) == (20.0, 5, None)
    assert found.parts == {"journeys": 5, "ninetieth": pytest.approx(76.0)}


def test_with_a_last_step_only_those_count_that_reached_it() -> None:
    found = timed(FIVE, DELIVERED)
    # a, b and c after 10, 30 and 20 hours; 0.8 of the way from 20 to 30
    assert (found.value, found.n) == (20.0, 3)
    assert found.parts == {
        "journeys": 5,
        "completed_share": pytest.approx(0.6),
        "ninetieth": pytest.approx(28.0),
    }


def test_steps_by_how_many_journeys_reached_them() -> None:
    rows = [row for n in range(10) for row in journey(f"a{n}", "2026-01-01", ORDER, ("paid", 1))]
    rows += [row for n in range(5) for row in journey(f"b{n}", "2026-01-01", ORDER, ORDER, ("paid", 1))]
    rows += [row for n in range(5) for row in journey(f"c{n}", "2026-01-01", ORDER, ("called", 2))]
    (steps,) = timed(rows).series
    assert (steps.id, steps.kind) == ("steps", "categories")
    assert [(point.label, point.value, point.n) for point in steps.points] == [
        ("ordered", 1.0, 20),
        ("paid", 0.75, 15),
        ("called", 0.25, 5),
    ]


def test_a_step_that_few_reached_is_not_named() -> None:
    rows = [row for n in range(20) for row in journey(f"a{n}", "2026-01-01", ORDER)]
    rows += [row for n in range(9) for row in journey(f"b{n}", "2026-01-01", ORDER, ("paid", 1))]
    rows += journey("c", "2026-01-01", ORDER, ("asked Ms Popa", 2))
    points = timed(rows).series[0].points
    assert "asked Ms Popa" not in [point.label for point in points]


@pytest.mark.parametrize(
    ("start", "counts"),
    [
        ("2025-10-31 23:59:59", False),  # begun the day before the first
        ("2025-11-01 00:00:00", True),
        ("2026-10-31 22:00:00", True),
        ("2026-11-01 00:00:00", False),
    ],
)
def test_a_journey_belongs_to_the_period_that_it_begins_in(start: str, counts: bool) -> None:  # noqa: FBT001 - a table's column
    anchor = journey("anchor", "2026-01-01 00:00", ORDER, ("paid", 1))
    found = timed([*anchor, *journey("other", start, ORDER, ("paid", 1))])
    assert found.parts["journeys"] == 1 + counts


def test_what_comes_after_the_period_is_not_known_yet() -> None:
    found = timed(journey("a", "2026-10-31 20:00", ORDER, ("paid", 1), ("delivered", 5)))
    assert found.value == 1.0
    assert [point.label for point in found.series[0].points if point.label] == []  # one journey alone
    open_still = timed(journey("a", "2026-10-31 20:00", ORDER, ("delivered", 5)), DELIVERED)
    assert open_still.value is None
    assert open_still.reason is not None
    assert open_still.reason.key == "retention.none-completed"
    assert open_still.parts == {"journeys": 1, "completed_share": 0}


@pytest.mark.parametrize("rows", [[], journey("a", "2030-01-01 00:00", ORDER)])
def test_without_a_journey_there_is_no_time(rows: list[Row]) -> None:
    found = timed(rows)
    assert (found.value, found.n, found.series) == (None, 0, ())
    assert found.reason is not None
    assert found.reason.key == "retention.no-journeys"


def test_segments_and_quarters_have_medians_of_their_own() -> None:
    rows = [
        row
        for n in range(5)
        for row in journey(f"a{n}", f"2026-01-3{n % 2}", ORDER, ("paid", n), segment="shop")
    ]
    # begun in the first quarter of the period and ended in its third
    rows += [
        row
        for n in range(5)
        for row in journey(f"b{n}", "2025-12-01", ORDER, ("paid", 4800 + n), segment="web")
    ]
    rows += [row for n in range(5) for row in journey(f"c{n}", "2026-08-01", ORDER, segment="web")]
    found = timed(rows)
    assert {s.name: (s.value, s.n) for s in found.segments} == {"shop": (2.0, 5), "web": (2400.0, 10)}
    # the quarters end on the last days of January, April, July and October
    assert [(point.end, point.value, point.n) for point in found.trend] == [
        ("2026-01-31", pytest.approx(2402.0), 10),
        ("2026-10-31", 0.0, 5),
    ]


@settings(max_examples=20)
@given(st.lists(st.integers(0, 500), min_size=1, max_size=30))
def test_the_median_is_one_and_no_journey_is_lost(hours: list[int]) -> None:
    rows = [
        row for n, each in enumerate(hours) for row in journey(f"j{n}", "2026-01-01", ORDER, ("paid", each))
    ]
    found = timed(rows)
    ordered = sorted(hours)
    middle = (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
    assert (found.value, found.n) == (pytest.approx(middle), len(hours))
    assert found.parts["ninetieth"] >= middle
