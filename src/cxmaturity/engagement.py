"""The stages of the flow, each a function: load, assess, plan, render."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from cxmaturity import assessment as stage
from cxmaturity.api import Format, Rendering
from cxmaturity.deciding import PlanChecks
from cxmaturity.errors import Problem, UserError
from cxmaturity.evidence.handed import check_results
from cxmaturity.evidence.mapping import check_mapping
from cxmaturity.outputs import write_whole
from cxmaturity.plugins import (
    CORE,
    Plugin,
    PluginError,
    PluginFailedError,
    Plugins,
    Selection,
    guarded,
)
from cxmaturity.result import Assessment
from cxmaturity.roadmap.catalogue import read_catalogues
from cxmaturity.roadmap.milp import Limits
from cxmaturity.roadmap.model import Recommendation, Roadmap, Target
from cxmaturity.roadmap.planning import LOOK, SEARCH, Question
from cxmaturity.roadmap.planning import plan as make_plan
from cxmaturity.roadmap.posing import UNPLANNED, Situation
from cxmaturity.roadmap.projection import Projector
from cxmaturity.roadmap.tradeoff import Tradeoff, Varied, point_of, trade_off
from cxmaturity.settings import AssessmentFile
from cxmaturity.texts import Entry, Texts, load_texts, read_entries
from cxmaturity.wishes import Wish, wish_in
from cxmaturity.workspace import FILE, Workspace, read_workspace
from cxmaturity.yamlfile import YamlDocument

if TYPE_CHECKING:
    from cxmaturity.report.context import PluginPage


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
    selection: Selection | None = None,
    plugins: Plugins | None = None,
) -> Engagement:
    """Read a workspace and load what works on it.

    ``language`` overrides the workspace's; ``selection`` says which plugins to look at, by default all that
    are installed; ``plugins`` takes those already loaded. Raises :class:`cxmaturity.errors.UserError`.
    """
    reading = read_workspace(Path(folder), language=language, selection=selection, plugins=plugins)
    if reading.file is None or reading.plugins is None:
        raise UserError(reading.problems)
    catalogue, found = read_catalogues(reading.plugins)
    decided = check_plan(reading.file, reading.document, catalogue, found)
    workspace = reading.workspace
    if workspace is None or decided.wrong:
        raise UserError((*reading.problems, *decided.wrong))
    words, found = plugin_texts(found, language or workspace.file.language)
    texts = load_texts(language or workspace.file.language, words)
    third_party = selection is None or selection.third_party
    problems = [
        *workspace.missing,
        *decided.left_out,
        *check_settings(workspace.file, workspace.document, workspace.folder, found, third_party=third_party),
    ]
    # named as seen from the workspace, so that a result does not depend on where that lies
    placed = tuple(replace(problem, file=FILE) for problem in problems)
    return Engagement(workspace, found, catalogue, texts, placed)


def check_settings(
    file: AssessmentFile, document: YamlDocument, folder: Path, plugins: Plugins, *, third_party: bool
) -> list[Problem]:
    """What is wrong with the settings on evidence, bands and plugins, given the plugins that there are."""
    metrics = [metric for _, metric in plugins.metrics]
    problems = [*check_mapping(file, document, metrics), *check_results(file, document, folder, metrics)]
    return [*problems, *_check_choices(file, document, plugins)] if third_party else problems


@dataclass(frozen=True, slots=True)
class PlanProblems:
    """Mistakes in ``plan`` and ``capacity``: what is ``wrong``, and what is ``left_out`` of the plan.

    The latter are recommendations that come with a plugin which is out of use, as far as one can tell.
    """

    wrong: tuple[Problem, ...]
    left_out: tuple[Problem, ...] = ()


def check_plan(
    file: AssessmentFile, document: YamlDocument, catalogue: Sequence[Recommendation], plugins: Plugins
) -> PlanProblems:
    """What is wrong with a workspace's plan: with a mistake in it something else would be planned."""
    checks = PlanChecks(file, document, catalogue)
    wrong = [*checks.contradictions()]
    complete = plugins.complete and all(plugin.state == "active" for plugin in plugins.listed)
    unknown = [*checks.unknown(complete=complete)]
    if complete:
        return PlanProblems(tuple(sorted((*wrong, *unknown))))
    return PlanProblems(tuple(sorted(wrong)), tuple(sorted(unknown)))


