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

    from cxmaturity.api import Format, Metric, Reader, Scorer, Section

hookspec = pluggy.HookspecMarker("cxmaturity")


@hookspec
def cxmaturity_scorers() -> list[Scorer]:  # type: ignore[empty-body]
    """The scorers of the dimensions that the plugin claims, one object each."""


@hookspec
def cxmaturity_questionnaires() -> list[Traversable]:  # type: ignore[empty-body]
    """Questionnaires: folders that are named by the questionnaire's id and hold a ``questionnaire.yaml``.

    One without ``levels`` is a part, which a workspace lists after a whole questionnaire:
    ``questionnaire: [customer-centricity, accessibility]``. Nothing is asked before a workspace names it.
    """


@hookspec
def cxmaturity_readers() -> list[Reader]:  # type: ignore[empty-body]
    """Readers of response files, one object per kind of file. A suffix has one reader."""


@hookspec
def cxmaturity_formats() -> list[Format]:  # type: ignore[empty-body]
    """What a report can be written as, one object per format. A name has one format."""


@hookspec
def cxmaturity_sections() -> list[Section]:  # type: ignore[empty-body]
    """Pages that are added to the report, each with a template and the data for it."""


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
