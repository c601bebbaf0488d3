"""How long complaints take, worked by hand."""

from __future__ import annotations

import pytest

from cxmaturity.api import MetricResult
from cxmaturity.testing import measured

Row = dict[str, object]


def complaint(opened: str, closed: str | None, **more: str | None) -> Row:
    return {"opened": opened, "closed": closed, **more}


def time(*rows: Row) -> MetricResult:
    return measured("complaint-resolution-time", {"complaints": rows}, as_of="2026-10-31")


def test_the_median_of_the_days_from_opened_to_closed() -> None:
    found = time(
        complaint("2026-03-01 12:00", "2026-03-02 00:00"),  # half a day
        complaint("2026-03-01 00:00", "2026-03-03 00:00"),  # two
        complaint("2026-03-01", "2026-03-04"),  # three, where only days are known
        complaint("2026-03-01 08:00", "2026-03-11 08:00"),  # ten
        complaint("2026-03-01 08:00", None),  # open
        complaint("2026-10-31 08:00", "2026-11-01 00:00"),  # open when the period is over
        complaint("2025-10-31 23:59", "2025-11-20 08:00"),  # opened before it
    )
    # 0.5, 2, 3, 10: median 2.5; 90 % of the way is 2.7 steps of 3: 3 + 0.7 × 7
    assert (found.value, found.n, found.interval) == (2.5, 4, None)
    assert found.parts == {"ninetieth": pytest.approx(7.9), "open": 2, "open_share": pytest.approx(1 / 3)}


@pytest.mark.parametrize(
    ("opened", "closed", "n", "still"),
    [
        ("2025-10-31 23:59", "2026-01-01", 0, 0),
        ("2025-11-01 00:00", "2026-01-01", 1, 0),
        ("2026-10-31 00:00", "2026-10-31 23:59", 1, 0),
        ("2026-10-31 00:00", "2026-11-01 00:00", 0, 1),
        ("2026-11-01 00:00", None, 0, 0),
    ],
)
def test_the_edges_of_the_period(opened: str, closed: str, n: int, still: int) -> None:
    found = time(complaint(opened, closed))
    assert (found.n, found.parts.get("open", 0)) == (n, still)


def test_what_was_closed_before_it_was_opened_is_said_and_left_out() -> None:
    found = time(complaint("2026-03-02", "2026-03-01"), complaint("2026-03-02", "2026-03-06"))
    assert (found.value, found.n) == (4.0, 1)
    assert found.parts == {"ninetieth": 4.0, "open": 0, "open_share": 0.0, "reversed": 1}


def test_while_all_are_open_there_is_no_time() -> None:
    found = time(complaint("2026-03-02", None))
    assert found.reason is not None
    assert (found.value, found.n, found.reason.key) == (None, 0, "feedback-loops.none-ended")
    assert found.parts == {"open": 1, "open_share": 1.0}


@pytest.mark.parametrize("rows", [[], [complaint("2030-03-02", "2030-03-03")]])
def test_without_complaints_there_is_no_time(rows: list[Row]) -> None:
    found = time(*rows)
    assert found.reason is not None
    assert (found.value, found.n, found.reason.key) == (None, 0, "reason.no-records")
    assert (found.parts, found.series) == ({}, ())


def test_each_type_has_a_median_of_its_own() -> None:
    rows = [complaint("2026-03-01", "2026-03-02", type="bill")] * 6
    rows += [complaint("2026-03-01", f"2026-03-{day:02}", type="late") for day in (2, 4, 6, 8, 10)]
    rows += [complaint("2026-03-01", None, type="late"), complaint("2026-03-01", "2026-03-31", type=None)]
    (series,) = time(*rows).series
    assert (series.id, series.kind) == ("types", "categories")
    assert [(point.label, point.value, point.n) for point in series.points] == [
        ("bill", 1.0, 6),
        ("late", 5.0, 5),
    ]


def test_segments_and_quarters() -> None:
    rows = [complaint("2026-01-31", "2026-02-01", segment="homes")] * 5
    rows += [complaint("2026-02-01", "2026-02-11", segment="firms")] * 7
    found = time(*rows)
    assert found.value == 10.0
    assert {each.name: (each.value, each.n) for each in found.segments} == {
        "homes": (1.0, 5),
        "firms": (10.0, 7),
    }
    assert {each.end: each.value for each in found.trend} == {"2026-01-31": 1.0, "2026-04-30": 10.0}