def _check_choices(file: AssessmentFile, document: YamlDocument, plugins: Plugins) -> Iterator[Problem]:
    """Decisions of a workspace on plugins that are not installed."""
    names = [plugin.name for plugin in plugins.listed]
    chosen = file.plugins.dimensions.items()
    named: list[tuple[tuple[str | int, ...], str]] = [
        *((("plugins", "dimensions", dimension), name) for dimension, name in chosen),
        *((("plugins", "may_cap", number), name) for number, name in enumerate(file.plugins.may_cap)),
        *((("plugins", "disable", number), name) for number, name in enumerate(file.plugins.disable)),
    ]
    for loc, name in named:
        if name not in names:
            yield document.problem(loc, f"there is no plugin '{name}'", f"use one of {', '.join(names)}")
        elif "disable" not in loc and name in file.plugins.disable:
            yield document.problem(
                loc, f"'{name}' is disabled as well", "take it out of `disable`, or from here"
            )
        elif "disable" in loc and name == CORE:
            yield document.problem(loc, "nothing works without 'core'", "take it out of `disable`")


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


def wish_of(engagement: Engagement) -> Wish:
    """What a workspace asks of its plan."""
    return wish_in(engagement.workspace.file)


def plan(
    engagement: Engagement, assessment: Assessment, wish: Wish | None = None, *, limits: Limits = SEARCH
) -> Roadmap:
    """The roadmap for an assessment, under the workspace's capacity or as wished otherwise.

    ``limits`` say how long to search for a better plan.
    """
    wish = wish or wish_of(engagement)
    return make_plan(_situation(engagement, assessment, wish), Question(wish.target, wish.aim, limits))


def what_if(
    engagement: Engagement,
    assessment: Assessment,
    vary: Varied,
    amounts: Sequence[float],
    wish: Wish | None = None,
) -> Tradeoff:
    """What the plan comes to for other amounts of one thing: person-days a quarter, budget, or level."""
    wish = wish or wish_of(engagement)
    if wish.capacity is None:
        raise UserError.about(
            FILE, "there is no capacity to plan with", "give `capacity`, see docs/workspace.md"
        )
    situation = _situation(engagement, assessment, wish)
    return trade_off(situation, Question(wish.target, wish.aim, LOOK), vary, amounts)


def _situation(engagement: Engagement, assessment: Assessment, wish: Wish) -> Situation:
    """What is planned with: plugins as they came out of the assessment, the catalogues of those of use."""
    plugins = replace(engagement.plugins, listed=_as_assessed(engagement, assessment))
    return Situation(
        assessment,
        Projector(assessment, plugins, engagement.workspace.may_cap),
        tuple(entry for entry in engagement.catalogue if plugins.named(entry.plugin).usable),
        wish.capacity or UNPLANNED,
        wish.target,
        wish.decisions,
    )


def _as_assessed(engagement: Engagement, assessment: Assessment) -> tuple[Plugin, ...]:
    """The plugins as they came out of the assessment: one that failed there does not plan either."""
    known = {plugin.name: plugin for plugin in assessment.plugins}
    return tuple(known.get(plugin.name, plugin) for plugin in engagement.plugins.listed)


@dataclass(frozen=True)
class Written:
    """A report that was written: where, and the assessment and the roadmap as its pages show them.

    They name the plugins that failed only now: whose pages had to be left out, or that could not score what
    other capacities would bring.
    """

    path: Path
    assessment: Assessment
    roadmap: Roadmap


