"""How far scores can be trusted: beside each score in short, in the appendix in full."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cxmaturity.api import Agreed, Reliability

MEANING = "culture.meaning"
AGREED = Agreed(
    kind="consensus",
    score=3.59,
    mean=2.9,
    by="Ana Pop",
    at="2026-10-12",
    why="Six <b>cases</b> were looked at.",
)


def changed(bench: Any, *, question: dict[str, Any] | None = None, **practice: Any) -> dict[str, Any]:
    """The dimensions with fields of the practice *Meaning*, or of its first question, replaced."""
    culture, *others = bench.assessment.dimensions
    meaning = culture.practices[MEANING]
    first, *rest = meaning.questions
    questions = (replace(first, **(question or {})), *rest)
    practices = {**culture.practices, MEANING: replace(meaning, questions=questions, **practice)}
    return {"dimensions": (replace(culture, practices=practices), *others)}


def row(rows: Any, title: str) -> Any:
    (found,) = (each for each in rows if each.title == title)
    return found


def test_interval_n_and_agreement_stand_under_each_practice(bench: Any) -> None:
    report = bench.report(**changed(bench, score=3.0, interval=(2.61, 3.39), n=1234, agreement=0.75))
    lines = [line for text in report.dimensions[0].bars.rows[0].texts for line in text.lines]
    assert "95% 2.6–3.4 · n = 1,234 · strong agreement" in lines


def test_no_n_is_too_long_to_be_written_under_a_practice(bench: Any) -> None:
    many = changed(bench, score=3.0, interval=(2.61, 3.39), n=12345, agreement=0.95)
    report = bench.report(**many)
    lines = [line for text in report.dimensions[0].bars.rows[0].texts for line in text.lines]
    assert "95% 2.6–3.4 · n = 12,345 · very strong agreement" in lines


def test_one_person_has_neither_interval_nor_agreement(bench: Any) -> None:
    report = bench.report(**changed(bench, score=3.0, interval=None, n=1, agreement=None))
    lines = [line for text in report.dimensions[0].bars.rows[0].texts for line in text.lines]
    assert not any("n = " in line for line in lines)


def test_the_sum_has_interval_and_n_beside_each_dimension(bench: Any) -> None:
    culture, *others = bench.assessment.dimensions
    dimensions = (
        replace(culture, interval=(2.0, 4.0), n=6),
        replace(others[0], interval=None, suppressed=True),
    )
    rows = bench.report(dimensions=dimensions).overview.contributions
    assert [(each.interval, each.n) for each in rows] == [("2.0–4.0", "6"), ("–", "–")]


def test_the_widest_interval_is_named_under_the_heat_map(bench: Any) -> None:
    dimensions = tuple(
        replace(each, practices={name: replace(p, interval=None) for name, p in each.practices.items()})
        for each in bench.assessment.dimensions
    )
    none = bench.report(dimensions=dimensions).profile.heat_caption
    assert "interval" not in none
    report = bench.report(**changed(bench, interval=(1.0, 4.4)))
    churn = bench.assessment.dimensions[1].practices["retention.churn-insight"].interval
    assert churn is not None
    assert churn[1] - churn[0] > 3.4
    assert "goes from 1.0 to 5.0 (churn insight)" in report.profile.heat_caption


def test_the_table_has_every_index_and_a_dash_where_there_is_none(bench: Any) -> None:
    found = Reliability(
        r_wg=0.831,
        r_wg_skewed=0.61,
        average_deviation=0.72,
        krippendorff=-0.04,
        icc_1=0.12,
        icc_2=0.88,
        grouped_by="role",
        cronbach=0.78,
    )
    values = {"n": 6, "interval": (2.0, 3.0), "coverage": 0.955, "reliability": found}
    appendix = bench.report(**changed(bench, **values)).appendix
    assert row(appendix.trust, "Meaning").figures == (
        *("6", "2.0–3.0", "96%", "0.83", "0.61", "0.72", "−0.04", "0.78", "–", "0.12", "0.88"),
    )
    assert not row(appendix.trust, "Meaning").whole
    assert [each.title for each in appendix.trust if each.whole] == ["Overall", "Culture", "Retention"]
    assert len(appendix.trust_help) == 6


def test_where_one_person_answered_there_is_no_table(bench: Any) -> None:
    dimensions = tuple(
        replace(each, practices={name: replace(p, n=1) for name, p in each.practices.items()})
        for each in bench.assessment.dimensions
    )
    assert bench.report(dimensions=dimensions).appendix.trust == ()
    assert "How far the scores can be trusted" not in bench.html(dimensions=dimensions)


def test_people_are_spread_over_the_levels(bench: Any) -> None:
    appendix = bench.report(**changed(bench, distribution=(1, 0, 2, 0, 3))).appendix
    meaning = row(appendix.spread, "Meaning")
    assert meaning.n == "6"
    assert meaning.chart is not None
    assert [segment.step for segment in meaning.chart.segments] == [1, 3, 5]
    hidden = row(bench.report(**changed(bench, distribution=())).appendix.spread, "Meaning")
    assert (hidden.chart, hidden.n) == (None, "–")


def test_where_no_spread_is_shown_there_is_no_page(bench: Any) -> None:
    dimensions = tuple(
        replace(each, practices={name: replace(p, distribution=()) for name, p in each.practices.items()})
        for each in bench.assessment.dimensions
    )
    assert bench.report(dimensions=dimensions).appendix.spread == ()


def test_an_agreed_value_stands_with_the_mean_who_when_and_why(bench: Any) -> None:
    changes = changed(
        bench, agreed=AGREED, question={"agreed": replace(AGREED, kind="review", mean=None, at="")}
    )
    report = bench.report(**changes)
    practice, question = report.dimensions[0].agreed
    assert (practice.about, practice.score, practice.mean) == ("Meaning", "3.5", "2.9")
    assert (practice.kind, practice.who) == ("Agreed in a workshop", "Ana Pop, 12 October 2026")
    assert (question.about, question.mean, question.kind) == ("Same meaning", "–", "Set by a reviewer")
    assert question.who == "Ana Pop"
    assert report.appendix.answers[0].rows[0].agreed == (
        "Set by a reviewer: 3.5 in place of the mean of – (Ana Pop). Six <b>cases</b> were looked at."
    )
    html = bench.html(**changes)
    assert "<b>cases" not in html
    assert html.count("Six &lt;b&gt;cases&lt;/b&gt; were looked at.") == 3
