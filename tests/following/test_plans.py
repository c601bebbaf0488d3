"""What became of the earlier plan, and what it had predicted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cxmaturity.following.model import Comparison, InitiativeOutcome, Prediction

Compare = Callable[[Any, Any], Comparison]


@pytest.fixture
def outcome(make: Any, compare: Compare) -> Callable[..., InitiativeOutcome]:
    """What became of one initiative, which was planned for Q1 and Q2 of 2027, by a day."""

    def of(as_of: str, quarters: int = 2, start: str = "2027-01-01", **decisions: Any) -> InitiativeOutcome:
        asked = [make.question("d.p.a", 3.0, 0.1)]
        planned = [make.initiative("d.x", start=start, quarters=quarters)]
        before = make.one_practice(3.0, 0.1, asked, plan=make.plan(), recommendations=planned)
        after = make.one_practice(3.0, 0.1, asked, as_of=as_of, plan=make.plan(**decisions))
        (found,) = compare(before, after).initiatives
        return found

    return of


@pytest.mark.parametrize(
    ("as_of", "decisions", "expected"),
    [
        ("2027-09-30", {"done": {"d.x": "2027-05"}}, ("done", "2027-05", 0)),
        ("2027-09-30", {"done": {"d.x": "2027-06"}}, ("done", "2027-06", 0)),  # it ends with June
        ("2027-09-30", {"done": {"d.x": "2027-08"}}, ("done", "2027-08", 2)),
        ("2027-09-30", {"done": {"d.x": None}}, ("done", None, None)),
        ("2027-06-30", {"under_way": {"d.x": "2027-04"}}, ("under-way", "2027-04", 0)),
        ("2027-09-30", {"under_way": {"d.x": "2027-04"}}, ("under-way", "2027-04", 3)),
        ("2027-03-31", {}, ("not-begun", None, 0)),  # it may begin on any day of Q1
        ("2027-05-01", {}, ("not-begun", None, 2)),
        ("2026-12-01", {}, ("not-begun", None, 0)),
    ],
)
def test_what_became_of_an_initiative(
    as_of: str, decisions: Any, expected: Any, outcome: Callable[..., InitiativeOutcome]
) -> None:
    found = outcome(as_of, **decisions)
    assert (found.status, found.month, found.late) == expected
    assert (found.planned_start, found.planned_end) == ("2027-01-01", "2027-06-30")


@pytest.mark.parametrize(
    ("begun", "quarters", "end", "late"),
    [
        ("2027-02-01", 1, "2027-03-31", 2),  # it takes the plan's first quarter, not three months of its own
        ("2026-11-01", 2, "2027-03-31", 2),  # from the last quarter of 2026 on
        ("2026-01-01", 1, "2027-03-31", 2),  # late, it still takes the first quarter
        ("2027-02-01", 2, "2027-06-30", 0),
    ],
)
def test_what_is_under_way_ends_with_a_quarter_of_the_plan(
    begun: str, quarters: int, end: str, late: int, outcome: Callable[..., InitiativeOutcome]
) -> None:
    found = outcome("2027-06-15", quarters, begun, done={"d.x": "2027-05"})
    assert (found.planned_start, found.planned_end, found.late) == (begun, end, late)


def test_without_a_plan_in_the_later_result_nobody_knows_what_was_done(make: Any, compare: Compare) -> None:
    asked = [make.question("d.p.a", 3.0, 0.1)]
    before = make.one_practice(3.0, 0.1, asked, plan=make.plan(), recommendations=[make.initiative("d.x")])
    found = compare(before, make.one_practice(3.0, 0.1, asked, as_of="2027-05-01"))
    assert [(each.status, each.late) for each in found.initiatives] == [("unknown", None)]
    assert found.predicted is not None
    assert (found.predicted.known, found.predicted.missing) == (False, ())


def test_an_initiative_without_quarters_is_never_late(make: Any, compare: Compare) -> None:
    asked = [make.question("d.p.a", 3.0, 0.1)]
    before = make.one_practice(3.0, 0.1, asked, recommendations=[make.initiative("d.x", start=None)])
    after = make.one_practice(3.0, 0.1, asked, as_of="2030-01-01", plan=make.plan())
    (found,) = compare(before, after).initiatives
    assert (found.status, found.planned_start, found.planned_end, found.late) == (
        "not-begun",
        None,
        None,
        None,
    )


def test_the_end_follows_from_the_start_where_there_are_no_quarters(make: Any, compare: Compare) -> None:
    asked = [make.question("d.p.a", 3.0, 0.1)]
    planned = make.initiative("d.x", start="2027-11-01", quarters=2)
    before = make.one_practice(3.0, 0.1, asked, recommendations=[planned])
    (found,) = compare(before, make.one_practice(3.0, 0.1, asked, plan=make.plan())).initiatives
    assert found.planned_end == "2028-04-30"  # six months from November


def test_what_else_was_done_is_named(make: Any, compare: Compare) -> None:
    asked = [make.question("d.p.a", 3.0, 0.1)]
    before = make.one_practice(
        3.0, 0.1, asked, plan=make.plan(done={"d.old": "2026-05"}), recommendations=[make.initiative("d.x")]
    )
    decisions = make.plan(done={"d.old": "2026-05", "d.y": "2027-02"}, under_way={"d.z": "2027-03"})
    after = make.one_practice(
        3.0, 0.1, asked, as_of="2027-05-01", plan=decisions, recommendations=[make.initiative("d.z")]
    )
    found = compare(before, after)
    assert [(each.id, each.title, each.status) for each in found.others] == [
        ("d.y", "d.y", "done"),
        ("d.z", "D.Z", "under-way"),
    ]


# ------------------------------------------------------------------------------------------------ KPIs


@pytest.mark.parametrize(
    ("before", "after", "rising", "expected"),
    [
        (10.0, 22.0, True, ("better", True)),
        (10.0, 22.0, False, ("worse", True)),
        (10.0, 9.0, True, ("worse", False)),
        (10.0, 10.0, True, ("same", False)),
        (10.0, 22.0, None, (None, True)),
    ],
)
def test_a_kpi_that_is_a_metric_moves_by_its_own_direction(
    *, before: float, after: float, rising: Any, expected: Any, make: Any, compare: Compare
) -> None:
    asked = [make.question("d.p.a", 3.0, 0.1)]
    kpi = {"name": "NPS", "target": "20", "metric": "nps"}
    first = make.one_practice(
        3.0,
        0.1,
        asked,
        recommendations=[make.initiative("d.x", kpi=kpi)],
        metrics=[make.metric("nps", before, 3.0)],
    )
    figure = make.metric("nps", after, 4.0, higher_is_better=rising)
    (found,) = compare(first, make.one_practice(3.0, 0.1, asked, metrics=[figure])).initiatives
    assert found.kpi is not None
    change = found.kpi.change
    assert change is not None
    assert change.difference is not None
    # ± √(3² + 4²) = ± 5
    assert change.difference.interval == pytest.approx((after - before - 5, after - before + 5))
    assert (change.direction, change.difference.clear) == expected


def test_a_figure_that_was_not_measured_says_why(make: Any, compare: Compare) -> None:
    asked = [make.question("d.p.a", 3.0, 0.1)]
    results = [
        make.one_practice(3.0, 0.1, asked, metrics=metrics)
        for metrics in (
            [make.metric("nps", None, reason="no table"), make.metric("csat", None)],
            [make.metric("nps", 5.0), make.metric("csat", None)],
        )
    ]
    compared = compare(*results)
    (there,) = compared.metrics  # what was measured in neither is not in it
    assert [(each.kind, each.id, each.reason) for each in compared.not_comparable] == [
        ("metric", "nps", there.reason)
    ]
    assert there.reason is not None
    assert (there.reason.key, there.reason.values) == (
        "changes.reason.not-measured-before",
        {"reason": "no table"},
    )
    (back,) = compare(*reversed(results)).metrics
    assert back.reason is not None
    assert back.reason.key == "changes.reason.not-measured-after"


def test_another_unit_is_another_figure(make: Any, compare: Compare) -> None:
    asked = [make.question("d.p.a", 3.0, 0.1)]
    first, second = (
        make.one_practice(3.0, 0.1, asked, metrics=[make.metric("wait", 5.0, unit=unit)])
        for unit in ("days", "hours")
    )
    (found,) = compare(first, second).metrics
    assert found.difference is None


@pytest.mark.parametrize(("start", "overlap"), [("2026-06-30", True), ("2026-12-31", False)])
def test_periods_with_days_in_common_are_said(
    *, start: str, overlap: bool, make: Any, compare: Compare
) -> None:
    asked = [make.question("d.p.a", 3.0, 0.1)]
    first, second = (
        make.one_practice(3.0, 0.1, asked, metrics=[make.metric("nps", 5.0, 1.0, period=period)])
        for period in (["2025-12-31", "2026-12-31"], [start, f"2027{start[4:]}"])
    )
    found = compare(first, second)
    assert found.metrics[0].overlap is overlap
    assert ("changes.note.overlap" in [note.key for note in found.notes]) is overlap


def test_a_figure_without_an_interval_has_none_that_an_overlap_makes_narrower(
    make: Any, compare: Compare
) -> None:
    asked = [make.question("d.p.a", 3.0, 0.1)]
    period = ["2025-12-31", "2026-12-31"]
    one = make.one_practice(3.0, 0.1, asked, metrics=[make.metric("wait", 5.0, period=period)])
    found = compare(one, one)
    assert found.metrics[0].overlap is True
    assert "changes.note.overlap" not in [note.key for note in found.notes]


@pytest.mark.parametrize(
    ("before", "after", "days"),
    [
        (["2026-09-30", "2026-10-31"], ["2026-10-31", "2027-10-31"], (31, 365)),
        (["2026-01-31", "2026-04-30"], ["2026-04-30", "2026-06-30"], (89, 61)),  # 3 months and 2
        (["2026-10-01", "2026-10-08"], ["2026-11-01", "2026-11-15"], (7, 14)),
        (["2026-01-31", "2026-02-28"], ["2026-02-28", "2026-03-31"], None),  # 28 and 31 days: a month each
        (["2026-01-31", "2026-04-30"], ["2026-06-30", "2026-09-30"], None),  # 89 and 92 days: 3 months each
        (["2026-12-31", "2027-12-31"], ["2027-12-31", "2028-12-31"], None),  # a year each
        (["2026-09-30", "2026-10-31"], None, None),  # of what is not known nothing is said
    ],
)
def test_periods_of_another_length_are_not_compared(
    before: Any, after: Any, days: tuple[int, int] | None, make: Any, compare: Compare
) -> None:
    asked = [make.question("d.p.a", 3.0, 0.1)]
    results = [
        make.one_practice(3.0, 0.1, asked, metrics=[make.metric("churn", value, 0.5, period=period)])
        for value, period in ((2.0, before), (20.0, after))
    ]
    found = compare(*results)
    (churn,) = found.metrics
    assert (churn.difference is None) == (churn.direction is None) == (days is not None)
    assert [(each.kind, each.id, each.reason.values) for each in found.not_comparable] == (
        [("metric", "churn", {"before": days[0], "after": days[1]})] if days else []
    )


@pytest.mark.parametrize("name", ["margin_share", "discount_share", "horizon_months", "lowest", "highest"])
def test_another_assumption_makes_another_figure(name: str, make: Any, compare: Compare) -> None:
    asked = [make.question("d.p.a", 3.0, 0.1)]
    first, same, other, silent = (
        make.one_practice(3.0, 0.1, asked, metrics=[make.metric("value", 5.0, 1.0, parts=parts)])
        for parts in ({name: 0.3, "n": 4}, {name: 0.3, "n": 9}, {name: 0.5, "n": 4}, {"n": 4})
    )
    (changed,) = compare(first, other).metrics
    assert (changed.difference, changed.direction) == (None, None)
    assert changed.reason is not None
    assert changed.reason.key == f"changes.reason.other-assumption.{name}"
    assert changed.reason.values == {"before": 0.3, "after": 0.5}
    for alike in (same, silent):
        assert compare(first, alike).metrics[0].difference is not None


# ----------------------------------------------------------------------------------------- predictions


@pytest.fixture
def predicted(make: Any, compare: Compare) -> Callable[..., Prediction]:
    """What was predicted for a day on which the whole was found at a score ± 0.2."""

    def of(as_of: str, score: float = 3.3, half: float | None = 0.2, **decisions: Any) -> Prediction:
        planned = [make.initiative("d.x"), make.initiative("d.y", start="2027-04-01", quarters=2)]
        asked = [make.question("d.p.a", 3.0, 0.2)]
        before = make.one_practice(3.0, 0.2, asked, plan=make.plan(), recommendations=planned)
        asked = [make.question("d.p.a", score, half)]
        after = make.one_practice(score, half, asked, as_of=as_of, plan=make.plan(**decisions))
        found = compare(before, after).predicted
        assert found is not None
        return found

    return of


@pytest.mark.parametrize(
    ("as_of", "when", "expected"),
    [
        ("2026-12-31", "before", 3.0),
        ("2027-01-01", "within", 3.0),
        ("2027-04-01", "within", 3.2),
        ("2027-12-31", "within", 3.6),
        ("2028-01-01", "after", 3.8),
    ],
)
def test_the_quarter_that_holds_the_day_counts(
    as_of: str, when: str, expected: float, predicted: Callable[..., Prediction]
) -> None:
    found = predicted(as_of)
    assert found.when == when
    assert [(row.id, row.expected) for row in found.scores] == [("overall", expected), ("d", expected)]
    low = None if when == "before" else pytest.approx(expected - 0.1)
    assert [row.low for row in found.scores] == [low, low]


@pytest.mark.parametrize(
    ("score", "gap", "within", "beyond"),
    [
        (3.5, 0.1, 0.1, 0.0),  # 3.4 lies in 3.3 to 3.7
        (3.8, 0.4, 0.2, 0.2),
        (2.9, -0.5, -0.2, -0.3),
        (3.4, 0.0, 0.0, 0.0),
    ],
)
def test_a_gap_is_split_at_the_interval_of_what_was_found(
    score: float, gap: float, within: float, beyond: float, predicted: Callable[..., Prediction]
) -> None:
    row = predicted("2027-08-15", score).scores[0]
    assert row.found is not None
    assert row.found.value == score
    assert (row.gap, row.within, row.beyond) == pytest.approx((gap, within, beyond))


def test_without_an_interval_no_part_of_a_gap_is_chance(predicted: Callable[..., Prediction]) -> None:
    row = predicted("2027-08-15", 3.8, None).scores[0]
    assert (row.gap, row.within, row.beyond) == (pytest.approx(0.4), None, None)


def test_another_course_than_planned_is_named(predicted: Callable[..., Prediction]) -> None:
    # for Q4 both count as complete: d.x in Q1, d.y in Q2 and Q3
    found = predicted("2027-11-01", done={"d.x": "2027-03"}, under_way={"d.y": "2027-06"})
    assert (found.missing, found.ahead) == (("D.Y",), ())
    # for Q2 only d.x does
    found = predicted("2027-05-01", done={"d.y": "2027-03", "d.z": "2027-02"})
    assert (found.missing, found.ahead) == (("D.X",), ("D.Y", "d.z"))
    found = predicted("2028-05-01", done={"d.x": "2027-03", "d.y": "2027-12"})
    assert (found.missing, found.ahead) == ((), ())


def test_a_prediction_counts_on_what_was_under_way_from_the_quarter_after_its_end(
    make: Any, compare: Compare
) -> None:
    asked = [make.question("d.p.a", 3.0, 0.2)]
    begun = make.initiative("d.x", start="2027-02-01")  # it takes the first quarter: the second counts on it
    before = make.one_practice(3.0, 0.2, asked, plan=make.plan(), recommendations=[begun])
    done, begun_still = (
        make.one_practice(3.0, 0.2, asked, as_of="2027-06-15", plan=make.plan(**decisions))
        for decisions in ({"done": {"d.x": "2027-03"}}, {"under_way": {"d.x": "2027-02"}})
    )
    for after, missing in ((done, ()), (begun_still, ("D.X",))):
        found = compare(before, after).predicted
        assert found is not None
        assert (found.missing, found.ahead) == (missing, ())


def test_other_questions_cannot_keep_a_prediction(make: Any, compare: Compare) -> None:
    before = make.one_practice(3.0, 0.2, [make.question("d.p.a", 3.0, 0.2)], plan=make.plan())
    asked = [make.question("d.p.a", 3.0, 0.2), make.question("d.p.b", 4.0, 0.2)]
    found = compare(before, make.one_practice(3.5, 0.2, asked, as_of="2027-05-01")).predicted
    assert found is not None
    row = found.scores[0]
    assert (row.expected, row.gap) == (3.2, None)
    assert row.reason is not None
    assert row.reason.key == "changes.reason.other-questions"


@pytest.mark.parametrize(
    ("plan", "as_of", "reason"),
    [
        (None, "2027-05-01", "no-plan"),
        ({"periods": []}, "2027-05-01", "no-quarters"),
        ("whole", None, "no-day"),
        ("endless", "2029-05-01", "no-end"),
    ],
)
def test_why_nothing_was_predicted(
    plan: Any, as_of: str | None, reason: str, make: Any, compare: Compare
) -> None:
    if isinstance(plan, str):
        whole = make.plan()
        plan = {key: value for key, value in whole.items() if plan == "whole" or key != "finally"}
    asked = [make.question("d.p.a", 3.0, 0.2)]
    before = make.one_practice(3.0, 0.2, asked, **({"plan": plan} if plan else {}))
    found = compare(before, make.one_practice(3.0, 0.2, asked, as_of=as_of))
    assert found.predicted is None
    assert found.predicted_reason is not None
    assert found.predicted_reason.key == f"changes.predicted.none.{reason}"
