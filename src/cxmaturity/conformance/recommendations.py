"""Recommendations improve practices that there are, and can be done one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cxmaturity.conformance.subject import Subject
from cxmaturity.plugins import guarded
from cxmaturity.roadmap.catalogue import read_catalogue
from cxmaturity.roadmap.model import Recommendation


def recommendations(subject: Subject) -> Iterator[str]:
    """Lifts, prerequisites and KPI lead to things that exist, and no prerequisites form a circle."""
    everything = _all(subject)
    own = [entry for entry in everything if entry.plugin == subject.name]
    by_id = {entry.id: entry for entry in reversed(everything)}
    practices = {practice.id for each in subject.known.values() for practice in each.practices()}
    metrics = {metric.id for _, metric in subject.plugins.metrics}
    for entry in own:
        if by_id[entry.id].plugin != entry.plugin:
            yield f"the id '{entry.id}' is taken by the plugin '{by_id[entry.id].plugin}'"
        for practice in entry.lifts:
            if practice not in practices:
                yield f"'{entry.id}' lifts '{practice}', which is a practice of no questionnaire"
        if entry.kpi.metric is not None and entry.kpi.metric not in metrics:
            yield f"'{entry.id}' is measured by '{entry.kpi.metric}', a metric that no plugin computes"
        yield from _prerequisites(entry, by_id)


def _all(subject: Subject) -> list[Recommendation]:
    """All recommendations that can be read, those of others first."""
    read: list[Recommendation] = []
    for name, source in sorted(subject.plugins.catalogues, key=lambda pair: pair[0] == subject.name):
        entries = guarded(lambda source=source, name=name: read_catalogue(source, name))  # type: ignore[misc]
        if not isinstance(entries, BaseException):
            read += entries
    return read


def _prerequisites(entry: Recommendation, by_id: Mapping[str, Recommendation]) -> Iterator[str]:
    for name in entry.prerequisites:
        if name not in by_id:
            yield f"'{entry.id}' needs '{name}', which no catalogue has"
        elif by_id[name].find_out:
            yield f"'{entry.id}' needs '{name}', which only finds out"
    if _leads_back(entry, by_id):
        yield f"'{entry.id}' is among its own prerequisites"


def _leads_back(entry: Recommendation, by_id: Mapping[str, Recommendation]) -> bool:
    ahead, seen = [*entry.prerequisites], set[str]()
    while ahead:
        name = ahead.pop()
        if name not in seen and name in by_id:
            seen.add(name)
            ahead += by_id[name].prerequisites
    return entry.id in seen
