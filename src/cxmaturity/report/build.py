"""Builds a report's context from an assessment and its roadmap."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from pathlib import Path

from cxmaturity.report.appendix import build_appendix
from cxmaturity.report.cards import build_cards
from cxmaturity.report.context import Cover, PluginPage, Report
from cxmaturity.report.customer_data import build_customer_data
from cxmaturity.report.gaps import build_gaps
from cxmaturity.report.left_out import build_left_out
from cxmaturity.report.measures import build_measures
from cxmaturity.report.plan_section import build_roadmap
from cxmaturity.report.projection_page import build_projection
from cxmaturity.report.quality import build_quality
from cxmaturity.report.quick_wins import build_quick_wins
from cxmaturity.report.restraint import build_restraint
from cxmaturity.report.sections import (
    build_dimension,
    build_overview,
    build_profile,
    build_unassessed,
)
from cxmaturity.report.summary import build_summary
from cxmaturity.report.target_page import build_target
from cxmaturity.report.theme import Theme
from cxmaturity.report.words import Wording, chart_words, people
from cxmaturity.report.worth_page import build_worth
from cxmaturity.result import Assessment
from cxmaturity.roadmap.model import Roadmap
from cxmaturity.roadmap.tradeoff import Tradeoff
from cxmaturity.texts import Texts
from cxmaturity.wishes import wish_in
from cxmaturity.workspace import Workspace

_MEDIA = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}


def build_report(  # noqa: PLR0913, PLR0917 - all that a report is made of
    workspace: Workspace,
    texts: Texts,
    assessment: Assessment,
    roadmap: Roadmap,
    pages: tuple[PluginPage, ...] = (),
    tradeoff: Tradeoff | None = None,
    titles: Mapping[str, str] | None = None,
) -> Report:
    """The context of a report: everything that its template prints, with the ``pages`` of plugins.

    ``tradeoff`` says what other capacities would bring, ``titles`` are those of recommendations by their ids.
    """
    questionnaire, file = workspace.questionnaire, workspace.file
    wording = Wording(texts, questionnaire.levels, questionnaire.roles)
    words = chart_words(texts)
    return Report(
        language=texts.language,
        date=assessment.as_of or "",
        footer=texts("report.footer", organisation=assessment.organisation.name, title=texts("report.title")),
        theme=Theme.from_brand(file.brand.colour),
        cover=_cover(workspace, assessment, wording),
        summary=build_summary(wording, assessment, roadmap),
        overview=build_overview(wording, words, assessment),
        profile=build_profile(wording, words, assessment),
        measures=build_measures(wording, words, assessment),
        customer_data=build_customer_data(wording, words, assessment),
        dimensions=tuple(build_dimension(wording, words, dimension) for dimension in assessment.dimensions),
        unassessed=build_unassessed(wording, assessment.dimensions),
        gaps=build_gaps(wording, words, assessment),
        pages=pages,
        roadmap=build_roadmap(wording, words, assessment, roadmap, titles or {}, wish_in(file).target),
        projection=build_projection(wording, words, roadmap),
        target=build_target(wording, words, roadmap, tradeoff),
        quick_wins=build_quick_wins(wording, assessment, roadmap),
        cards=build_cards(wording, assessment, roadmap),
        left_out=build_left_out(wording, roadmap),
        restraint=build_restraint(wording, roadmap),
        quality=build_quality(wording, words, assessment),
        appendix=build_appendix(wording, words, assessment, roadmap, questionnaire),
        worth=build_worth(wording, assessment),
    )


def _cover(workspace: Workspace, assessment: Assessment, wording: Wording) -> Cover:
    texts = wording.texts
    organisation, brand = assessment.organisation, workspace.file.brand
    facts = [
        (texts("report.cover.date"), texts.write(assessment.as_of, "date") if assessment.as_of else ""),
        (texts("report.cover.people"), texts("terminal.people", n=people(assessment))),
        (
            texts("report.cover.questionnaire"),
            texts.write([each.title for each in workspace.questionnaire.files], "list"),
        ),
        (texts("report.cover.sector"), ", ".join(filter(None, (organisation.sector, organisation.country)))),
    ]
    return Cover(
        organisation=organisation.name,
        title=texts("report.title"),
        level=wording.level(assessment.overall.level) if assessment.overall.level else "",
        note=workspace.file.organisation.note,
        prepared_by=texts("report.cover.prepared", name=brand.name) if brand.name else "",
        logo=_data_address(workspace.logo()),
        facts=tuple((label, value) for label, value in facts if value),
    )


def _data_address(image: Path | None) -> str:
    """An image as a ``data:`` address, so that rendering needs no file of the user's."""
    if image is None:
        return ""
    content = base64.b64encode(image.read_bytes()).decode("ascii")
    return f"data:{_MEDIA[image.suffix.lower()]};base64,{content}"
