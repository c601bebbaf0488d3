"""Every hook that a plugin may implement, each with what it gets and gives.

A hook is implemented by a function of the same name, marked with :data:`cxmaturity.api.hookimpl`.
Each implementation is called by itself: one that fails is named and left out, the others go on.
Wrappers are refused, because a stranger's wrapper would rewrite everyone's results.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from cxmaturity.api import Metric, Scorer

hookspec = pluggy.HookspecMarker("cxmaturity")


@hookspec
def cxmaturity_scorers() -> list[Scorer]:  # type: ignore[empty-body]
    """The scorers of the dimensions that the plugin claims, one object each."""


@hookspec
def cxmaturity_catalogues() -> list[Traversable]:  # type: ignore[empty-body]
    """Catalogues of recommendations: YAML files as ``docs/plugins/catalogues.md`` describes them."""


@hookspec
def cxmaturity_metrics() -> list[Metric]:  # type: ignore[empty-body]
    """Figures computed from the organisation's customer data, for the plugin's own dimensions."""


@hookspec
def cxmaturity_translations() -> list[Traversable]:  # type: ignore[empty-body]
    """The plugin's texts: YAML files named ``texts.<language>.yaml``, ``texts.en.yaml`` at least.

    Keys are those of the plugin's messages. ``metric.<id>.title``, ``.name`` (inside a sentence) and
    ``.definition`` describe a metric in reports, and ``metric.<id>.<part>`` each of its parts.
    """
