"""Decides between plugins: who scores which dimension, and whose is a name that several bring."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from cxmaturity.api import Metric, Scorer
from cxmaturity.plugins.guarding import PluginError
from cxmaturity.plugins.model import Plugin, Plugins
from cxmaturity.plugins.trying import Brought

T = TypeVar("T")


def settle(listed: Sequence[Plugin], brought: Sequence[Brought], choices: Mapping[str, str]) -> Plugins:
    """Gather what those allowed bring. ``choices`` leads from a dimension to who is to score it."""
    by_name = {plugin.name: plugin for plugin in reversed(listed)}
    scorers, refused = _scorers(brought, by_name, choices)
    scoring = {name for _, name in scorers.values()}
    # ours stay with their metrics and catalogues even if the workspace lets another plugin score
    lost = {each.name for each in brought if each.scorers and not by_name[each.name].first_party} - scoring
    kept = [each for each in brought if each.name not in lost]
    metrics, doubled = _metrics(kept)
    names = _Names()
    return Plugins(
        scorers=scorers,
        catalogues=tuple((each.name, item) for each in kept for item in each.catalogues),
        metrics=metrics,
        texts=tuple((each.name, item) for each in kept for item in each.texts),
        questionnaires=names.give(kept, "questionnaire", lambda b: ((q.name, q) for q in b.questionnaires)),
        readers=names.give(kept, "reader of", lambda b: ((s, r) for r in b.readers for s in r.suffixes)),
        formats=names.give(kept, "format", lambda b: ((f.name, f) for f in b.formats)),
        sections=tuple((each.name, item) for each in kept for item in each.sections),
        listed=tuple(_settled(plugin, scorers, names.refused | refused, doubled) for plugin in listed),
    )


def _scorers(
    brought: Sequence[Brought], plugins: Mapping[str, Plugin], choices: Mapping[str, str]
) -> tuple[dict[str, tuple[Scorer, str]], dict[str, str]]:
    """Who scores each dimension, and the reason for each plugin that does not get one."""
    claims: dict[str, list[tuple[Scorer, str]]] = {}
    for each in brought:
        for scorer in each.scorers:
            claims.setdefault(scorer.dimension, []).append((scorer, each.name))
    scorers: dict[str, tuple[Scorer, str]] = {}
    refused: dict[str, str] = {}
    for dimension, claimed in sorted(claims.items()):
        winner = _winner(claimed, plugins, choices.get(dimension))
        if winner is not None:
            scorers[dimension] = winner
        if winner is None or winner[1] != choices.get(dimension):  # what the workspace decided is no failure
            losers = [name for _, name in claimed if winner is None or name != winner[1]]
            refused |= {name: _why_refused(dimension, name, winner) for name in losers}
    return scorers, refused


def _winner(
    claimed: Sequence[tuple[Scorer, str]], plugins: Mapping[str, Plugin], choice: str | None
) -> tuple[Scorer, str] | None:
    """Who scores a dimension: the workspace's choice, else ours, else the only claimant."""
    chosen = [pair for pair in claimed if pair[1] == choice]
    ours = [pair for pair in claimed if plugins[pair[1]].first_party]
    for candidates in (chosen, ours, claimed):
        if len(candidates) == 1:
            return candidates[0]
    return None


def _why_refused(dimension: str, name: str, winner: tuple[Scorer, str] | None) -> str:
    if winner is not None:
        return f"it claims the dimension '{dimension}', which '{winner[1]}' scores"
    decide = f"plugins: {{dimensions: {{{dimension}: {name}}}}}"
    return f"several plugins claim the dimension '{dimension}'; decide in assessment.yaml: {decide}"


def _metrics(kept: Sequence[Brought]) -> tuple[tuple[tuple[str, Metric], ...], dict[str, str]]:
    """All metrics, each id once, and the reason for whoever takes one that is taken: it has failed."""
    owners: dict[str, str] = {}
    metrics: list[tuple[str, Metric]] = []
    doubled: dict[str, str] = {}
    for each in kept:
        for metric in each.metrics:
            owner = owners.setdefault(metric.id, each.name)
            if owner == each.name:
                metrics.append((each.name, metric))
            else:
                doubled[each.name] = f"the metric '{metric.id}' is computed by the plugin '{owner}'"
    return tuple(metrics), doubled


@dataclass
class _Names:
    """Gives each name to the first plugin that brings it; whoever comes later does without."""

    refused: dict[str, str] = field(default_factory=dict)

    def give(
        self, kept: Sequence[Brought], kind: str, items: Callable[[Brought], Iterable[tuple[str, T]]]
    ) -> dict[str, tuple[T, str]]:
        """All items of a kind by name, each with its plugin."""
        given: dict[str, tuple[T, str]] = {}
        for each in kept:
            for name, item in items(each):
                owner = given.setdefault(name, (item, each.name))[1]
                if given[name][0] is not item:
                    self.refused[each.name] = f"it brings the {kind} '{name}', which '{owner}' brings"
        return given


def _settled(
    plugin: Plugin,
    scorers: Mapping[str, tuple[Scorer, str]],
    refused: Mapping[str, str],
    doubled: Mapping[str, str],
) -> Plugin:
    """A plugin with the dimensions that it got, and why it did not get all that it wanted."""
    if plugin.state != "active":
        return plugin
    won = tuple(dimension for dimension, (_, name) in scorers.items() if name == plugin.name)
    plugin = replace(plugin, dimensions=won)
    if plugin.name in doubled:
        reason = doubled[plugin.name]
        return replace(plugin, state="failed", reason=reason, error=PluginError(reason))
    if plugin.name in refused:
        return replace(plugin, state="refused", reason=refused[plugin.name])
    return plugin
