"""Everything that a report template gets: plain values, ready to print.

Templates hold no rules: each sentence, number and chart here is final. ``docs/report-context.md`` lists
these classes and those of :mod:`cxmaturity.report.plan_context` for whoever writes a template; a test holds
the two together.
"""

from __future__ import annotations

from dataclasses import dataclass

from cxmaturity.report.charts import (
    Bars,
    CategoryBars,
    Cohorts,
    Columns,
    Curve,
    Distribution,
    Dumbbell,
    GapChart,
    HeatMap,
    LevelScale,
    Radar,
    ShareBar,
    Trend,
)
from cxmaturity.report.plan_context import (
    Card,
    LeftOutPage,
    ProjectionPage,
    QuickWinsPage,
    Restraint,
    RoadmapSection,
    TargetPage,
)
from cxmaturity.report.theme import Theme


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page. ``logo`` is a ``data:`` address or empty, ``facts`` pairs of a label and a value."""

    organisation: str
    title: str
    level: str
    note: str
    prepared_by: str
    logo: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure of the summary: the value, what it is, and what qualifies it."""

    value: str
    label: str
    remark: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The executive summary: its message, a row of figures, paragraphs, and the first actions."""

    title: str
    figures: tuple[Figure, ...]
    paragraphs: tuple[str, ...]
    actions: tuple[str, ...]
    actions_title: str


@dataclass(frozen=True, slots=True)
class ContributionRow:
    """One line of the sum that makes a score.

    Part, its score with interval and n, its share, what it adds, its level.
    """

    title: str
    score: str
    interval: str
    n: str
    share: str
    points: str
    level: str


@dataclass(frozen=True, slots=True)
class Overview:
    """The overall level with its reasons."""

    title: str
    scale: LevelScale
    explanation: str
    caps: tuple[str, ...]
    contributions: tuple[ContributionRow, ...]
    total: str
    raise_most: str


@dataclass(frozen=True, slots=True)
class Profile:
    """The dimensions side by side, and the practices as a heat map.

    ``radar`` is ``None`` with fewer than three dimensions.
    """

    title: str
    radar: Radar | None
    caption: str
    heat_title: str
    heat_map: HeatMap
    heat_caption: str


@dataclass(frozen=True, slots=True)
class Measures:
    """What people say, what a reviewer has seen proof of and what customer data shows, side by side.

    ``dumbbell`` is ``None`` where nothing is compared; ``meaning`` says what a gap means; ``confirmed`` are
    the practices that a reviewer confirmed, each with who, when and what.
    """

    title: str
    dumbbell: Dumbbell | None
    caption: str
    meaning: str
    contradictions: tuple[str, ...]
    caps: tuple[str, ...]
    confirmed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """A segment of customers: its name, figure, 95 % interval and number of records, as they are shown."""

    name: str
    value: str
    interval: str
    n: str


@dataclass(frozen=True, slots=True)
class SeriesView:
    """Several values of a metric as one chart: what it is called, and the one of these that it is."""

    title: str
    columns: Columns | None = None
    categories: CategoryBars | None = None
    curve: Curve | None = None
    cohorts: Cohorts | None = None


@dataclass(frozen=True, slots=True)
class MetricView:
    """A metric computed from customer data, with all that stands beside its figure.

    ``facts`` are sentences on interval, period and band, ``quality`` on the data that it rests on.
    """

    id: str
    title: str
    value: str
    definition: str
    facts: tuple[str, ...]
    parts: tuple[tuple[str, str], ...]
    shares: ShareBar | None
    trend: Trend | None
    series: tuple[SeriesView, ...]
    segments: tuple[SegmentRow, ...]
    hidden: str
    quality: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CustomerData:
    """The metrics that were measured, and why each of the others was not.

    ``metrics`` are those with a chart or segments, ``single`` those that are a figure alone. ``no_worth``
    says why there is no page on what churn is worth, empty where there is or where nothing leads to it.
    """

    title: str
    text: str
    metrics: tuple[MetricView, ...]
    single: tuple[MetricView, ...]
    missing: tuple[tuple[str, str], ...]
    no_worth: str


@dataclass(frozen=True, slots=True)
class GapPage:
    """Two groups held against each other.

    ``wholes`` has the whole and the dimensions, ``practices`` the rest in as many charts as it takes;
    ``widest`` are the widest clear gaps in a sentence each.
    """

    id: str
    name: str
    title: str
    wholes: GapChart
    caption: str
    widest: tuple[str, ...]
    paragraphs: tuple[str, ...]
    practices: tuple[GapChart, ...]


@dataclass(frozen=True, slots=True)
class AgreedView:
    """A value that holds in place of the ``mean``, with who set it when (``who``) and why."""

    about: str
    score: str
    mean: str
    kind: str
    who: str
    why: str


@dataclass(frozen=True, slots=True)
class DimensionSection:
    """One dimension: its message, where it stands and why, what people chose.

    ``explanation`` is the sum that makes its score, in a sentence; ``practices`` names them all, for a
    dimension that was not ``assessed``.
    """

    id: str
    assessed: bool
    name: str
    title: str
    description: str
    scale: LevelScale
    facts: tuple[tuple[str, str], ...]
    bars: Bars
    caption: str
    caps: tuple[str, ...]
    agreed: tuple[AgreedView, ...]
    strengths: tuple[str, ...]
    gaps: tuple[str, ...]
    others: tuple[str, ...]
    explanation: str
    raise_most: str
    note: str
    practices: str


@dataclass(frozen=True, slots=True)
class PluginPage:
    """A page that a plugin brings.

    It follows the pages of ``dimension``, or of all dimensions where that is empty or was not assessed.
    ``html`` is final; ``origin`` names the plugin, unless it is one of ours.
    """

    id: str
    dimension: str
    name: str
    title: str
    html: str
    origin: str


@dataclass(frozen=True, slots=True)
class DataQualityPage:
    """What the answers rest on.

    ``groups`` are rows of group, asked, answered, rate, score and interval; ``cells`` all cells of scored
    questions by state; ``notes`` pairs of a heading and a text. Of long lists the rest is counted.
    """

    title: str
    figures: tuple[Figure, ...]
    groups: tuple[tuple[str, ...], ...]
    cells: ShareBar | None
    files: tuple[str, ...]
    left_out: tuple[str, ...]
    flags: tuple[str, ...]
    notes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One question in the appendix: what was asked and said. ``chart`` where answers have options.

    ``agreed`` says what holds in place of the mean, and why; empty where nothing does.
    """

    topic: str
    text: str
    score: str
    interval: str
    n: str
    answer: str
    chart: Distribution | None
    agreed: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """The questions of one practice."""

    title: str
    rows: tuple[AnswerRow, ...]


