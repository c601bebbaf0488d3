"""The plugins of a run: each with what became of it, and what those in use bring."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from importlib.resources.abc import Traversable
from typing import Literal

from cxmaturity.api import Format, Metric, Reader, Scorer, Section
from cxmaturity.plugins.guarding import describe

FIRST_PARTY = "cxmaturity"
CORE = "core"
"""The plugin through which the core brings its own questionnaires, readers and formats."""

PluginState = Literal["active", "failed", "refused", "disabled"]


@dataclass(frozen=True, slots=True)
class Plugin:
    """A plugin as listed: where it comes from, and whether it is used.

    ``state`` is ``active``; ``failed`` (it could not be loaded, or raised, and nothing of it is used);
    ``refused`` (it may not do all that it wants to); or ``disabled`` (the workspace does without it). All
    but the first have a ``reason``. ``dimensions`` are those that it scores, ``hooks`` what it implements,
    such as ``scorers``, ``api`` the version of the plugin API that it was written for. ``notes`` are remarks
    for its author, such as on hooks that will go. ``error`` is the exception.
    """

    name: str
    version: str
    distribution: str
    state: PluginState = "active"
    reason: str = ""
    dimensions: tuple[str, ...] = ()
    hooks: tuple[str, ...] = ()
    api: int | None = None
    notes: tuple[str, ...] = ()
    error: BaseException | None = field(default=None, compare=False, repr=False)

    @property
    def usable(self) -> bool:
        """Whether anything that it brings is used."""
        return self.state in {"active", "refused"}

    @property
    def in_order(self) -> bool:
        """Whether it does what it wants to, or the workspace wants to do without it."""
        return self.state in {"active", "disabled"}

    @property
    def first_party(self) -> bool:
        """Whether it comes with the product."""
        return self.distribution == FIRST_PARTY

    @property
    def origin(self) -> str:
        """Its name with its distribution, as messages name it."""
        return f"the plugin '{self.name}' ({self.distribution} {self.version})"


@dataclass(frozen=True, slots=True)
class Plugins:
    """All plugins found, and what the usable ones bring.

    ``scorers`` leads from a dimension to its scorer and the name of the plugin; so do ``questionnaires`` from
    an id to a folder, ``readers`` from a suffix, ``formats`` from a name. ``catalogues``, ``metrics``,
    ``texts`` and ``sections`` are pairs of a plugin's name and a thing it brings. Where they are not
    ``complete``, some plugin was left out, failed or refused, and what it would have brought may be missing.
    """

    listed: tuple[Plugin, ...]
    scorers: Mapping[str, tuple[Scorer, str]] = field(default_factory=dict)
    catalogues: tuple[tuple[str, Traversable], ...] = ()
    metrics: tuple[tuple[str, Metric], ...] = ()
    texts: tuple[tuple[str, Traversable], ...] = ()
    questionnaires: Mapping[str, tuple[Traversable, str]] = field(default_factory=dict)
    readers: Mapping[str, tuple[Reader, str]] = field(default_factory=dict)
    formats: Mapping[str, tuple[Format, str]] = field(default_factory=dict)
    sections: tuple[tuple[str, Section], ...] = ()
    complete: bool = True

    def named(self, name: str) -> Plugin:
        """The plugin of this name."""
        return next(plugin for plugin in self.listed if plugin.name == name)

    def known_questionnaires(self) -> dict[str, Traversable]:
        """The questionnaires' folders by id."""
        return {name: folder for name, (folder, _) in self.questionnaires.items()}

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
