"""What is said of a plan on the terminal, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isinf

from cxmaturity.api import Standing
from cxmaturity.engagement import Engagement
from cxmaturity.report.words import Wording, starts_calendar_quarter
from cxmaturity.result import Assessment
from cxmaturity.roadmap.dates import began
from cxmaturity.roadmap.model import (
    Capacity,
    Initiative,
    LeftOut,
    Outlook,
    Period,
    Prospect,
    Roadmap,
    Shortage,
    Target,
    time_among,
)
from cxmaturity.roadmap.quarters import last_day, quarter_span
from cxmaturity.texts import Texts

_KEY = "terminal.plan"


@dataclass(frozen=True, slots=True)
class PlanWording:
    """Puts a plan into words; ``titles`` are those of the dimensions."""

    wording: Wording
    titles: Mapping[str, str]

    @classmethod
    def of(cls, engagement: Engagement) -> PlanWording:
        """The words for an engagement's plan."""
        asked = engagement.workspace.questionnaire
        titles = {dimension.id: dimension.title for dimension in asked.dimensions}
        return cls(Wording(engagement.texts, asked.levels, asked.roles), titles)

    @property
    def texts(self) -> Texts:
        """The words themselves."""
        return self.wording.texts

    def say(self, key: str, /, **values: object) -> str:
        """The text under a key of the plan's."""
        return self.texts(f"{_KEY}.{key}", **values)

    # ------------------------------------------------------------------------------------------ the answer

    def quarter(self, point: int, capacity: Capacity) -> str:
        """The quarter that a point is the beginning of, or its first month where it is none of the calendar.

        After the plan it is as if quarters went on.
        """
        return self.wording.quarter_of(quarter_span(capacity.start, point)[0])

    def target(self, target: Target) -> str:
        """What is to be reached, and by when."""
        parts = self._parts(target)
        if target.by:
            return self.say("target.by", parts=parts, deadline=last_day(target.by))
        return self.say("target.open", parts=parts)

    def undated(self, target: Target) -> str:
        """What is to be reached, where there are no quarters to say when."""
        return self.say("target.undated", parts=self._parts(target))

    def _parts(self, target: Target) -> list[str]:
        parts = [self.say("target.overall", level=target.level)] if target.level else []
        return parts + self.dimensions(target)

    def dimensions(self, target: Target) -> list[str]:
        """The dimensions that have targets of their own, each with its level."""
        return [
            self.say("target.dimension", title=self.titles.get(name, name), level=level)
            for name, level in target.dimensions.items()
        ]

    def answer(self, roadmap: Roadmap) -> str:
        """The answer to the question in a sentence."""
        if roadmap.capacity is None:
            return self.say("answer.unplanned")
        if not roadmap.initiatives and roadmap.prospect is None:
            return self.say("answer.nothing")
        if roadmap.prospect is None or roadmap.aim == "maturity":
            return self.say("answer.gained", gained=roadmap.gained)
        if roadmap.prospect.reached is None:
            said = self.say("answer.missed" if roadmap.prospect.proven else "answer.not-found")
            return f"{said} {self.say('answer.meanwhile')}" if roadmap.initiatives else said
        return self.reached(roadmap.prospect, roadmap.capacity)

    def reached(self, prospect: Prospect, capacity: Capacity) -> str:
        """When the target is reached, and whether that is in time."""
        if prospect.reached is None:
            return self.say("answer.not-reached")
        if prospect.reached == 0 and not prospect.needs_data:
            return self.say("answer.held")
        judgement = self.say("answer.in-time" if prospect.in_time else "answer.late")
        key = "within" if prospect.reached < capacity.quarters else "complete"
        quarter = self.quarter(prospect.reached, capacity)
        said = self.say(f"answer.{key}", quarter=quarter, judgement=judgement)
        return f"{said} {self.say('answer.data')}" if prospect.needs_data else said

    def proven(self, roadmap: Roadmap) -> str:
        """How sure it is that no other plan is better."""
        if isinf(roadmap.gap):
            return self.say("proven.unknown")
        if roadmap.gap > 0:
            return self.say("proven.gap", gap=roadmap.gap)
        if roadmap.status == "feasible":
            return self.say("proven.unsure")
        if roadmap.aim == "maturity" or roadmap.prospect is None or roadmap.prospect.reached is None:
            return self.say("proven.maturity")
        return self.say("proven.target" if roadmap.status == "optimal" else "proven.then")

    def effect(self, assessment: Assessment, roadmap: Roadmap) -> str:
        """Where the plan leads, what it gains and what it costs."""
        now, then = assessment.overall, roadmap.finally_.projected.overall
        values = {"now": self.position(now), "then": self.position(then)}
        key = "leads-same" if values["now"] == values["then"] else "leads"
        known = now.score is not None and then.score is not None
        said = [self.say(key if known else "leads-unknown", n=len(roadmap.initiatives), **values)]
        if known and roadmap.capacity is not None and roadmap.aim == "target":
            said.append(self.say("gained", gained=roadmap.gained))
        if roadmap.cost > 0:
            key = "over-budget" if roadmap.over_budget else "cost" if roadmap.budget is None else "budget"
            n = len(roadmap.initiatives)
            said.append(self.say(key, n=n, cost=roadmap.cost, budget=roadmap.budget))
        return " ".join(said)

    # -------------------------------------------------------------------------------------------- quarters

    def period(self, period: Period) -> tuple[str, str]:
        """What a quarter is called, and its days; it is called by them where it is none of the calendar."""
        days = self.say("days", start=period.start, end=period.end)
        if not starts_calendar_quarter(period.start):
            return days, ""
        return self.wording.quarter(period.start, period.end), f" · {days}"

    def position(self, standing: Standing) -> str:
        """A score and its level."""
        score = self.wording.score(standing.score)
        if standing.level is None:
            return score
        return self.say("position", score=score, level=self.level(standing))

    def level(self, standing: Standing) -> str:
        """A level by its number."""
        if standing.level is None:
            return self.say("no-level")
        return self.say("level", level=standing.level)

    def stands(self, outlook: Outlook) -> str:
        """Where the whole stands: as expected, at least, and if customer data follows."""
        if outlook.projected.overall.score is None:
            return self.say("stands-unknown")
        return self.say(
            "stands",
            expected=self.position(outlook.projected.overall),
            low=self.position(outlook.low.overall),
            level=self.level(outlook.if_measured.overall),
        )

    def runs(self, initiative: Initiative, roadmap: Roadmap, quarter: int) -> str:
        """What an initiative does in a quarter (it starts, goes on, ends), and why it is in the plan."""
        starts, ends = began(roadmap, initiative) == quarter, initiative.end == quarter
        kind = "both" if starts and ends else "start" if starts else "end" if ends else "on"
        said = [self.say(f"runs.{kind}")]
        if initiative.state != "planned":
            said.append(self.say(initiative.state))
        if initiative.needed:
            said.append(self.say("needed"))
        return " · ".join(said)

    # ------------------------------------------------------------------------------- what would change it

    def binding(self, roadmap: Roadmap) -> Iterator[str]:
        """What keeps the plan from more."""
        yield from (self.say("binding", limit=self.texts.message(each)) for each in roadmap.binding)

    def more(self, prospect: Prospect, capacity: Capacity) -> Iterator[str]:
        """What more it would take, to reach the target in time or a quarter sooner."""
        if prospect.ways_at is None:
            return
        reached, at = prospect.reached, prospect.ways_at
        kind = "sooner" if reached is not None and at == reached - 1 and prospect.in_time else "reach"
        longer = [each for each in prospect.ways if each.kind == "quarters"]
        others = [each for each in prospect.ways or prospect.together if each not in longer]
        if others or not longer:
            key = "ways" if prospect.ways else "together" if others else "no-way"
            quarter = self.quarter(at + time_among(prospect.together), capacity)
            yield self.say(f"{key}.{kind}", n=len(others), quarter=quarter)
        yield from (f"• {self._way(each)}" for each in others)
        for each in longer:
            quarter = self.quarter(at + time_among([each]), capacity)
            yield self.say("longer", way=self._way(each), quarter=quarter)

    def _way(self, shortage: Shortage) -> str:
        way = self.say(f"way.{shortage.kind}", n=shortage.amount, skill=shortage.skill)
        return way if shortage.least else self.say("way.enough", way=way)

    def obstacles(self, prospect: Prospect) -> Iterator[str]:
        """What no capacity mends."""
        for each in prospect.obstacles:
            yield self.say("obstacle", text=self.texts.message(each))

    def left_out(self, each: LeftOut) -> str:
        """What was left out and why."""
        return self.say("reason", title=each.recommendation.title, reason=self.texts.message(each.reason))

    def notes(self, roadmap: Roadmap) -> Iterator[str]:
        """What was held constant, what was assumed, what a unit is, and whose estimates these are."""
        if roadmap.held:
            yield self.say("held", titles=roadmap.held)
        if roadmap.size.assumed:
            yield self.wording.assumed(roadmap.size)
        if roadmap.initiatives:
            yield " ".join(
                [
                    *([self.say("level-quarter")] if roadmap.capacity is not None else []),
                    self.say("estimates"),
                ]
            )
