"""Recommendations improve practices that there are, and can be done one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from cxmaturity.conformance.subject import Subject
from cxmaturity.plugins import guarded
from cxmaturity.roadmap.catalogue import read_catalogue
from cxmaturity.roadmap.consistency import behind, wrong_exclusion
from cxmaturity.roadmap.model import Recommendation


def recommendations(subject: Subject) -> Iterator[str]:
    """Lifts, prerequisites, exclusions and KPI lead to things that exist, and all of them can be done."""
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
        yield from _exclusions(entry, by_id)


def _all(subject: Subject) -> list[Recommendation]:
    """All recommendations that can be read, those of others first."""
    read: list[Recommendation] = []
    for name, source in sorted(subject.plugins.catalogues, key=lambda pair: pair[0] == subject.name):
        entries = guarded(lambda source=source, name=name: read_catalogue(source, name))  # type: ignore[misc]
        if not isinstance(entries, BaseException):
            read += entries
    return read


def _prerequisites(entry: Recommendation, by_id: Mapping[str, Recommendation]) -> Iterator[str]:
    yield from _dead_ends(entry.id, "needs", entry.prerequisites, by_id)
    before = behind(entry.id, {name: each.prerequisites for name, each in by_id.items()})
    if entry.id in before:
        yield f"'{entry.id}' is among its own prerequisites"
    for name, other in combinations(sorted(before & by_id.keys()), 2):
        if other in by_id[name].excludes or name in by_id[other].excludes:
            yield f"'{entry.id}' needs '{name}' and '{other}', which exclude each other"


def _exclusions(entry: Recommendation, by_id: Mapping[str, Recommendation]) -> Iterator[str]:
    yield from _dead_ends(entry.id, "excludes", entry.excludes, by_id)
    needs = {name: each.prerequisites for name, each in by_id.items()}
    yield from filter(None, (wrong_exclusion(entry.id, name, needs) for name in entry.excludes))


def _dead_ends(
    entry: str, verb: str, named: Iterable[str], by_id: Mapping[str, Recommendation]
) -> Iterator[str]:
    for name in named:
        if name not in by_id:
            yield f"'{entry}' {verb} '{name}', which no catalogue has"
        elif by_id[name].find_out:
            yield f"'{entry}' {verb} '{name}', which only finds out"
