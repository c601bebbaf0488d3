"""Finds, tries, isolates and lists plugins.

Ours are found through the same entry-point group as anybody's. Each plugin is tried in a manager of
its own before it may join, and each hook implementation is called by itself, so that one that fails
is named and left out while the rest goes on.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field, replace
from importlib.metadata import EntryPoint, entry_points
from importlib.resources.abc import Traversable
from types import ModuleType
from typing import Any, Literal, TypeVar, get_args

import pluggy

from cxmaturity import hookspecs
from cxmaturity.api import API_VERSION, Column, Metric, MetricUnit, Scorer

GROUP = "cxmaturity"
FIRST_PARTY = "cxmaturity"

T = TypeVar("T")


class PluginError(Exception):
    """A plugin that cannot be used, with the reason in words for the user."""


class PluginFailedError(Exception):
    """A plugin's call that raised, or gave what it may not; ``error`` is the cause."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(describe(error))
        self.error = error


@dataclass(frozen=True, slots=True)
class Plugin:
    """A plugin as listed: where it comes from, and whether it is used.

    ``state`` is ``active``, ``failed`` (it could not be loaded, or raised, and nothing of it is used), or
    ``refused`` (it may not do all that it wants to); the latter two with a ``reason``. ``dimensions`` are
    those that it scores; ``error`` is the exception.
    """

    name: str
    version: str
    distribution: str
    state: Literal["active", "failed", "refused"] = "active"
    reason: str = ""
    dimensions: tuple[str, ...] = ()
    error: BaseException | None = field(default=None, compare=False, repr=False)

    @property
    def usable(self) -> bool:
        """Whether what it brings is used."""
        return self.state != "failed"

    @property
    def first_party(self) -> bool:
        """Whether it comes with the product."""
        return self.distribution == FIRST_PARTY


@dataclass(frozen=True, slots=True)
class Plugins:
    """All plugins found, and what the active ones bring.

    ``scorers`` leads from a dimension to its scorer and the name of the plugin; ``catalogues``,
    ``metrics`` and ``texts`` are pairs of a plugin's name and a thing it brings.
    """

    listed: tuple[Plugin, ...]
    scorers: Mapping[str, tuple[Scorer, str]]
    catalogues: tuple[tuple[str, Traversable], ...] = ()
    metrics: tuple[tuple[str, Metric], ...] = ()
    texts: tuple[tuple[str, Traversable], ...] = ()

    def named(self, name: str) -> Plugin:
        """The plugin of this name."""
        return next(plugin for plugin in self.listed if plugin.name == name)

    def may_bind(self, name: str, allowed: Collection[str]) -> bool:
        """Whether a plugin's word counts beyond its own dimension: ours does, and that of those allowed."""
        return self.named(name).first_party or name in allowed

    def failed(self, name: str, error: BaseException, doing: str) -> Plugins:
        """The same plugins with one marked as failed."""
        reason = f"{doing}: {describe(error)}"
        listed = tuple(
            replace(plugin, state="failed", reason=reason, error=error)
            if plugin.name == name and plugin.usable
            else plugin
            for plugin in self.listed
        )
        return replace(self, listed=listed)


def describe(error: BaseException) -> str:
    """An exception in one line: its own words if it has any, after its type."""
    if isinstance(error, PluginError):
        return str(error)
    words = guarded(lambda: str(error))  # even an exception's words are somebody else's code
    text = " ".join(words.split())[:300] if isinstance(words, str) else ""
    text = text.encode("utf-8", "replace").decode("utf-8")  # half of a surrogate pair prints nowhere
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def guarded(call: Callable[[], T]) -> T | BaseException:
    """What a plugin's call gives, or the exception that it raised, a wish to exit included.

    This is the one place where everything is caught: a plugin is somebody else's code, and its
    bug must not take the run down. Only the user's own interruption passes.
    """
    try:
        with redirect_stdout(sys.stderr):  # what it prints is no part of our data
            return call()
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - see above
        return error


def ask(call: Callable[[], T]) -> T:
    """What a plugin's call gives; raises :class:`PluginFailedError` for whatever the plugin raises."""
    result = guarded(call)
    if isinstance(result, BaseException):
        raise PluginFailedError(result)
    return result


