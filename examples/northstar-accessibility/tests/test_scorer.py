"""The weakest practice counts half, and is named where that matters."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from northstar_accessibility.scorer import AccessibilityScorer, weakest_practice

from cxmaturity.api import DimensionResult, MetricResult, PracticeResult, Score

IDS = ("accessibility.usable-offer", "accessibility.checked-with-users", "accessibility.help")


def combined(*values: float | None, weights: Iterable[float] = (1.0, 1.0, 1.0)) -> Score:
    practices = {
        name: Score(value, weight=weight) for name, value, weight in zip(IDS, values, weights, strict=True)
    }
    return AccessibilityScorer().combine(practices, {})


def result(*scores: float | None, hidden: str = "", metric: MetricResult | None = None) -> DimensionResult:
    practices = {
        name: PracticeResult(id=name, title=name, score=score, suppressed=name == hidden)
        for name, score in zip(IDS, scores, strict=True)
    }
    return DimensionResult(
        id="accessibility",
        title="Accessibility",
        score=combined(*scores).value,
        practices=practices,
        metrics={metric.id: metric} if metric else {},
    )


def measured(value: float | None) -> MetricResult:
    return MetricResult(
        id="first-contact-rate",
        dimension="accessibility",
        practice="accessibility.help",
        unit="fraction",
        higher_is_better=True,
        source="S",
        value=value,
        n=0 if value is None else 4,
        parts={} if value is None else {"count": 4 * value},
    )


def test_half_of_the_score_is_the_weakest_practice() -> None:
    score = combined(5.0, 2.0, 5.0)
    # the mean is (5 + 2 + 5) / 3 = 4; (4 + 2) / 2 = 3
    assert score.value == pytest.approx(3.0)
    # each of the others 1/2 × 1/3, the weakest 1/2 × 1/3 + 1/2
    assert [part.share for part in score.contributions] == pytest.approx([1 / 6, 2 / 3, 1 / 6])


def test_weights_count_in_the_mean() -> None:
    # the mean is (2 × 4 + 1) / 3 = 3; (3 + 1) / 2 = 2
    assert combined(4.0, 1.0, None, weights=(2.0, 1.0, 1.0)).value == pytest.approx(2.0)


def test_a_practice_without_weight_is_not_the_weakest() -> None:
    assert combined(4.0, 1.0, 4.0, weights=(1.0, 0.0, 1.0)).value == pytest.approx(4.0)


def test_without_any_score_there_is_a_reason() -> None:
    score = combined(None, None, None)
    assert score.value is None
    assert score.reason is not None


def test_what_the_weakest_practice_takes_is_a_finding() -> None:
    (finding,) = AccessibilityScorer().findings(result(5.0, 2.0, 5.0))
    assert (finding.kind, finding.about) == ("gap", IDS[1])
    assert finding.message.values["taken"] == pytest.approx(1.0)  # 4, the mean, less 3


def test_where_practices_are_alike_there_is_none() -> None:
    assert list(AccessibilityScorer().findings(result(3.0, 2.5, 3.0))) == []
    assert list(AccessibilityScorer().findings(result(None, None, None))) == []


def test_where_a_practice_is_hidden_nothing_is_said_of_the_weakest() -> None:
    hidden = result(5.0, 2.0, 5.0, hidden=IDS[0])
    assert weakest_practice(hidden) is None
    assert list(AccessibilityScorer().findings(hidden)) == []


def test_how_requests_went_is_a_finding_where_it_is_known() -> None:
    (finding,) = AccessibilityScorer().findings(result(3.0, 3.0, 3.0, metric=measured(0.75)))
    assert (finding.kind, finding.about, finding.message.values["solved"]) == (
        "note",
        "first-contact-rate",
        3,
    )
    assert list(AccessibilityScorer().findings(result(3.0, 3.0, 3.0, metric=measured(None)))) == []
