"""The pages that hold people's word against customer data: what they say, and what they must not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cxmaturity.api import (
    Confirmed,
    DimensionResult,
    Message,
    MetricResult,
    Point,
    SegmentResult,
    Series,
    TableQuality,
    TrendPoint,
)
from cxmaturity.report.context import MetricView, Report

LOYALTY = "retention.loyalty-and-value"
CHURN = MetricResult(
    id="churn-rate",
    dimension="retention",
    practice=LOYALTY,
    unit="fraction",
    higher_is_better=False,
    source="S0",
    value=0.25,
    n=1200,
    interval=(0.23, 0.28),
    parts={"start": 1200, "lost": 300},
    period=("2025-10-31", "2026-10-31"),
    quality=(
        TableQuality("customers", "DuckDB", 1210, 10, (("since", "empty", 10),), "2020-01-01", "2026-10-31"),
    ),
)
NPS = replace(
    CHURN,
    id="nps",
    dimension="feedback-loops",
    practice="feedback-loops.closing-the-loop",
    unit="points",
    higher_is_better=True,
    value=-4.0,
    interval=(-11.0, 4.0),
    parts={"promoters": 0.3, "passives": 0.36, "detractors": 0.34},
)


def shown(bench: Any, *metrics: MetricResult) -> Report:
    report: Report = bench.report(metrics=metrics)
    return report


def view(bench: Any, metric: MetricResult) -> MetricView:
    page = shown(bench, metric).customer_data
    (found,) = (*page.metrics, *page.single)
    return found


def test_a_figure_stands_with_all_that_it_rests_on(bench: Any) -> None:
    found = view(bench, CHURN)
    assert found.value == "25.0%"
    assert found.facts == (
        "95% interval 23.0% to 28.0%, from 1,200 records.",
        "Period: 1 November 2025 to 31 October 2026.",
        "There is no agreed norm, so it stands for no level and caps none.",
    )
    assert found.parts == (("Customers at the start", "1,200"), ("Customers lost", "300"))
    (quality,) = found.quality
    assert quality == (
        "1,210 rows of “customers”, computed by DuckDB. 10 could not be used, 99.2% could (since empty: 10)."
        " Dates from 1 January 2020 to 31 October 2026."
    )


@pytest.mark.parametrize(
    ("kept_to", "said"),
    [
        (
            "2026-10-31",
            "so the figure is of the period up to 31 October 2026.",
        ),
        (
            "2026-08-31",
            "No customer data is later than 31 August 2026, so what came after it may be missing.",
        ),
    ],
)
def test_data_that_ends_early_is_said_beside_the_figure(bench: Any, kept_to: str, said: str) -> None:
    found = view(bench, replace(CHURN, quality=(replace(CHURN.quality[0], kept_to=kept_to),)))
    assert found.quality[0].endswith(said)


def test_a_level_names_whose_bands_they_are(bench: Any) -> None:
    found = view(bench, replace(CHURN, band=1, basis="the board, 2026"))
    assert "Level 1 by these bands: the board, 2026." in found.facts


def test_without_an_interval_the_records_are_still_said(bench: Any) -> None:
    assert view(bench, replace(CHURN, interval=None)).facts[0] == "From 1,200 records."


def test_segments_are_a_table_and_hidden_ones_are_counted_without_a_name(bench: Any) -> None:
    segments = (
        SegmentResult("online", 0.36, 418, (0.32, 0.41)),
        SegmentResult("", suppressed=True),
        SegmentResult("", suppressed=True),
    )
    found = view(bench, replace(CHURN, segments=segments))
    (row,) = found.segments
    assert (row.name, row.value, row.interval, row.n) == ("online", "36.0%", "32.0% to 41.0%", "418")
    assert found.hidden.startswith("2 segments are not shown")


def test_a_trend_is_drawn_from_two_points_on(bench: Any) -> None:
    one = TrendPoint("2024-10-31", "2025-10-31", 0.3, 800, (0.27, 0.33))
    two = TrendPoint("2025-10-31", "2026-10-31", 0.25, 1200, (0.23, 0.28))
    gone = TrendPoint("2023-10-31", "2024-10-31", suppressed=True)
    assert view(bench, replace(CHURN, trend=(one,))).trend is None
    assert view(bench, replace(CHURN, trend=(gone, one))).trend is None
    found = view(bench, replace(CHURN, trend=(gone, one, two))).trend
    assert found is not None
    assert len([mark for mark in found.marks if mark.kind == "measured"]) == 2


def test_each_kind_of_series_has_its_chart(bench: Any) -> None:
    years = tuple(Point(str(number), 1 - number / 10, 100) for number in range(4))
    series = (
        Series("steps", "distribution", years),
        Series("types", "categories", (Point("delivery", 0.7, 70), Point("", None, suppressed=True))),
        Series("curve", "curve", years),
        Series("projection", "projection", (Point("4", 0.5),)),
        Series("2024", "cohort", years),
        Series("2025", "cohort", years[:2]),
    )
    found = view(bench, replace(CHURN, series=series)).series
    drawn = [(bool(s.columns), bool(s.categories), bool(s.curve), bool(s.cohorts)) for s in found]
    assert drawn == [
        (True, False, False, False),
        (False, True, False, False),
        (False, False, True, False),
        (False, False, False, True),
    ]


def test_every_metric_can_be_printed_whole(bench: Any) -> None:
    years = tuple(Point(str(number), 1 - number / 10, 100) for number in range(4))
    rich = replace(
        CHURN,
        trend=(
            TrendPoint("2024-10-31", "2025-10-31", 0.3, 800),
            TrendPoint("2025-10-31", "2026-10-31", 0.2, 9),
        ),
        series=(Series("curve", "curve", years), Series("2024", "cohort", years)),
        segments=(SegmentResult("<b>online</b>", 0.36, 418, (0.32, 0.41)),),
    )
    html = bench.html(metrics=(rich, NPS))
    assert "&lt;b&gt;online&lt;/b&gt;" in html
    assert "<b>online</b>" not in html


def test_the_title_is_the_figure_furthest_from_what_people_say(bench: Any) -> None:
    title = shown(bench, NPS, replace(CHURN, band=1, basis="b")).customer_data.title
    assert title == "Customer data shows: churn rate 25.0% and Net Promoter Score −4 points"
    more = shown(bench, NPS, CHURN, replace(CHURN, id="csat")).customer_data.title
    assert more.endswith(", and one more figure")


def test_what_was_not_measured_is_listed_by_reason(bench: Any) -> None:
    nothing = [
        replace(CHURN, id=name, value=None, reason=Message("reason.no-data", {"table": table}))
        for name, table in (("churn-rate", "customers"), ("nps", "nps"))
    ]
    other = replace(CHURN, id="csat", value=None, reason=Message("reason.no-records"))
    page = shown(bench, *nothing, other).customer_data
    assert page.title == "No figure could be computed from customer data"
    assert (page.metrics, page.single) == ((), ())
    assert [reason for reason, _ in page.missing] == [
        "The workspace does not name the table that it needs (in brackets)",
        "The period has no records",
    ]
    assert "(customers) and " in page.missing[0][1]


@pytest.mark.parametrize("unit", ["days", "hours", "money", "per-thousand", "number", "points", "fraction"])
def test_every_unit_has_its_words(unit: Any, bench: Any) -> None:
    found = view(bench, replace(CHURN, unit=unit, value=1.0, interval=(0.5, 1.5)))
    assert found.value
    assert found.value != "1 days"


def confirmed(dimension: DimensionResult) -> DimensionResult:
    seen = Confirmed(level=2, by="R. Reviewer", at="2026-09-01", what="Minutes.")
    practice = replace(dimension.practices[LOYALTY], evidenced=2.0, confirmed=seen)
    return replace(dimension, evidenced=2.0, practices={**dimension.practices, LOYALTY: practice})


def test_what_a_reviewer_saw_stands_beside_with_a_tick(bench: Any) -> None:
    dimensions = tuple(confirmed(d) if d.id == "retention" else d for d in bench.assessment.dimensions)
    page = bench.report(dimensions=dimensions).measures
    assert page.title == "A reviewer has seen proof of one practice; no customer data was given"
    (sentence,) = page.confirmed
    assert sentence.endswith("level 2, seen by R. Reviewer on 1 September 2026. Minutes.")
    assert page.dumbbell is not None
    kinds = [mark.kind for row in page.dumbbell.rows for mark in row.marks]
    assert kinds.count("evidenced") == 2, "the practice and its dimension"


def test_a_practice_that_nobody_answered_is_shown_with_its_evidence(bench: Any) -> None:
    silent = tuple(
        replace(
            d,
            score=None,
            practices={
                name: replace(p, score=None, level=None) for name, p in confirmed(d).practices.items()
            },
        )
        if d.id == "retention"
        else d
        for d in bench.assessment.dimensions
    )
    page = bench.report(dimensions=silent).measures
    assert page.dumbbell is not None
    assert any(mark.kind == "evidenced" for mark in page.dumbbell.rows[0].marks)


def test_with_neither_there_is_nothing_to_hold_against(bench: Any) -> None:
    page = bench.report(metrics=()).measures
    assert (page.dumbbell, page.confirmed, page.meaning) == (None, (), "")


def test_a_dimension_without_a_score_says_what_else_is_known_of_it(bench: Any) -> None:
    silent = tuple(
        replace(confirmed(d), score=None, level=None, metrics={"churn-rate": CHURN})
        if d.id == "retention"
        else d
        for d in bench.assessment.dimensions
    )
    section = next(each for each in bench.report(dimensions=silent).dimensions if each.id == "retention")
    assert "churn rate 25.0%" in section.note
    assert "at level 2" in section.note