@dataclass(frozen=True, slots=True)
class TrustRow:
    """How far one score can be trusted: n, interval, coverage, and the indices of reliability in order."""

    title: str
    whole: bool
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """How people spread over the levels by their own answers. ``chart`` is ``None`` where it is hidden."""

    title: str
    whole: bool
    score: str
    n: str
    chart: Distribution | None


@dataclass(frozen=True, slots=True)
class Appendix:
    """Method, coverage, trust, answers, plugins and sources. ``coverage`` has a header row first."""

    title: str
    method: tuple[tuple[str, str], ...]
    levels: tuple[tuple[str, str, str], ...]
    coverage: tuple[tuple[str, ...], ...]
    coverage_title: str
    trust: tuple[TrustRow, ...]
    trust_help: tuple[tuple[str, str], ...]
    spread: tuple[SpreadRow, ...]
    answers_title: str
    answers_note: str
    answers: tuple[AnswerGroup, ...]
    warnings: tuple[str, ...]
    plugins: tuple[tuple[str, str, str, str], ...]
    questionnaires: tuple[str, ...]
    sources: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Unassessed:
    """The page of the dimensions without a score: not assessed, not to be shown, or some of each."""

    name: str
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WorthPage:
    """What one percentage point of churn is worth to this organisation, apart from what others report.

    ``columns`` are the three views of the range, from low to high; each of ``rows`` is a label with its
    value in each of them, the last their product. ``quoted`` are figures of others, each with its source.
    """

    title: str
    how: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    range: str
    caveats: tuple[str, ...]
    quoted_note: str
    quoted: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. ``date`` is an ISO date or empty, ``language`` a two-letter code."""

    language: str
    date: str
    footer: str
    theme: Theme
    cover: Cover
    summary: Summary
    overview: Overview
    profile: Profile
    measures: Measures
    customer_data: CustomerData
    gaps: tuple[GapPage, ...]
    dimensions: tuple[DimensionSection, ...]
    unassessed: Unassessed | None
    pages: tuple[PluginPage, ...]
    roadmap: RoadmapSection
    cards: tuple[Card, ...]
    restraint: Restraint
    quality: DataQualityPage
    appendix: Appendix
    worth: WorthPage | None = None
    projection: ProjectionPage | None = None
    target: TargetPage | None = None
    quick_wins: QuickWinsPage | None = None
    left_out: LeftOutPage | None = None

    @property
    def loose_pages(self) -> tuple[PluginPage, ...]:
        """The pages that follow no dimension's own."""
        assessed = {section.id for section in self.dimensions if section.assessed}
        return tuple(page for page in self.pages if page.dimension not in assessed)
