"""A comparison as JSON-able data: what ``compare --json`` prints, format 1. Keys are only ever added."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from cxmaturity.api import Message
from cxmaturity.following.differences import Difference, Estimate
from cxmaturity.following.model import (
    Comparison,
    InitiativeOutcome,
    MetricChange,
    PredictedScore,
    Prediction,
    Round,
    ScoreChange,
    Side,
)
from cxmaturity.result import OVERALL
from cxmaturity.texts import Texts

FORMAT = 1


def comparison_data(comparison: Comparison, texts: Texts) -> dict[str, Any]:
    """The comparison as plain dicts and lists."""
    return {
        "format": FORMAT,
        "before": _round(comparison.before),
        "after": _round(comparison.after),
        "overall": _score(comparison.overall, texts),
        "dimensions": [
            {**_score(each, texts), "practices": [_score(practice, texts) for practice in each.practices]}
            for each in comparison.dimensions
        ],
        "metrics": [_metric(each, texts) for each in comparison.metrics],
        "initiatives": [_initiative(each) for each in comparison.initiatives],
        "others": [asdict(each) for each in comparison.others],
        "predicted": _predicted(comparison.predicted, texts) if comparison.predicted else None,
        "predicted_reason": _text(comparison.predicted_reason, texts),
        "not_comparable": [
            {"kind": each.kind, "id": each.id, "title": each.title, "reason": texts.message(each.reason)}
            for each in comparison.not_comparable
        ],
        "versions": [texts.message(each) for each in comparison.versions],
        "notes": [texts.message(each) for each in comparison.notes],
    }


def _round(side: Round) -> dict[str, Any]:
    return {**asdict(side), "questionnaires": list(side.questionnaires)}


def _score(change: ScoreChange, texts: Texts) -> dict[str, Any]:
    return {
        "id": change.id,
        "title": texts("overall.title") if change.id == OVERALL else change.title,
        "before": _side(change.before),
        "after": _side(change.after),
        "basis": change.basis,
        "shared": change.shared,
        "asked": change.asked,
        "first": _estimate(change.first),
        "second": _estimate(change.second),
        **_difference(change.difference),
        "caps_gone": [asdict(cap) for cap in change.caps_gone],
        "caps_come": [asdict(cap) for cap in change.caps_come],
        "reason": _text(change.reason, texts),
    }


def _side(side: Side | None) -> dict[str, Any] | None:
    if side is None:
        return None
    shown = {
        "score": side.score,
        "interval": list(side.interval) if side.interval else None,
        "level": side.level,
        "uncapped_level": side.uncapped_level,
        "n": side.n,
        "reason": side.reason,
    }
    return {**shown, "suppressed": True} if side.suppressed else shown


def _estimate(estimate: Estimate | None) -> dict[str, Any] | None:
    if estimate is None:
        return None
    return {"value": estimate.value, "interval": list(estimate.interval) if estimate.interval else None}


def _difference(difference: Difference | None) -> dict[str, Any]:
    """The difference, its interval, and whether it is more than noise; ``null`` where it is not known."""
    if difference is None:
        return {"difference": None, "interval": None, "more_than_noise": None}
    return {
        "difference": difference.value,
        "interval": list(difference.interval) if difference.interval else None,
        "more_than_noise": difference.clear,
    }


def _metric(change: MetricChange, texts: Texts) -> dict[str, Any]:
    return {
        "id": change.id,
        "title": change.title,
        "unit": change.unit,
        "before": _estimate(change.before),
        "after": _estimate(change.after),
        **_difference(change.difference),
        "direction": change.direction,
        "overlap": change.overlap,
        "reason": _text(change.reason, texts),
    }


def _initiative(outcome: InitiativeOutcome) -> dict[str, Any]:
    kpi = outcome.kpi
    return {
        "id": outcome.id,
        "title": outcome.title,
        "status": outcome.status,
        "planned_start": outcome.planned_start,
        "planned_end": outcome.planned_end,
        "month": outcome.month,
        "late": outcome.late,
        "kpi": {
            "name": kpi.name,
            "target": kpi.target,
            "metric": kpi.metric,
            "computed": kpi.change is not None,
        }
        if kpi
        else None,
    }


def _predicted(prediction: Prediction, texts: Texts) -> dict[str, Any]:
    return {
        "when": prediction.when,
        "start": prediction.start,
        "end": prediction.end,
        "known": prediction.known,
        "missing": list(prediction.missing),
        "ahead": list(prediction.ahead),
        "scores": [_predicted_score(each, texts) for each in prediction.scores],
    }


def _predicted_score(row: PredictedScore, texts: Texts) -> dict[str, Any]:
    return {
        "id": row.id,
        "title": texts("overall.title") if row.id == OVERALL else row.title,
        "today": row.today,
        "expected": row.expected,
        "low": row.low,
        "found": _estimate(row.found),
        "gap": row.gap,
        "within": row.within,
        "beyond": row.beyond,
        "reason": _text(row.reason, texts),
    }


def _text(message: Message | None, texts: Texts) -> str | None:
    return None if message is None else texts.message(message)