def all_of(kind: type[T], items: Iterable[object]) -> tuple[T, ...]:
    """What a plugin gave as a tuple, if all of it is of the right kind."""
    gathered = []
    for item in items:
        if not isinstance(item, kind):
            raise PluginError(f"it gave a {type(item).__name__} instead of a {kind.__name__}")
        gathered.append(item)
    return tuple(gathered)


def build_manager() -> pluggy.PluginManager:
    """A plugin manager that knows our hooks and no plugin."""
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(hookspecs)
    return manager


def load_plugins(
    *,
    third_party: bool = True,
    choices: Mapping[str, str] | None = None,
    found: Iterable[EntryPoint] | None = None,
) -> Plugins:
    """All plugins, loaded, tried and asked for what they bring.

    ``third_party=False`` leaves out all but ours. ``choices`` decides for a dimension that several
    plugins claim: dimension to plugin name. ``found`` are the entry points to look at, by default
    the installed ones.
    """
    points = entry_points(group=GROUP) if found is None else found
    listed: list[Plugin] = []
    brought: list[_Brought] = []
    pairs = [(point, _listing(point)) for point in points]
    # ours first, so that nobody else takes their names
    for point, plugin in sorted(
        pairs, key=lambda pair: (not pair[1].first_party, pair[0].name, pair[0].value)
    ):
        if not (third_party or plugin.first_party):
            continue
        result = guarded(lambda point=point, plugin=plugin: _try(point, plugin, listed))  # type: ignore[misc]
        if isinstance(result, BaseException):
            state: Literal["refused", "failed"] = "refused" if isinstance(result, _RefusedError) else "failed"
            listed.append(replace(plugin, state=state, reason=describe(result), error=result))
        else:
            listed.append(replace(plugin, dimensions=tuple(scorer.dimension for scorer in result.scorers)))
            brought.append(result)
    return _settle(listed, brought, choices or {})


class _RefusedError(PluginError):
    """A plugin that works but does what no plugin may."""


@dataclass(frozen=True, slots=True)
class _Brought:
    """What one plugin's hooks returned."""

    name: str
    scorers: tuple[Scorer, ...]
    catalogues: tuple[Traversable, ...]
    metrics: tuple[Metric, ...]
    texts: tuple[Traversable, ...]


def _listing(point: EntryPoint) -> Plugin:
    distribution = point.dist
    if distribution is None:
        return Plugin(point.name, "unknown", "unknown")
    # a distribution whose metadata are broken has neither
    return Plugin(point.name, distribution.version or "unknown", distribution.name or "unknown")


def _try(point: EntryPoint, plugin: Plugin, earlier: Sequence[Plugin]) -> _Brought:
    """Load one plugin into a manager of its own and call its hooks."""
    if any(other.name == plugin.name for other in earlier):
        raise PluginError(f"another plugin is called '{plugin.name}' too; uninstall one of them")
    module = point.load()
    _check_version(module)
    manager = build_manager()
    manager.register(module, plugin.name)
    manager.check_pending()
    for caller in manager.get_hookcallers(module) or ():
        if any(each.wrapper or each.hookwrapper for each in caller.get_hookimpls()):
            raise _RefusedError(f"it wraps the hook {caller.name}; wrappers are not allowed")
    scorers = tuple(_results(manager, "cxmaturity_scorers", Scorer))
    for scorer in scorers:
        if not isinstance(scorer.dimension, str) or not scorer.dimension:
            raise PluginError(f"{type(scorer).__name__}.dimension is not the id of a dimension")
    metrics = tuple(_results(manager, "cxmaturity_metrics", Metric))
    for metric in metrics:
        _check_metric(metric)
    return _Brought(
        plugin.name,
        scorers,
        tuple(_results(manager, "cxmaturity_catalogues", Traversable)),
        metrics,
        tuple(_results(manager, "cxmaturity_translations", Traversable)),
    )


def _check_metric(metric: Metric) -> None:
    """Refuse a metric that could not be computed or shown, whatever the data."""
    names: tuple[object, ...] = (metric.id, metric.dimension, metric.practice, metric.table, metric.source)
    if not all(isinstance(name, str) and name != "" for name in names):
        raise PluginError(f"the metric {metric.id!r} has a name that is no text")
    if not metric.practice.startswith(f"{metric.dimension}."):
        raise PluginError(f"the metric '{metric.id}' measures '{metric.practice}', not '{metric.dimension}'")
    if metric.unit not in get_args(MetricUnit):
        raise PluginError(f"the metric '{metric.id}' is in '{metric.unit}', not in {get_args(MetricUnit)}")
    columns: tuple[object, ...] = metric.columns
    for column in columns:
        if not isinstance(column, Column):
            raise PluginError(f"the metric '{metric.id}' has a column that is none: {column!r}")
        limits: tuple[object, ...] = (column.minimum, column.maximum)
        if not all(limit is None or isinstance(limit, (int, float)) for limit in limits):
            raise PluginError(f"the column '{column.name}' of '{metric.id}' has a limit that is no number")


