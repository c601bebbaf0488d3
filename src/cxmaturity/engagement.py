"""The stages of the flow, each a function: load, assess, plan, render."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from cxmaturity import assessment as stage
from cxmaturity.api import Metric
from cxmaturity.errors import Problem
from cxmaturity.evidence.mapping import check_mapping
from cxmaturity.plugins import Plugin, PluginError, Plugins, guarded, load_plugins
from cxmaturity.result import Assessment
from cxmaturity.roadmap.catalogue import read_catalogues
from cxmaturity.roadmap.model import Recommendation, Roadmap
from cxmaturity.roadmap.placing import Capacity
from cxmaturity.roadmap.planning import plan as make_plan
from cxmaturity.texts import Entry, Texts, load_texts, read_entries
from cxmaturity.workspace import Workspace, load_workspace


@dataclass(frozen=True)
class Engagement:
    """A workspace with everything that works on it: plugins, their catalogues, and texts in its language.

    ``problems`` are mistakes in how evidence is mapped: they leave metrics unmeasured.
    """

    workspace: Workspace
    plugins: Plugins
    catalogue: tuple[Recommendation, ...]
    texts: Texts
    problems: tuple[Problem, ...] = ()


def load(
    folder: str | Path,
    *,
    language: str | None = None,
    third_party: bool = True,
    plugins: Plugins | None = None,
) -> Engagement:
    """Read a workspace and load what works on it.

    ``language`` overrides the workspace's; ``third_party=False`` leaves out all plugins but ours;
    ``plugins`` takes those already loaded. Raises :class:`cxmaturity.errors.UserError`.
    """
    workspace = load_workspace(Path(folder), language=language)
    found = plugins or load_plugins(third_party=third_party, choices=workspace.file.plugins.dimensions)
    catalogue, found = read_catalogues(found)
    words, found = plugin_texts(found, language or workspace.file.language)
    texts = load_texts(language or workspace.file.language, words)
    problems = [*check_mapping(workspace.file, workspace.document, [metric for _, metric in found.metrics])]
    if third_party:
        problems += check_choices(workspace, found)
    return Engagement(workspace, found, catalogue, texts, tuple(problems))


def check_choices(workspace: Workspace, plugins: Plugins) -> Iterator[Problem]:
    """Decisions of a workspace on plugins that are not installed."""
    names = [plugin.name for plugin in plugins.listed]
    decisions = workspace.file.plugins
    named = [(("plugins", "dimensions", dimension), name) for dimension, name in decisions.dimensions.items()]
    named += [(("plugins", "may_cap", number), name) for number, name in enumerate(decisions.may_cap)]  # type: ignore[misc]
    for loc, name in named:
        if name not in names:
            what = f"there is no plugin '{name}'"
            yield workspace.document.problem(loc, what, f"use one of {', '.join(names)}")


def plugin_texts(plugins: Plugins, language: str) -> tuple[dict[str, Entry], Plugins]:
    """The texts of plugins in a language, else in English, and the plugins with those marked that failed."""
    words: dict[str, Entry] = {}
    for file in ("texts.en.yaml", f"texts.{language}.yaml"):
        for name, source in plugins.texts:
            if source.name == file:
                result = guarded(lambda source=source: read_entries(source))  # type: ignore[misc]
                if isinstance(result, BaseException):
                    plugins = plugins.failed(name, result, f"reading {file}")
                else:
                    words.update(result)
    for name, metric in plugins.metrics:
        missing = [key for key in metric_keys(metric) if key not in words]
        if missing and plugins.named(name).usable:
            error = PluginError(f"{', '.join(missing)}: no such text")
            plugins = plugins.failed(name, error, f"describing {metric.id}")
    return words, plugins


def metric_keys(metric: Metric) -> tuple[str, ...]:
    """The texts without which a metric cannot be shown."""
    return tuple(f"metric.{metric.id}.{part}" for part in ("title", "name", "definition"))


def assess(engagement: Engagement) -> Assessment:
    """Score an engagement's answers and weigh them against its customer data."""
    return stage.assess(engagement.workspace, engagement.plugins, engagement.texts, engagement.problems)


def plan(engagement: Engagement, assessment: Assessment) -> Roadmap:
    """The roadmap for an assessment, under the workspace's capacity."""
    capacity = engagement.workspace.file.capacity
    plugins = replace(engagement.plugins, listed=_as_assessed(engagement, assessment))
    return make_plan(
        assessment,
        plugins,
        tuple(entry for entry in engagement.catalogue if plugins.named(entry.plugin).usable),
        Capacity(capacity.start, capacity.quarters, capacity.person_days, capacity.budget)
        if capacity
        else None,
        may_cap=engagement.workspace.may_cap,
    )


def _as_assessed(engagement: Engagement, assessment: Assessment) -> tuple[Plugin, ...]:
    """The plugins as they came out of the assessment: one that failed there does not plan either."""
    known = {plugin.name: plugin for plugin in assessment.plugins}
    return tuple(known.get(plugin.name, plugin) for plugin in engagement.plugins.listed)


def render(engagement: Engagement, assessment: Assessment, roadmap: Roadmap, output: str | Path) -> Path:
    """Write the report as PDF, whole or not at all, and give its path."""
    from cxmaturity.report.pdf import render_pdf  # lazy: WeasyPrint takes half a second

    return render_pdf(engagement.workspace, engagement.texts, assessment, roadmap, Path(output))