def render(
    engagement: Engagement,
    assessment: Assessment,
    roadmap: Roadmap,
    output: str | Path,
    *,
    format: str = "pdf",  # noqa: A002 - the word for it
) -> Written:
    """Write the report, whole or not at all, in one of the formats that plugins bring.

    Raises :class:`cxmaturity.errors.UserError` for a format that there is not and a file that cannot be
    written, :class:`cxmaturity.plugins.PluginFailedError` where a third party's format fails.
    """
    chosen, plugin = _format(engagement.plugins, format)
    from cxmaturity.export import as_data
    from cxmaturity.report.pages import render_pages
    from cxmaturity.report.theme import Theme

    texts = engagement.texts
    theme = Theme.from_brand(engagement.workspace.file.brand.colour)
    pages = render_pages(engagement.plugins, assessment, as_data(assessment, roadmap, texts), texts, theme)
    shown = replace(
        assessment,
        plugins=tuple(
            pages.failed.get(each.name, each) if each.usable else each for each in assessment.plugins
        ),
        warnings=(*assessment.warnings, *pages.warnings),
    )

    printing = _Printing(engagement, assessment, shown, roadmap, pages.pages)
    rendering = Rendering(as_data(shown, roadmap, texts), texts.language, cache(printing.html))
    write_whole(Path(output), _rendered(chosen, plugin, rendering))
    return Written(Path(output), shown, printing.roadmap)


@dataclass(slots=True)
class _Printing:
    """The report's pages, made when a format asks for them.

    ``assessment`` is the one that the ``roadmap`` is for, ``shown`` the one that the pages show. Once they
    are made, ``roadmap`` names what failed while other capacities were tried.
    """

    engagement: Engagement
    assessment: Assessment
    shown: Assessment
    roadmap: Roadmap
    pages: tuple[PluginPage, ...]

    def html(self) -> str:
        from cxmaturity.report.build import build_report
        from cxmaturity.report.html import render_html  # lazy: Jinja2

        texts = self.engagement.texts
        others = _other_capacities(self.engagement, self.assessment, self.roadmap)
        if others is not None:
            new = (each for each in others.warnings if each not in self.roadmap.warnings)
            self.roadmap = replace(self.roadmap, warnings=(*self.roadmap.warnings, *new))
        report = build_report(
            self.engagement.workspace,
            texts,
            self.shown,
            self.roadmap,
            self.pages,
            others,
            {entry.id: entry.title for entry in self.engagement.catalogue},
        )
        return render_html(report, texts)


_SHARES = (0.5, 0.75, 1.25, 1.5, 2.0)
"""Of today's person-days: the other capacities that a report looks at."""


def _other_capacities(engagement: Engagement, assessment: Assessment, roadmap: Roadmap) -> Tradeoff | None:
    """What a roadmap would be with other person-days a quarter.

    ``None`` where there is no single number to vary.
    """
    capacity = roadmap.capacity
    if capacity is None or len(set(capacity.person_days)) != 1:
        return None
    now = capacity.person_days[0]
    amounts = {float(round(now * share)) for share in _SHARES} - {0.0, now}
    target = roadmap.prospect.target if roadmap.prospect else Target()
    wish = Wish(capacity, target, roadmap.decisions, roadmap.aim)
    others = what_if(engagement, assessment, "person-days", sorted(amounts), wish)
    points = sorted((*others.points, point_of(roadmap, now)), key=lambda point: point.amount)
    return replace(others, points=tuple(points))


def _format(plugins: Plugins, name: str) -> tuple[Format, Plugin]:
    """The format of this name, and whose it is."""
    if name not in plugins.formats:
        have = ", ".join(plugins.formats)
        raise UserError.about("", f"there is no format '{name}'", f"use one of {have}")
    chosen, plugin = plugins.formats[name]
    return chosen, plugins.named(plugin)


def _rendered(chosen: Format, plugin: Plugin, rendering: Rendering) -> bytes:
    """What a format makes of a rendering. Its failure is named, unless the format is ours."""
    result: object = guarded(lambda: chosen.render(rendering))
    if isinstance(result, bytes):
        return result
    error = result if isinstance(result, BaseException) else PluginError("it gave no bytes")
    if plugin.first_party or isinstance(error, UserError):
        raise error
    raise PluginFailedError(error, f"{plugin.origin} failed writing the format '{chosen.name}'")
