"""What a result rests on, in pairs of words: people, coverage, cells, agreement, agreed values, plugin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cxmaturity.api import Agreed, Reliability, Standing, State
from cxmaturity.explaining import Explanation
from cxmaturity.report.words import Wording
from cxmaturity.scoring.interpretation import Kind, interpret
from cxmaturity.texts import Texts

Fact = tuple[str, str]

_CALLED: Mapping[str, Kind] = {
    "krippendorff": "krippendorff",
    "cronbach": "consistency",
    "omega": "consistency",
}
"""By which bands the figures beside a score are called."""


def facts_of(explanation: Explanation, wording: Wording) -> Iterator[Fact]:
    """Name and words of each thing that is known."""
    texts, subject = wording.texts, explanation.subject
    people = texts("explain.fact.suppressed") if subject.suppressed else texts.write(subject.n, "whole")
    yield texts("explain.fact.people"), people
    if isinstance(subject, Standing) and subject.coverage is not None:
        covered = texts("explain.fact.coverage-value", coverage=subject.coverage)
        yield texts("explain.fact.coverage"), covered
    if not subject.suppressed:
        yield from _cells(subject.states, texts)
    if subject.agreement is not None:
        yield texts("explain.fact.agreement"), wording.agreement(subject.agreement)
    yield from _reliability(subject.reliability, texts)
    if isinstance(subject, Standing):
        yield from _beside(subject, texts)
    yield from _agreed(subject.agreed, texts)
    yield texts("explain.fact.plugin"), _plugin(explanation, texts)


def _cells(states: Mapping[State, int], texts: Texts) -> Iterator[Fact]:
    said = [
        texts(f"explain.fact.state.{state.name.lower().replace('_', '-')}", n=count)
        for state, count in states.items()
        if count
    ]
    if said:
        yield texts("explain.fact.cells"), " · ".join(said)


def _reliability(reliability: Reliability, texts: Texts) -> Iterator[Fact]:
    """What there is beside r_wg, which is the agreement: each figure, and what it is called."""
    if reliability.average_deviation is not None:
        said = texts("explain.fact.deviation-value", value=reliability.average_deviation)
        yield texts("explain.fact.average-deviation"), said
    for name, kind in _CALLED.items():
        value = getattr(reliability, name)
        if value is not None:
            yield texts(f"explain.fact.{name}"), texts(interpret(kind, value), value=value)
    if reliability.icc_1 is not None and reliability.icc_2 is not None:
        values = {
            "icc_1": texts(interpret("icc-1", reliability.icc_1), value=reliability.icc_1),
            "icc_2": texts(interpret("icc-2", reliability.icc_2), value=reliability.icc_2),
            "grouped_by": texts(f"attribute.{reliability.grouped_by}"),
        }
        yield texts("explain.fact.icc"), texts("explain.fact.icc-value", **values)


def _beside(standing: Standing, texts: Texts) -> Iterator[Fact]:
    """The scores that stand beside what people say."""
    if standing.measured is not None:
        yield texts("explain.fact.measured"), texts.write(standing.measured, "points")
    if standing.evidenced is not None:
        yield texts("explain.fact.evidenced"), texts.write(standing.evidenced, "points")


def _agreed(agreed: Agreed | None, texts: Texts) -> Iterator[Fact]:
    if agreed is None:
        return
    values = {"score": agreed.score, "by": agreed.by, "at": agreed.at, "why": agreed.why}
    yield texts("explain.fact.agreed"), texts(f"explain.fact.agreed-value.{agreed.kind}", **values)
    if agreed.mean is not None:
        yield texts("explain.fact.mean"), texts.write(agreed.mean, "points")


def _plugin(explanation: Explanation, texts: Texts) -> str:
    plugin = explanation.plugin
    if explanation.kind == "overall":
        return texts("explain.fact.means")
    if plugin is None:
        return texts("explain.fact.default")
    values = {"plugin": plugin.name, "distribution": plugin.distribution, "version": plugin.version}
    return texts("explain.fact.plugin-value", **values)
