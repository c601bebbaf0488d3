"""The page that holds what people say against what a reviewer confirmed and what customer data shows."""

from __future__ import annotations

from cxmaturity.api import PracticeResult, Standing
from cxmaturity.report.charts import ChartWords, DumbbellRow, dumbbell
from cxmaturity.report.context import Measures
from cxmaturity.report.words import Wording
from cxmaturity.result import Assessment


def build_measures(wording: Wording, words: ChartWords, assessment: Assessment) -> Measures:
    """What people say beside what is confirmed and measured."""
    texts = wording.texts
    rows = _rows(assessment)
    contradictions = _contradictions(wording, assessment)
    caps = [cap for each in assessment.practices() for cap in each.caps if cap.source == "measured"]
    compared = any(each.measured is not None or each.evidenced is not None for each in rows)
    return Measures(
        title=_title(wording, assessment, len(contradictions)),
        dumbbell=dumbbell(
            [
                DumbbellRow(
                    s.title, s.score, s.interval, s.measured, hidden=s.suppressed, evidenced=s.evidenced
                )
                for s in rows
            ],
            title=texts("report.chart.dumbbell"),
            words=words,
        )
        if compared
        else None,
        caption=texts("report.measures.caption"),
        meaning=texts("report.measures.meaning") if compared else "",
        contradictions=contradictions,
        caps=tuple(texts.message(cap.reason) for cap in caps),
        confirmed=tuple(
            _confirmed(wording, practice) for practice in assessment.practices() if practice.confirmed
        ),
    )


def _title(wording: Wording, assessment: Assessment, contradictions: int) -> str:
    texts = wording.texts
    measured = [metric for metric in assessment.metrics if metric.value is not None]
    scored = {practice.id for practice in assessment.practices() if practice.score is not None}
    if not measured:
        confirmed = sum(1 for practice in assessment.practices() if practice.confirmed)
        return texts("report.measures.confirmed", n=confirmed) if confirmed else texts("report.measures.none")
    if contradictions:
        return texts("report.measures.contradiction", n=contradictions)
    if not any(metric.band is not None and metric.practice in scored for metric in measured):
        return texts("report.measures.uncompared", n=len(measured))
    return texts("report.measures.agree", n=len(measured))


def _contradictions(wording: Wording, assessment: Assessment) -> tuple[str, ...]:
    ids = {metric.id for metric in assessment.metrics}
    return tuple(
        wording.texts.message(finding.message)
        for dimension in assessment.dimensions
        for finding in dimension.findings
        if finding.kind == "contradiction" and finding.about in ids
    )


def _rows(assessment: Assessment) -> list[Standing]:
    """The practices that were measured or confirmed, those without a score too, then every dimension."""
    practices: list[Standing] = [
        practice
        for practice in assessment.practices()
        if practice.measured is not None or practice.evidenced is not None
    ]
    return [*practices, *assessment.dimensions]


def _confirmed(wording: Wording, practice: PracticeResult) -> str:
    """What a reviewer has seen proof of, in a sentence."""
    seen = practice.confirmed
    if seen is None:
        raise ValueError(f"nothing is confirmed of {practice.id}")
    values = {
        "practice": practice.title,
        "level": seen.level,
        "by": seen.by,
        "at": seen.at,
        "what": seen.what,
    }
    return wording.texts("report.measures.evidence", **values)
