"""The report on a comparison: escaped, self-contained, the same bytes, and honest about what is not known."""

from __future__ import annotations

import re
from typing import Any

import pytest

from cxmaturity.following.building import compare_results
from cxmaturity.following.reading import as_result
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


def test_practices_stand_in_the_order_of_their_change_and_say_what_is_not_known() -> None:
    made = report(result({"a": 2.0, "b": 4.0, "c": None}), result({"a": 2.1, "b": 2.5, "c": 3.0}))
    (chart,) = made.practices
    assert [row.texts[0].lines[0] for row in chart.rows] == ["a", "b", "c"]
    assert [row.clear for row in chart.rows] == [False, True, False]
    assert chart.rows[2].missing is not None
    assert made.practices_title == "One practice changed by more than noise"
    assert made.apart == (("c", "no score in the earlier result: nobody answered"),)


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