def _check_version(module: ModuleType) -> None:
    version = getattr(module, "CXMATURITY_API", None)
    if type(version) is not int or version < 1:
        raise PluginError(f"it does not say which plugin API it needs; add CXMATURITY_API = {API_VERSION}")
    if version > API_VERSION:
        raise PluginError(
            f"it needs plugin API {version}, this cxmaturity has {API_VERSION}; update cxmaturity"
        )


def _results(manager: pluggy.PluginManager, hook: str, kind: type[Any]) -> Iterator[Any]:
    """What the one plugin of a manager returns from a hook."""
    for implementation in getattr(manager.hook, hook).get_hookimpls():
        result = implementation.function()
        if not isinstance(result, (list, tuple)):
            raise PluginError(f"{hook} returned {type(result).__name__} instead of a list")
        for item in result:
            if not isinstance(item, kind):
                raise PluginError(f"{hook} returned a {type(item).__name__} instead of a {kind.__name__}")
            yield item


def _settle(listed: list[Plugin], brought: Sequence[_Brought], choices: Mapping[str, str]) -> Plugins:
    """Decide who scores which dimension, and gather what those allowed bring."""
    by_name = {plugin.name: plugin for plugin in reversed(listed)}
    claims: dict[str, list[tuple[Scorer, str]]] = {}
    for each in brought:
        for scorer in each.scorers:
            claims.setdefault(scorer.dimension, []).append((scorer, each.name))
    scorers: dict[str, tuple[Scorer, str]] = {}
    refused: dict[str, str] = {}
    for dimension, claimed in sorted(claims.items()):
        winner = _winner(claimed, by_name, choices.get(dimension))
        if winner is not None:
            scorers[dimension] = winner
        if winner is None or winner[1] != choices.get(dimension):  # what the workspace decided is no failure
            losers = [name for _, name in claimed if winner is None or name != winner[1]]
            refused |= {name: _why_refused(dimension, name, winner) for name in losers}
    scoring = {name for _, name in scorers.values()}
    # ours stay with their metrics and catalogues even if the workspace lets another plugin score
    lost = {each.name for each in brought if each.scorers and not by_name[each.name].first_party} - scoring
    kept = [each for each in brought if each.name not in lost]
    settled = [_settled(plugin, scorers, refused) for plugin in listed]
    metrics, settled = _metrics(kept, settled)
    return Plugins(
        listed=tuple(settled),
        scorers=scorers,
        catalogues=tuple((each.name, item) for each in kept for item in each.catalogues),
        metrics=metrics,
        texts=tuple((each.name, item) for each in kept for item in each.texts),
    )


def _settled(plugin: Plugin, scorers: Mapping[str, tuple[Scorer, str]], refused: Mapping[str, str]) -> Plugin:
    """A plugin with the dimensions that it got, and why it did not get others."""
    if not plugin.usable or plugin.state == "refused":
        return plugin
    won = tuple(dimension for dimension, (_, name) in scorers.items() if name == plugin.name)
    if plugin.name in refused:
        return replace(plugin, dimensions=won, state="refused", reason=refused[plugin.name])
    return replace(plugin, dimensions=won)


def _metrics(
    kept: Sequence[_Brought], listed: list[Plugin]
) -> tuple[tuple[tuple[str, Metric], ...], list[Plugin]]:
    """All metrics, each id once: whoever takes one that is taken has failed."""
    owners: dict[str, str] = {}
    metrics: list[tuple[str, Metric]] = []
    for each in kept:
        for metric in each.metrics:
            owner = owners.setdefault(metric.id, each.name)
            if owner == each.name:
                metrics.append((each.name, metric))
                continue
            reason = f"the metric '{metric.id}' is computed by the plugin '{owner}'"
            listed = [
                replace(plugin, state="failed", reason=reason, error=PluginError(reason))
                if plugin.name == each.name and plugin.usable
                else plugin
                for plugin in listed
            ]
    return tuple(metrics), listed


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
