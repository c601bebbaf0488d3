"""What the templates of the roadmap's pages get: plain values, ready to print."""

from __future__ import annotations

from dataclasses import dataclass

from cxmaturity.report.charts import Gantt, Matrix, ProjectionChart, Tradeoff


@dataclass(frozen=True, slots=True)
class SkillTable:
    """The load of scarce skills: a row with their names and the quarters first, then one for each skill."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class RoadmapSection:
    """The plan. ``gantts`` are the pages of one chart, empty where no capacity is known.

    Then ``order`` lists number, title, effort, duration and owner of each initiative. ``skills`` are
    the parts of one table, ``notes`` what follows the chart: how good the plan is, and what was kept.
    """

    title: str
    paragraphs: tuple[str, ...]
    gantts: tuple[Gantt, ...]
    caption: str
    skills: tuple[SkillTable, ...]
    notes: tuple[str, ...]
    order: tuple[tuple[str, str, str, str, str], ...]
    matrix_title: str
    matrix: Matrix | None
    matrix_caption: str


@dataclass(frozen=True, slots=True)
class ProjectionRow:
    """A quarter: its name, its load, and where the whole is projected to stand.

    With the lifts that authors expect, with low ones, and with those expected if customer data follows.
    """

    name: str
    load: str
    expected: str
    low: str
    if_measured: str


@dataclass(frozen=True, slots=True)
class ProjectionPage:
    """Where the plan leads: two cases by quarter, as a chart and in numbers."""

    title: str
    text: str
    chart: ProjectionChart
    caption: str
    rows: tuple[ProjectionRow, ...]


@dataclass(frozen=True, slots=True)
class TargetPage:
    """What becomes of the target and what would change that, or what more of the capacity would bring.

    ``ways`` are additions under ``ways_title``, both empty where none helps. ``chart`` is ``None`` where no
    other amounts were looked at, or all come to the same.
    """

    name: str
    title: str
    paragraphs: tuple[str, ...]
    ways_title: str
    ways: tuple[str, ...]
    chart_title: str
    chart: Tradeoff | None
    caption: str


@dataclass(frozen=True, slots=True)
class QuickWin:
    """An initiative of the first 90 days. ``facts`` are pairs of a label and a value."""

    number: int
    title: str
    dimension: str
    facts: tuple[tuple[str, str], ...]
    steps: tuple[str, ...]
    kpi: str


@dataclass(frozen=True, slots=True)
class QuickWinsPage:
    """What is done within the first quarter."""

    title: str
    text: str
    wins: tuple[QuickWin, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A recommendation on the roadmap."""

    number: int
    title: str
    dimension: str
    when: str
    aim: str
    why: str
    source: str
    steps: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    kpi: str
    risk: str


@dataclass(frozen=True, slots=True)
class LeftOutGroup:
    """Recommendations that were left out for one kind of reason.

    ``rows`` are pairs of a title and the reason; ``title`` is empty where there are too few to group.
    """

    title: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LeftOutPage:
    """What fits the result but is not on the roadmap, and why."""

    title: str
    text: str
    groups: tuple[LeftOutGroup, ...]


@dataclass(frozen=True, slots=True)
class Restraint:
    """What not to do: the risks of S2 with the initiatives that carry them."""

    title: str
    intro: str
    risks: tuple[tuple[str, str, tuple[str, ...]], ...]
