"""The pages that plugins add to a report: rendered one by one, so that a failing one is left out alone."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, fields, is_dataclass, replace
from types import MappingProxyType
from typing import Any

from cxmaturity.api import Message, Section, SectionContent
from cxmaturity.plugins import Plugin, PluginError, Plugins, guarded
from cxmaturity.report.context import PluginPage
from cxmaturity.report.fragments import check_fragment
from cxmaturity.report.theme import Theme
from cxmaturity.result import Assessment, plugin_warning
from cxmaturity.texts import Texts


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages that could be rendered, and the plugins whose pages could not, as failed."""

    pages: tuple[PluginPage, ...]
    failed: Mapping[str, Plugin]

    @property
    def warnings(self) -> tuple[Message, ...]:
        """What is to be said of the plugins that failed."""
        return tuple(plugin_warning(plugin) for plugin in self.failed.values())


def render_pages(
    plugins: Plugins, assessment: Assessment, data: Mapping[str, Any], texts: Texts, theme: Theme
) -> Pages:
    """The pages of all plugins that are still in use; ``data`` is the result as JSON-able data."""
    known = {plugin.name: plugin for plugin in reversed(assessment.plugins)}  # of one name, the first is used
    asked = {dimension.id for dimension in assessment.dimensions}
    pages: list[PluginPage] = []
    for name, section in plugins.sections:
        if not known[name].usable or (section.dimension and section.dimension not in asked):
            continue
        result = guarded(
            lambda section=section, name=name: _page(section, known[name], assessment, data, texts, theme)  # type: ignore[misc]
        )
        if isinstance(result, BaseException):
            marked = replace(plugins, listed=tuple(known.values()))
            known[name] = marked.failed(name, result, f"writing the page '{section.id}'").named(name)
        elif result is not None:
            pages.append(result)
    failed = {name: plugin for name, plugin in known.items() if plugin not in assessment.plugins}
    return Pages(tuple(pages), failed)


def _page(  # noqa: PLR0913, PLR0917 - all that a page is made of
    section: Section,
    plugin: Plugin,
    assessment: Assessment,
    data: Mapping[str, Any],
    texts: Texts,
    theme: Theme,
) -> PluginPage | None:
    from cxmaturity.report.html import environment  # lazy: Jinja2

    dimension = assessment.dimension(section.dimension) if section.dimension else None
    content = section.content(deepcopy(dict(data)), _copied(dimension))  # copies, as they may be written to
    if content is None:
        return None
    if not isinstance(content, SectionContent):
        raise PluginError(f"its content is a {type(content).__name__} instead of a SectionContent")
    template = environment().from_string(section.template.read_text(encoding="utf-8"))
    html = template.render(values=dict(content.values), t=texts, theme=theme)
    check_fragment(html, plugin.name)
    from_plugin = texts(
        "report.page.origin", plugin=plugin.name, distribution=plugin.distribution, version=plugin.version
    )
    return PluginPage(
        id=f"page-{plugin.name}-{section.id}",
        dimension=section.dimension,
        name=texts.message(section.name),
        title=texts.message(content.title),
        html=html,
        origin="" if plugin.first_party else from_plugin,
    )


def _copied(value: Any) -> Any:
    """A result with all that is in it, so that nothing of the report hangs on what is done to it."""
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: _copied(getattr(value, each.name)) for each in fields(value)})
    if isinstance(value, Mapping):
        return MappingProxyType({key: _copied(each) for key, each in value.items()})
    return tuple(_copied(each) for each in value) if isinstance(value, (tuple, list)) else value
