"""The Assessment as JSON: the stable shape that ``assess --json`` prints, format 1; and explanations of it.

Keys are only ever added. What is not scored or not shown is ``null`` with a ``reason``; rates are
fractions, NPS is in points, levels whole numbers, scores 1–5 unrounded.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from cxmaturity.api import (
    API_VERSION,
    Agreed,
    DimensionResult,
    Finding,
    Message,
    MetricResult,
    PracticeResult,
    QuestionResult,
    Standing,
    State,
    TableQuality,
)
from cxmaturity.explaining import Explanation
from cxmaturity.plan_export import initiative_data, plan_data, tradeoff_data
from cxmaturity.result import Assessment, Comparison, DataQuality, Gap, GroupResult
from cxmaturity.roadmap.model import Capacity, Roadmap
from cxmaturity.roadmap.tradeoff import Tradeoff
from cxmaturity.scoring.tornado import CHANGE
from cxmaturity.texts import Texts
from cxmaturity.worth import ChurnWorth, churn_worth

FORMAT = 1


def as_text(data: Mapping[str, Any]) -> str:
    """The data of an assessment as JSON text, the same bytes for the same data."""
    return json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def as_data(assessment: Assessment, roadmap: Roadmap, texts: Texts) -> dict[str, Any]:
    """The assessment and its recommendations as plain dicts and lists."""
    return {
        "format": FORMAT,
        "organisation": _organisation(assessment),
        "as_of": assessment.as_of,
        "questionnaires": [
            {"id": each.id, "version": each.version, "sha256": each.sha256}
            for each in assessment.questionnaires
        ],
        "confidential": assessment.confidential,
        "plugin_api": API_VERSION,
        "balanced": assessment.balanced or None,
        "overall": _standing(assessment.overall, texts),
        "dimensions": [_dimension(each, texts) for each in assessment.dimensions],
        "groups": [_group(each) for each in assessment.groups],
        "comparisons": [_comparison(each, texts) for each in assessment.comparisons],
        "quality": _quality(assessment.quality),
        "metrics": [_metric(each, texts) for each in assessment.metrics],
        "recommendations": [initiative_data(each, roadmap) for each in roadmap.initiatives],
        "plan": plan_data(roadmap, texts),
        "plugins": [
            {
                "name": each.name,
                "version": each.version,
                "distribution": each.distribution,
                "api": each.api,
                "hooks": list(each.hooks),
                "dimensions": list(each.dimensions),
                "state": each.state,
                "reason": each.reason or None,
            }
            for each in assessment.plugins
        ],
        "warnings": [texts.message(each) for each in (*assessment.warnings, *roadmap.warnings)],
        "notes": [texts.message(each) for each in assessment.notes],
        "worth": _churn_worth(churn_worth(assessment), texts),
    }


def planned_data(assessment: Assessment, roadmap: Roadmap, texts: Texts) -> dict[str, Any]:
    """What ``plan --json`` prints: the plan with its initiatives, and whose it is."""
    return {
        **_whose(assessment),
        **plan_data(roadmap, texts),
        "recommendations": [initiative_data(each, roadmap) for each in roadmap.initiatives],
    }


def what_if_data(assessment: Assessment, tradeoff: Tradeoff, capacity: Capacity) -> dict[str, Any]:
    """What ``plan --what-if --json`` prints: the plan for each amount, and whose it is."""
    return {**_whose(assessment), **tradeoff_data(tradeoff, capacity)}


def _whose(assessment: Assessment) -> dict[str, Any]:
    return {"format": FORMAT, "organisation": _organisation(assessment), "as_of": assessment.as_of}


def _organisation(assessment: Assessment) -> dict[str, Any]:
    organisation = assessment.organisation
    return {
        "name": organisation.name,
        "sector": organisation.sector,
        "country": organisation.country,
        "employees": organisation.employees,
    }


def _standing(standing: Standing, texts: Texts) -> dict[str, Any]:
    data = {
        "score": standing.score,
        "level": standing.level,
        "uncapped_level": standing.uncapped_level,
        "caps": [
            {"source": cap.source, "limit": cap.limit, "reason": texts.message(cap.reason)}
            for cap in standing.caps
        ],
        "n": None if standing.suppressed else standing.n,
        "interval": list(standing.interval) if standing.interval else None,
        "agreement": standing.agreement,
        "coverage": standing.coverage,
        "perceived": standing.score,
        "evidenced": standing.evidenced,
        "measured": standing.measured,
        "reliability": asdict(standing.reliability),
        "states": None if standing.suppressed else _states(standing.states),
        "distribution": list(standing.distribution) or None,
        "agreed": _agreed(standing.agreed),
        "reason": _text(standing.reason, texts),
    }
    return {**data, "suppressed": True} if standing.suppressed else data


def _states(states: Mapping[State, int]) -> dict[str, int]:
    return {state.name.lower().replace("_", "-"): count for state, count in states.items()}


def _agreed(agreed: Agreed | None) -> dict[str, Any] | None:
    return None if agreed is None else asdict(agreed)


def _group(group: GroupResult) -> dict[str, Any]:
    return _shown(asdict(group))


def _comparison(comparison: Comparison, texts: Texts) -> dict[str, Any]:
    return {
        "attribute": comparison.attribute,
        "first": comparison.first,
        "second": comparison.second,
        "gaps": [_gap(each, texts) for each in comparison.gaps],
    }


def _gap(gap: Gap, texts: Texts) -> dict[str, Any]:
    return _shown({**asdict(replace(gap, reason=None)), "reason": _text(gap.reason, texts)})


def _quality(quality: DataQuality) -> dict[str, Any]:
    return {
        "respondents": quality.respondents,
        "invited": quality.invited,
        "response_rate": quality.response_rate,
        "held_back": quality.held_back,
        "hidden": quality.hidden,
        "files": [asdict(each) for each in quality.files],
        "left_out": [str(each) for each in quality.left_out],
        "states": _states(quality.states),
        "flags": [asdict(each) for each in quality.flags],
    }


def _text(message: Message | None, texts: Texts) -> str | None:
    return None if message is None else texts.message(message)


def _dimension(dimension: DimensionResult, texts: Texts) -> dict[str, Any]:
    titles: Mapping[str, str] = {practice.id: practice.title for practice in dimension.practices.values()}
    return {
        "id": dimension.id,
        "title": dimension.title,
        "weight": dimension.weight,
        **_standing(dimension, texts),
        "practices": [_practice(practice, texts) for practice in dimension.practices.values()],
        "contributions": [
            {
                "id": part.id,
                "title": titles.get(part.id),
                "value": part.value,
                "share": part.share,
                "points": part.points,
            }
            for part in dimension.contributions
        ],
        "findings": [_finding(each, texts) for each in dimension.findings],
        "plugin": dimension.plugin,
    }


def _practice(practice: PracticeResult, texts: Texts) -> dict[str, Any]:
    return {
        "id": practice.id,
        "title": practice.title,
        "weight": practice.weight,
        **_standing(practice, texts),
        "confirmed": asdict(practice.confirmed) if practice.confirmed else None,
        "questions": [_question(question) for question in practice.questions],
    }


def _question(question: QuestionResult) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": question.id,
        "kind": question.kind,
        "weight": question.weight,
        "fingerprint": question.fingerprint,
        "score": question.score,
        "agreement": question.agreement,
    }
    if question.suppressed:
        return {**data, "n": None, "suppressed": True}
    return {
        **data,
        "interval": list(question.interval) if question.interval else None,
        "reliability": asdict(question.reliability),
        "agreed": _agreed(question.agreed),
        "n": question.n,
        "states": _states(question.states),
        "distribution": {option.id: option.count for option in question.distribution},
    }


def _finding(finding: Finding, texts: Texts) -> dict[str, Any]:
    return {"kind": finding.kind, "about": finding.about, "text": texts.message(finding.message)}


def _metric(metric: MetricResult, texts: Texts) -> dict[str, Any]:
    return {
        "id": metric.id,
        "title": _metric_title(metric, texts),
        "dimension": metric.dimension,
        "practice": metric.practice,
        "value": metric.value,
        "unit": metric.unit,
        "higher_is_better": metric.higher_is_better,
        "n": metric.n,
        "interval": list(metric.interval) if metric.interval else None,
        "band": metric.band,
        "basis": metric.basis,
        "parts": dict(metric.parts),
        "period": list(metric.period) if metric.period else None,
        "segments": [_shown(asdict(each)) for each in metric.segments],
        "trend": [_shown(asdict(each)) for each in metric.trend],
        "series": [
            {
                "id": each.id,
                "kind": each.kind,
                "unit": each.unit,
                "points": [_shown(asdict(point)) for point in each.points],
            }
            for each in metric.series
        ],
        "quality": [_table_quality(each) for each in metric.quality],
        "reason": _text(metric.reason, texts),
    }


def _metric_title(metric: MetricResult, texts: Texts) -> str:
    """What a metric is called; its plugin may have failed before it brought any words."""
    key = f"metric.{metric.id}.title"
    return texts(key) if key in texts else metric.id


def _shown(data: dict[str, Any]) -> dict[str, Any]:
    """Data in which only what is suppressed says so."""
    suppressed = data.pop("suppressed")
    return {**data, "suppressed": True} if suppressed else data


def _table_quality(quality: TableQuality) -> dict[str, Any]:
    reasons = [{"column": column, "wrong": wrong, "n": n} for column, wrong, n in quality.reasons]
    return {**asdict(quality), "coverage": quality.coverage, "reasons": reasons}


def _churn_worth(worth: ChurnWorth | Message, texts: Texts) -> dict[str, Any]:
    """What a percentage point of churn is worth; without enough to go by, the reason alone."""
    known = worth if isinstance(worth, ChurnWorth) else None
    names = ("customers", "point", "kept", "each_low", "each", "each_high", "low", "value", "high")
    return {
        **{name: getattr(known, name) if known else None for name in names},
        "basis": known.basis if known else None,
        "margin": known.margin if known else None,
        "period": list(known.period) if known and known.period else None,
        "caveats": [texts.message(caveat) for caveat in known.caveats] if known else [],
        "reason": None if isinstance(worth, ChurnWorth) else texts.message(worth),
    }


def explanation_data(explanation: Explanation, texts: Texts) -> dict[str, Any]:
    """What ``explain --json`` prints: the result that is explained, and what follows from it."""
    subject, plugin = explanation.subject, explanation.plugin
    return {
        "format": FORMAT,
        "kind": explanation.kind,
        "id": explanation.id,
        "title": explanation.title,
        "reason": _text(explanation.reason, texts),
        "result": _question(subject) if isinstance(subject, QuestionResult) else _standing(subject, texts),
        "parts": [
            {**asdict(replace(part, reason=None)), "reason": _text(part.reason, texts)}
            for part in explanation.parts
        ],
        "next_level": asdict(explanation.next_level) if explanation.next_level else None,
        "lever": asdict(explanation.lever) if explanation.lever else None,
        "step": asdict(explanation.step) if explanation.step else None,
        "weights": {
            "change": CHANGE,
            "combined": explanation.combined,
            "swings": [{**asdict(swing), "width": swing.width} for swing in explanation.swings],
            "reason": _text(explanation.steady, texts),
        },
        "plugin": {"name": plugin.name, "version": plugin.version, "distribution": plugin.distribution}
        if plugin
        else None,
    }
