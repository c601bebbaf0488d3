"""Small turns of phrase that several sections need: levels, scores, figures, lists of names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from cxmaturity.api import AppliedCap, Contribution, Interval, MetricResult, MetricUnit, Standing
from cxmaturity.questionnaire.model import Level
from cxmaturity.report.charts import ChartWords
from cxmaturity.report.context import ContributionRow
from cxmaturity.result import Assessment
from cxmaturity.roadmap.model import Size
from cxmaturity.scoring.interpretation import called, interpret
from cxmaturity.scoring.rounding import rounded_to_sum
from cxmaturity.texts import Texts

MISSING = "–"
_LONGEST_NAME = 32


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts of a report together with the names of its levels, and the titles of roles by their ids."""

    texts: Texts
    levels: tuple[Level, ...]
    roles: Mapping[str, str]

    def group(self, attribute: str, name: str) -> str:
        """A group's name: a role has a title in the questionnaire, all others are as written, cut if long."""
        title = self.roles.get(name, name) if attribute == "role" else name
        return title if len(title) <= _LONGEST_NAME else f"{title[: _LONGEST_NAME - 1].rstrip()}…"

    def group_inside(self, attribute: str, name: str) -> str:
        """A group's name inside a sentence; other names than those of roles may be proper ones."""
        title = self.group(attribute, name)
        return self.texts.write(title, "lower") if attribute == "role" else title

    def level(self, number: int | None) -> str:
        """A level in words: ``level 3, Defined``, or a dash."""
        if number is None:
            return MISSING
        return self.texts("report.level", level=number, name=self.levels[number - 1].name)

    def score(self, value: float | None) -> str:
        """A score with one decimal, or a dash."""
        return MISSING if value is None else self.texts.write(value, "score")

    def interval(self, value: Interval | None) -> str:
        """Both ends of a score's interval, or a dash."""
        if value is None:
            return MISSING
        return self.texts("report.confidence.range", low=value[0], high=value[1])

    def confidence(self, standing: Standing) -> str:
        """What stands beside a score: interval, n and agreement; nothing where one person answered."""
        if standing.score is None or standing.n < 2:  # noqa: PLR2004 - one person has neither
            return ""
        said = [self.texts("report.confidence.n", n=standing.n)]
        if standing.interval:
            low, high = standing.interval
            said.insert(0, self.texts("report.confidence.interval", low=low, high=high))
        if standing.agreement is not None:
            said.append(self.texts(f"report.confidence.agreement.{called('agreement', standing.agreement)}"))
        return " · ".join(said)

    def attribute(self, name: str) -> str:
        """What an attribute such as ``role`` is called."""
        key = f"report.attribute.{name}"
        return self.texts(key) if key in self.texts else name

    def percent(self, value: float | None) -> str:
        """A fraction as a percentage, or a dash."""
        return MISSING if value is None else self.texts.write(value, "percent")

    def agreement(self, value: float | None) -> str:
        """An agreement (r_wg) with what it is called (LeBreton & Senter 2008), or a dash."""
        if value is None:
            return MISSING
        return self.texts(interpret("agreement", value), value=value)

    def metric(self, name: str, part: str, otherwise: str = "") -> str:
        """A text that describes a metric; its plugin may have failed before it brought any."""
        key = f"metric.{name}.{part}"
        return self.texts(key) if key in self.texts else otherwise

    def figure(self, metric: MetricResult, value: float | None = None) -> str:
        """A metric's value, or another one in its unit."""
        shown = metric.value if value is None else value
        return (
            MISSING if shown is None else self.texts(f"figure.{metric.unit}", value=shown, n=round(shown, 1))
        )

    def short(self, metric: MetricResult, value: float | None) -> str:
        """A value in a metric's unit as it stands in charts and tables."""
        return self.in_unit(metric.unit, value)

    def in_unit(self, unit: MetricUnit, value: float | None) -> str:
        """A value in some unit as it stands in charts and tables."""
        return MISSING if value is None else self.texts(f"figure.short.{unit}", value=value)

    def reason(self, standing: Standing) -> str:
        """Why something has no score or no level."""
        return self.texts.message(standing.reason) if standing.reason else ""

    def caps(self, caps: Sequence[AppliedCap]) -> tuple[str, ...]:
        """The caps that bit, in words."""
        return tuple(self.texts.message(cap.reason) for cap in caps)

    def assumed(self, size: Size) -> str:
        """What had to be assumed of the organisation's size."""
        assumed = [self.texts(f"report.roadmap.{name}", n=getattr(size, name)) for name in size.assumed]
        return self.texts("report.roadmap.assumed", assumed=assumed)

    def quarter(self, start: str, end: str) -> str:
        """A quarter: ``Q1 2027``, or its months where it is no calendar quarter."""
        if starts_calendar_quarter(start):
            return self._named("report.quarter", start)
        return self.texts("report.months", start=start, end=end)

    def quarters(self, start: str, end: str) -> str:
        """All that lies between the first day of a quarter and the last of another, likewise."""
        if not starts_calendar_quarter(start):
            return self.texts("report.months", start=start, end=end)
        first, last = self._named("report.quarter", start), self._named("report.quarter", end)
        return first if first == last else self.texts("report.card.range", start=first, end=last)

    def quarter_of(self, start: str) -> str:
        """A quarter inside a sentence: ``Q1 2027``, or the month in which it begins."""
        return (
            self._named("report.quarter", start)
            if starts_calendar_quarter(start)
            else self.texts.write(start, "month")
        )

    def short_quarter(self, start: str, *, narrow: bool = False) -> str:
        """A quarter in a chart: ``Q1 2027`` or ``Feb 2027``; ``Q1`` or ``Feb`` where it is narrow."""
        if starts_calendar_quarter(start):
            return self._named("report.quarter-narrow" if narrow else "report.quarter", start)
        month = self.texts.write(start, "month-short")
        return month.partition(" ")[0] if narrow else month

    def short_end(self, end: str) -> str:
        """The end of a quarter in a chart: the quarter's name, or its last month."""
        calendar = int(end[5:7]) % 3 == 0
        return self._named("report.quarter", end) if calendar else self.texts.write(end, "month-short")

    def _named(self, key: str, day: str) -> str:
        return self.texts(key, number=(int(day[5:7]) + 2) // 3, year=day[:4])


def starts_calendar_quarter(start: str) -> bool:
    """Whether the quarter that begins on a day is one of the calendar."""
    return int(start[5:7]) % 3 == 1


def contribution_rows(
    wording: Wording, contributions: Sequence[Contribution], parts: dict[str, Standing]
) -> tuple[ContributionRow, ...]:
    """The sum that makes a score, one line a part, largest share of the weight first as given."""
    return tuple(
        ContributionRow(
            parts[part.id].title,
            wording.score(part.value),
            wording.interval(parts[part.id].interval),
            MISSING if parts[part.id].suppressed else wording.texts.write(parts[part.id].n, "whole"),
            wording.percent(part.share),
            wording.texts.write(points, "points"),
            wording.level(parts[part.id].level),
        )
        for part, points in zip(
            contributions, rounded_to_sum([part.points for part in contributions]), strict=True
        )
        if part.id in parts
    )


def raise_sentence(wording: Wording, standing: Standing, parts: dict[str, Standing]) -> str:
    """What would raise a score most: one more point on which part, and what it adds."""
    lever = standing.lever
    if lever is None or lever.id not in parts:
        return ""
    return wording.texts(
        "report.raise",
        part=parts[lever.id].title,
        value=lever.value,
        after=lever.after,
        gain=lever.gain,
        whole=standing.title,
    )


def chart_words(texts: Texts) -> ChartWords:
    """The words inside charts."""
    return ChartWords(
        **{
            field.name: texts(f"chart.{field.name.replace('_', '-')}", **_KEPT)
            for field in fields(ChartWords)
        }
    )


_KEPT = {
    name: f"{{{name}}}"
    for name in ("level", "load", "capacity", "group", "title", "number", "needs", "total", "value")
}
"""Chart words are patterns that the charts fill in themselves, so their fields stand for themselves."""


def people(assessment: Assessment) -> int:
    """How many people answered."""
    return sum(assessment.raters.values())
