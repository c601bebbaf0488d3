"""The findings that the core draws for every dimension: choices, differences, contradictions.

Each names its ground: the question or metric, how many people, and the very answer they chose. So two
organisations share a sentence only if they share the facts.
"""

from __future__ import annotations

from collections.abc import Iterator

from cxmaturity.api import DimensionResult, Finding, Message, MetricResult, OptionCount, QuestionResult
from cxmaturity.scoring.scale import level_of

STRENGTHS, GAPS = 2, 3
"""How many of each are named at most."""

_STRONG_LEVEL, _WEAK_LEVEL = 4, 2
_DISAGREEMENT, _ENOUGH_RATERS = 0.3, 5
CONTRADICTION = 1.0
"""From which difference on, in points of the scale, data and opinion contradict each other."""


def core_findings(result: DimensionResult) -> tuple[Finding, ...]:
    """Strengths, gaps, disagreements and contradictions of one dimension, in this order."""
    asked = [question for question in result.questions.values() if question.weight > 0]
    return (
        *_strengths(result, asked),
        *_gaps(result, asked),
        *_disagreements(asked),
        *_contradictions(result),
    )


def _strengths(result: DimensionResult, asked: list[QuestionResult]) -> Iterator[Finding]:
    strong = [q for q in asked if q.score is not None and level_of(q.score, result.scale) >= _STRONG_LEVEL]
    for question in sorted(strong, key=lambda q: (-(q.score or 0), q.id))[:STRENGTHS]:
        yield Finding("strength", _said("finding.strength", question), question.id)


def _gaps(result: DimensionResult, asked: list[QuestionResult]) -> Iterator[Finding]:
    weak = [q for q in asked if q.score is not None and level_of(q.score, result.scale) <= _WEAK_LEVEL]
    for question in sorted(weak, key=lambda q: (q.score or 0, q.id))[:GAPS]:
        yield Finding("gap", _said("finding.gap", question), question.id)


def _said(key: str, question: QuestionResult) -> Message:
    """What people said to a question, in the form that its kind allows; or what they agreed on."""
    if question.agreed is not None:
        return Message(f"{key}.agreed", {"topic": question.topic, "score": question.score})
    values: dict[str, object] = {"topic": question.topic, "score": question.score, "n": question.n}
    typical = question.typical
    if question.kind == "multiple":
        return Message(f"{key}.multiple", {**values, **_ticks(question)})
    if typical is None:
        return Message(f"{key}.value", values)
    values |= {"anchor": quoted(typical), "count": typical.count}
    better = _next_step(question, typical)
    if key == "finding.gap" and better is not None and question.kind == "choice":
        return Message(f"{key}.{_who(question)}-next", {**values, "next": quoted(better)})
    return Message(f"{key}.{_who(question)}", values)


def _who(question: QuestionResult) -> str:
    return "one" if question.n == 1 else "many"


def _ticks(question: QuestionResult) -> dict[str, object]:
    """The options that most and fewest people ticked, those worth nothing left out."""
    worth = [option for option in question.distribution if option.fraction > 0]
    most = max(worth, key=lambda option: option.count)
    least = min(worth, key=lambda option: option.count)
    return {
        "most": quoted(most),
        "most_count": most.count,
        "least": quoted(least),
        "least_count": least.count,
    }


def _next_step(question: QuestionResult, chosen: OptionCount) -> OptionCount | None:
    """The least of the answers that are worth more than the one chosen."""
    better = [option for option in question.distribution if option.fraction > chosen.fraction]
    return min(better, key=lambda option: option.fraction) if better else None


def quoted(option: OptionCount) -> str:
    """An answer's text, ready to stand inside a sentence."""
    return option.text.rstrip(". ")


def _disagreements(asked: list[QuestionResult]) -> Iterator[Finding]:
    """Where raters agree least, if hardly more than chance: the answers on both sides of the gap."""
    for question in sorted(asked, key=lambda q: (q.agreement or 0.0, q.id)):
        if question.agreement is None or question.agreement >= _DISAGREEMENT or question.n < _ENOUGH_RATERS:
            continue
        given = [option for option in question.distribution if option.count]
        if len(given) < 2:  # noqa: PLR2004 - numbers have no options to quote
            continue
        low = min(given, key=lambda option: option.fraction)
        high = max(given, key=lambda option: option.fraction)
        values = {
            "topic": question.topic,
            "n": question.n,
            "agreement": question.agreement,
            "low": quoted(low),
            "low_count": low.count,
            "high": quoted(high),
            "high_count": high.count,
        }
        yield Finding("disagreement", Message("finding.disagreement", values), question.id)
        return  # one example says it


def _contradictions(result: DimensionResult) -> Iterator[Finding]:
    """Metrics whose level lies a whole score or more away from what people say of the practice."""
    for metric in result.metrics.values():
        practice = result.practices.get(metric.practice)
        if practice is None or practice.score is None or metric.band is None:
            continue
        gap = practice.score - metric.band
        if abs(gap) >= CONTRADICTION:
            key = "finding.contradiction.over" if gap > 0 else "finding.contradiction.under"
            values = {"practice": practice.title, "score": practice.score, **metric_values(metric)}
            yield Finding("contradiction", Message(key, values), metric.id)


def metric_values(metric: MetricResult) -> dict[str, object]:
    """What a sentence on a metric needs: its name, its figure, its level, its basis."""
    return {
        "metric": Message(f"metric.{metric.id}.name"),
        "figure": Message(
            f"figure.{metric.unit}", {"value": metric.value, "n": round(metric.value or 0.0, 1)}
        ),
        "band": metric.band,
        "basis": metric.basis or "",
        "n": metric.n,
    }
