"""The stages of the flow, each a function: load, assess, plan, render."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from cxmaturity import assessment as stage
from cxmaturity.errors import Problem
from cxmaturity.evidence.mapping import check_mapping
from cxmaturity.plugins import Plugin, PluginError, Plugins, guarded, load_plugins
from cxmaturity.result import Assessment
from cxmaturity.roadmap.catalogue import read_catalogues
from cxmaturity.roadmap.model import Recommendation, Roadmap
from cxmaturity.roadmap.placing import Capacity
from cxmaturity.roadmap.planning import plan as make_plan
from cxmaturity.texts import Entry, Texts, load_texts, read_entries
from cxmaturity.workspace import FILE, AssessmentFile, Workspace, load_workspace
from cxmaturity.yamlfile import YamlDocument


@dataclass(frozen=True)
class Engagement:
    """A workspace with everything that works on it: plugins, their catalogues, and texts in its language.

    ``problems`` are mistakes in how evidence is mapped or plugins are chosen, which leave something out.
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
    problems = check_settings(workspace.file, workspace.document, found, third_party=third_party)
    # named as seen from the workspace, so that a result does not depend on where that lies
    placed = tuple(replace(problem, file=FILE) for problem in problems)
    return Engagement(workspace, found, catalogue, texts, placed)


def check_settings(
    file: AssessmentFile, document: YamlDocument, plugins: Plugins, *, third_party: bool
) -> list[Problem]:
    """What is wrong with the settings on evidence, bands and plugins, given the plugins that there are."""
    problems = [*check_mapping(file, document, [metric for _, metric in plugins.metrics])]
    return [*problems, *_check_choices(file, document, plugins)] if third_party else problems


def _check_choices(file: AssessmentFile, document: YamlDocument, plugins: Plugins) -> Iterator[Problem]:
    """Decisions of a workspace on plugins that are not installed."""
    names = [plugin.name for plugin in plugins.listed]
    chosen = file.plugins.dimensions.items()
    named: list[tuple[tuple[str | int, ...], str]] = [
        *((("plugins", "dimensions", dimension), name) for dimension, name in chosen),
        *((("plugins", "may_cap", number), name) for number, name in enumerate(file.plugins.may_cap)),
    ]
    for loc, name in named:
        if name not in names:
            yield document.problem(loc, f"there is no plugin '{name}'", f"use one of {', '.join(names)}")


def plugin_texts(plugins: Plugins, language: str) -> tuple[dict[str, Entry], Plugins]:
    """The texts of plugins in a language, else in English, and the plugins with those marked that failed.

    A key belongs to the plugin that brings it first, ours before others.
    """
    words: dict[str, Entry] = {}
    for name in dict.fromkeys(name for name, _ in (*plugins.texts, *plugins.metrics)):
        result = guarded(lambda n=name, p=plugins: _texts_of(n, p, language, words))  # type: ignore[misc]
        if isinstance(result, BaseException):
            plugins = plugins.failed(name, result, "reading its texts")
        else:
            words.update(result)
    return words, plugins


def _texts_of(name: str, plugins: Plugins, language: str, taken: Mapping[str, Entry]) -> dict[str, Entry]:
    """One plugin's texts, with all that its metrics need."""
    own: dict[str, Entry] = {}
    for file in ("texts.en.yaml", f"texts.{language}.yaml"):
        for plugin, source in plugins.texts:
            if plugin == name and source.name == file:
                own.update(read_entries(source))
    twice = sorted(own.keys() & taken.keys())
    if twice:
        raise PluginError(f"the text '{twice[0]}' belongs to another plugin")
    described = Texts(language, own)
    for plugin, metric in plugins.metrics:
        if plugin == name:
            for part in ("title", "name", "definition"):
                described(f"metric.{metric.id}.{part}")
    return own


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
