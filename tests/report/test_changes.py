"""The report on a comparison: escaped, self-contained, the same bytes, and honest about what is not known."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.following.building import compare_results
from cxmaturity.following.differences import Difference, Estimate
from cxmaturity.following.model import PredictedScore
from cxmaturity.following.reading import as_result
from cxmaturity.report.change_words import ChangeWording
from cxmaturity.report.changes import ChangesReport, build_changes
from cxmaturity.report.html import render_changes
from cxmaturity.report.pdf import pdf_bytes
from cxmaturity.report.theme import Theme
from cxmaturity.texts import load_texts

TEXTS = load_texts("en")
HOSTILE = '<script>alert("x")</script>'


def standing(score: float | None, half: float = 0.2, **more: Any) -> dict[str, Any]:
    interval = None if score is None else [score - half, score + half]
    return {"score": score, "interval": interval, "level": 3, "uncapped_level": 3, "caps": [], **more}


def result(scores: dict[str, float | None], as_of: str | None = "2026-10-31", **more: Any) -> dict[str, Any]:
    practices = [
        {
            "id": f"d.{name}",
            "title": name,
            "weight": 1.0,
            **standing(score, reason="nobody answered" if score is None else None),
            "questions": [
                {"id": f"d.{name}.q", "kind": "choice", "weight": 1.0, "fingerprint": name, "score": score}
            ],
        }
        for name, score in scores.items()
    ]
    known = [score for score in scores.values() if score is not None]
    mean = sum(known) / len(known)
    return {
        "format": 1,
        "organisation": {"name": "Acme"},
        "as_of": as_of,
        "questionnaires": [{"id": "small", "version": "1", "sha256": "one"}],
        "overall": standing(mean),
        "dimensions": [
            {"id": "d", "title": "Culture", "weight": 1.0, **standing(mean), "practices": practices}
        ],
        "quality": {"respondents": 20},
        "plugins": [],
        **more,
    }


def report(before: dict[str, Any], after: dict[str, Any]) -> ChangesReport:
    comparison = compare_results(as_result("before", before), as_result("after", after))
    return build_changes(comparison, TEXTS, Theme.from_brand("#1f4e79"))


def test_the_title_says_what_happened() -> None:
    risen = report(result({"a": 2.0}), result({"a": 3.0}, "2027-10-31"))
    assert risen.title == "The overall score rose from 2.0 to 3.0, by more than noise"
    assert [(each.value, each.remark) for each in risen.figures] == [
        # 1 ± √(0.2² + 0.2²) = 1 ± 0.283
        ("2.0 → 3.0", "95% interval +0.7 to +1.3"),
        ("3 → 3", ""),
        ("20 → 20", ""),
    ]
    fallen = report(result({"a": 3.0}), result({"a": 2.0}))
    assert fallen.title == "The overall score fell from 3.0 to 2.0, by more than noise"
    still = report(result({"a": 3.0}), result({"a": 3.1}))
    assert still.title == "The overall score went from 3.0 to 3.1, by no more than noise"


def told(value: float, *ends: float) -> tuple[str, str]:
    """How a change and its interval are written."""
    difference = Difference(value, (ends[0], ends[1]) if ends else None)
    wording = ChangeWording(TEXTS)
    return wording.points(difference), wording.range(difference)


@pytest.mark.parametrize(
    ("change", "written"),
    [
        ((0.34, 0.16, 0.52), ("+0.3", "+0.2 to +0.5")),
        ((0.04, -0.13, 0.21), ("0.0", "−0.1 to +0.2")),
        ((0.01, -0.02, 0.04), ("+0.01", "−0.02 to +0.04")),  # as fine as its interval
        ((0.03, 0.01, 0.2), ("+0.03", "+0.01 to +0.2")),  # more than noise is not 0
        ((0.08, 0.052, 0.108), ("+0.08", "+0.05 to +0.11")),  # else both ends would be +0.1
        ((0.003, 0.001, 0.004), ("+0.00", "+0.00 to +0.00")),
        ((0.0, -0.04, 0.04), ("0.00", "−0.04 to +0.04")),
        ((0.0, -0.2, 0.2), ("0.0", "−0.2 to +0.2")),
        ((-0.3,), ("−0.3", "–")),
    ],
)
def test_a_change_is_written_as_finely_as_it_has_to_be(
    change: tuple[float, ...], written: tuple[str, str]
) -> None:
    assert told(*change) == written


@given(st.floats(-0.3, 0.3), st.floats(0, 0.2), st.floats(0, 0.2))
def test_a_change_lies_inside_its_interval_as_written_and_if_clear_is_not_0(
    value: float, down: float, up: float
) -> None:
    change, ends = told(value, value - down, value + up)
    point, low, high = (
        float(each.replace("−", "-").replace("+", "")) for each in (change, *ends.split(" to "))
    )
    assert low <= point <= high
    clear = not value - down <= 0 <= value + up
    assert not clear or change != "0.0"


def test_scores_that_would_read_alike_though_they_clearly_differ_have_two_decimals() -> None:
    # 3.01 and 3.09 are both 3.0, rounded down; 0.08 ± √(0.02² + 0.02²) = 0.08 ± 0.028
    before, after = result({"a": 3.01}), result({"a": 3.09})
    for each in (before["overall"], after["overall"]):
        each["interval"] = [each["score"] - 0.02, each["score"] + 0.02]
    made = report(before, after)
    assert made.title == "The overall score rose from 3.01 to 3.09, by more than noise"
    assert (made.figures[0].value, made.figures[0].remark) == (
        "3.01 → 3.09",
        "95% interval +0.05 to +0.11",
    )
    whole, dimension = made.scores.rows
    assert [number.lines[0] for number in whole.numbers] == ["3.09", "3.01"]
    assert whole.texts[-1].lines[0] == "+0.08"
    # the dimension’s ± 0.2 make noise of it: 0.08 ± 0.283
    assert [number.lines[0] for number in dimension.numbers] == ["3.0", "3.0"]
    assert dimension.texts[-1].lines[0] == "+0.1"


def test_what_rests_on_a_part_of_the_questions_says_so() -> None:
    made = report(result({"a": 2.0, "b": 4.0}), result({"a": 3.0}))
    overall, level, *_ = made.figures
    assert overall.remark == "95% interval +0.7 to +1.3 · over 1 of 2 questions"
    assert level.remark == "of all that each round asked"
    assert "The whole: level 3, as before (of all that each round asked)." in made.paragraphs


@pytest.mark.parametrize(
    ("gap", "within", "written"),
    [
        (-0.6, -0.11, ("−0.6", "−0.11")),
        (-0.024, -0.02, ("−0.02", "−0.02")),
        (-0.14, -0.12, ("−0.14", "−0.12")),  # of −0.1 a part cannot be −0.12
        (0.04, 0.04, ("+0.04", "all of it")),
        (0.3, None, ("+0.3", "no interval")),
    ],
)
def test_a_part_of_a_gap_is_no_more_than_the_gap(
    gap: float, within: float | None, written: tuple[str, str]
) -> None:
    row = PredictedScore(
        id="d",
        title="Culture",
        today=None,
        expected=3.0,
        low=None,
        found=Estimate(3.0 + gap),
        gap=gap,
        within=within,
        beyond=None if within is None else gap - within,
    )
    wording = ChangeWording(TEXTS)
    assert (wording.gap(row), wording.chance(row)) == written


@pytest.mark.parametrize("unit", ["fraction", "points", "days", "hours", "money", "per-thousand", "number"])
def test_the_largest_figure_can_be_written(unit: str) -> None:
    def largest(sign: int) -> dict[str, Any]:
        figure = {"id": "m", "title": "M", "unit": unit, "value": sign * 1e15, "interval": None}
        return result({"a": 3.0}, metrics=[figure])

    assert report(largest(-1), largest(1)).metrics[0][0] == "M"


def test_practices_stand_in_the_order_of_their_change_and_say_what_is_not_known() -> None:
    made = report(result({"a": 2.0, "b": 4.0, "c": None}), result({"a": 2.1, "b": 2.5, "c": 3.0}))
    (chart,) = made.practices
    assert [row.texts[0].lines[0] for row in chart.rows] == ["a", "b", "c"]
    assert [row.clear for row in chart.rows] == [False, True, False]
    assert chart.rows[2].missing is not None
    assert made.practices_title == "One practice changed by more than noise"
    assert made.apart == (("c", "no score in the earlier result: nobody answered"),)


def test_what_has_one_reason_stands_in_one_row_and_questions_do_not() -> None:
    before = result(
        {"a": 2.0, "b": None, "c": None},
        metrics=[
            {"id": name, "title": name, "unit": "points", "value": None, "reason": "no table"}
            for name in ("nps", "csat")
        ],
    )
    after = result(
        {"a": 2.0, "b": 3.0, "c": 3.0},
        metrics=[{"id": name, "title": name, "unit": "points", "value": 5.0} for name in ("nps", "csat")],
    )
    more = [{**after["dimensions"][0]["practices"][0]["questions"][0], "id": f"d.a.{n}"} for n in range(20)]
    after["dimensions"][0]["practices"][0]["questions"] += more
    made = report(before, after)
    assert made.apart[:3] == (
        ("b and c", "no score in the earlier result: nobody answered"),
        ("nps and csat", "not measured in the earlier round: no table"),
        ("a: question d.a.0", "asked in the later round only"),
    )
    # 2 rows and 14 of 20 questions are 16
    assert (len(made.apart), made.apart_more) == (16, "and 6 more")


def test_many_practices_go_on_several_charts() -> None:
    scores: dict[str, float | None] = {f"p{number}": 3.0 for number in range(60)}
    assert [len(chart.rows) for chart in report(result(scores), result(scores)).practices] == [20, 20, 20]


def test_an_end_near_0_is_written_so_that_its_sign_shows() -> None:
    # 0.3 ± √(0.2² + 0.2²) = 0.3 ± 0.2828
    made = report(result({"a": 3.0}), result({"a": 3.3}))
    assert made.figures[0].remark == "95% interval +0.02 to +0.6"


def test_without_a_plan_it_says_so() -> None:
    made = report(result({"a": 2.0}), result({"a": 3.0}))
    assert made.predicted == ()
    assert made.predicted_paragraphs == ("The earlier result holds no plan, so nothing was predicted.",)
    assert made.initiatives_title == "The earlier result holds no initiatives"


def test_everything_of_a_result_is_escaped_and_nothing_is_loaded() -> None:
    after = result(
        {HOSTILE: 3.0},
        organisation={"name": HOSTILE},
        recommendations=[],
    )
    before = result(
        {HOSTILE: 2.0},
        recommendations=[
            {
                "id": "d.x",
                "title": HOSTILE,
                "start": "2027-01-01",
                "quarters": 1,
                "kpi": {"name": HOSTILE, "target": HOSTILE, "metric": HOSTILE},
            }
        ],
    )
    html = render_changes(report(before, after), TEXTS)
    assert "<script" not in html
    assert html.count("&lt;script&gt;") > 4
    assert re.findall(r"""(?:src|href)=["'](?!#)""", html) == []


@pytest.mark.parametrize("as_of", [None, "2027-10-31"])
def test_it_is_a_pdf_and_the_same_bytes_each_time(as_of: str | None) -> None:
    made = report(result({"a": 2.0}, None), result({"a": 3.0}, as_of))
    first, second = (pdf_bytes(render_changes(made, TEXTS)) for _ in range(2))
    assert first == second
    assert first.startswith(b"%PDF")
