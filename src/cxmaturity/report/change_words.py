"""What a comparison says in words: for its report, and for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from cxmaturity.api import Message
from cxmaturity.following.differences import Difference
from cxmaturity.following.model import (
    CapSeen,
    Comparison,
    InitiativeOutcome,
    KpiOutcome,
    MetricChange,
    OtherInitiative,
    PredictedScore,
    Prediction,
    Round,
    ScoreChange,
    Side,
    Status,
)
from cxmaturity.report.words import MISSING, Wording
from cxmaturity.result import OVERALL
from cxmaturity.scoring.scale import shown
from cxmaturity.texts import Texts

Verdict = Literal["clear", "noise", "unknown"]

_NEAR_ZERO = 0.05
"""With one decimal, what lies closer to 0 than this would seem to be 0."""


def verdict_of(difference: Difference) -> Verdict:
    """Whether a difference is more than noise, as a key."""
    if difference.clear is None:
        return "unknown"
    return "clear" if difference.clear else "noise"


@dataclass(frozen=True, slots=True)
class ChangeWording:
    """The turns of phrase of a comparison."""

    texts: Texts

    @property
    def words(self) -> Wording:
        """The turns of phrase of every report. A result does not say what its levels and roles are called."""
        return Wording(self.texts, (), {})

    def title(self, scored: ScoreChange | PredictedScore) -> str:
        """What something is called."""
        return self.texts("changes.whole") if scored.id == OVERALL else scored.title

    def day(self, side: Round, which: Literal["before", "after"]) -> str:
        """The day of a result, or which round it is."""
        if side.as_of is None:
            return self.texts(f"changes.since.{which}")
        return self.texts.write(side.as_of, "date")

    def sides(self, change: ScoreChange) -> tuple[str, str]:
        """What is compared, before and now; where nothing is, the scores as the results show them."""
        if change.difference is None or change.first is None or change.second is None:
            before, after = (
                self.words.score(side.score if side else None) for side in (change.before, change.after)
            )
            return before, after
        first, second = change.first.value, change.second.value
        if change.difference.clear and shown(first) == shown(second):
            return self._two_decimals(first), self._two_decimals(second)
        return self.words.score(first), self.words.score(second)

    def _two_decimals(self, score: float) -> str:
        return self.texts.write(shown(score, 2), "points")

    def points(self, difference: Difference | None) -> str:
        """By how much a score changed, or a dash: near 0 as finely as an end of its interval that is near 0.

        So it lies inside the interval as that is shown, and a change that is more than noise is not 0.
        """
        if difference is None:
            return MISSING
        ends = difference.interval or (difference.value,)
        if _narrow(difference) or any(abs(end) < _NEAR_ZERO for end in ends):
            return self._apart_from_0(difference.value, fine=_narrow(difference))
        return self.texts.write(difference.value, "signed1")

    def range(self, difference: Difference | None) -> str:
        """Both ends of the interval of a change of score, or a dash."""
        if difference is None or difference.interval is None:
            return MISSING
        fine = _narrow(difference)
        low, high = (self._apart_from_0(end, fine=fine) for end in difference.interval)
        return self.texts("changes.range", low=low, high=high)

    def _apart_from_0(self, value: float, *, fine: bool = False) -> str:
        """A difference, with a second decimal if that is wanted, or if it would else seem to be 0."""
        if value and not round(value, 2):
            return self.texts(f"changes.end.{'above' if value > 0 else 'below'}")
        two = fine or 0 < abs(value) < _NEAR_ZERO
        return self.texts(f"changes.end.{'two' if two else 'one'}", value=value)

    def verdict(self, difference: Difference) -> str:
        """Whether a change is more than noise."""
        return self.texts(f"changes.verdict.{verdict_of(difference)}")

    def level(self, number: int | None) -> str:
        """A level, or a dash."""
        return MISSING if number is None else self.texts("changes.level", level=number)

    def levels(self, change: ScoreChange) -> str:
        """The level before and now; nothing where there was none in either."""
        before, after = (_level(side) for side in (change.before, change.after))
        if before is None and after is None:
            return ""
        kind = (
            "same"
            if before == after
            else "lost"
            if after is None
            else "gained"
            if before is None
            else "moved"
        )
        said = self.texts(f"changes.levels.{kind}", before=before, after=after)
        by = self.levels_basis(change)
        return self.texts("changes.levels.by", levels=said, by=by) if by else said

    def levels_basis(self, change: ScoreChange) -> str:
        """What the levels rest on, where that is not what the scores beside them do."""
        return self.texts("changes.levels.all") if change.basis == "shared" else ""

    def moved_level(self, change: ScoreChange) -> str:
        """The level before and now, if it is another one."""
        before, after = (_level(side) for side in (change.before, change.after))
        return "" if before == after else self.levels(change)

    def caps(self, change: ScoreChange) -> Iterator[str]:
        """The caps that have gone, then those that have come."""
        for kind, caps in (("gone", change.caps_gone), ("come", change.caps_come)):
            yield from (self._cap(kind, cap) for cap in caps)

    def dimension_caps(self, comparison: Comparison) -> Iterator[str]:
        """The same of each dimension, with its name."""
        for dimension in comparison.dimensions:
            for cap in self.caps(dimension):
                yield self.texts("changes.summary.cap", title=dimension.title, cap=cap)

    def _cap(self, kind: str, cap: CapSeen) -> str:
        return self.texts(f"changes.cap.{kind}", reason=cap.reason)

    def over(self, change: ScoreChange) -> str:
        """Over which part of the questions it is compared, where it is not over all."""
        if change.basis != "shared":
            return ""
        return self.texts("changes.over", shared=change.shared, asked=change.asked)

    def reason(self, scored: ScoreChange | PredictedScore | MetricChange) -> str:
        """Why there is no difference."""
        return self.texts.message(scored.reason) if scored.reason else ""

    def became(self, outcome: InitiativeOutcome) -> str:
        """What became of an initiative, and how late."""
        status = self._status(outcome.status, outcome.month)
        if not outcome.late:
            return status
        return f"{status}, {self.texts(f'changes.initiative.late.{outcome.status}', n=outcome.late)}"

    def _status(self, status: Status, month: str | None) -> str:
        said = self.texts(f"changes.initiative.status.{status}")
        if not month:
            return said
        key = "since" if status == "under-way" else "in"
        return self.texts(f"changes.initiative.{key}", status=said, month=f"{month}-01")

    def planned(self, outcome: InitiativeOutcome) -> str:
        """When the plan had an initiative."""
        if outcome.planned_start is None or outcome.planned_end is None:
            return self.texts("changes.initiative.unplanned")
        return self.texts("changes.initiative.planned", start=outcome.planned_start, end=outcome.planned_end)

    def kpi(self, kpi: KpiOutcome | None) -> str:
        """Whether the KPI of an initiative moved."""
        if kpi is None:
            return self.texts("changes.kpi.none")
        if kpi.metric is None:
            return self.texts("changes.kpi.not-computed", name=kpi.name, target=kpi.target)
        if kpi.change is None:
            return self.texts("changes.kpi.not-there", metric=kpi.metric, target=kpi.target)
        return self.metric(kpi.change)

    def metric(self, change: MetricChange) -> str:
        """How a figure from customer data changed."""
        if change.difference is None or change.before is None or change.after is None:
            return self.texts("changes.kpi.not-measured", title=change.title, reason=self.reason(change))
        before, after = (
            self.words.in_unit(change.unit, each.value) for each in (change.before, change.after)
        )
        moved = self._delta(change.unit, change.difference.value)
        if change.difference.interval is not None:
            ends = self.metric_range(change)
            moved = self.texts("changes.kpi.change-interval", change=moved, range=ends)
        return self.texts(
            "changes.kpi.moved",
            title=change.title,
            before=before,
            after=after,
            change=moved,
            verdict=self.judged(change),
        )

    def judged(self, change: MetricChange) -> str:
        """Whether a figure got better or worse, and whether that is more than noise."""
        if change.difference is None:
            return self.reason(change)
        verdict = self.verdict(change.difference)
        if change.direction is None:
            return verdict
        direction = self.texts(f"changes.kpi.{change.direction}")
        if change.direction == "same":
            return direction
        return self.texts("changes.kpi.judged", direction=direction, verdict=verdict)

    def metric_range(self, change: MetricChange) -> str:
        """Both ends of the interval of a change of a figure, or a dash."""
        if change.difference is None or change.difference.interval is None:
            return MISSING
        low, high = (self._delta(f"short.{change.unit}", end) for end in change.difference.interval)
        return self.texts("changes.range", low=low, high=high)

    def metric_row(self, change: MetricChange) -> tuple[str, ...]:
        """What, before, now, the change, its interval, and what to think of it."""
        before, after = (
            self.words.in_unit(change.unit, each.value if each else None)
            for each in (change.before, change.after)
        )
        difference = change.difference
        moved = MISSING if difference is None else self._delta(f"short.{change.unit}", difference.value)
        return change.title, before, after, moved, self.metric_range(change), self.judged(change)

    def _delta(self, unit: str, value: float) -> str:
        return self.texts(f"changes.delta.{unit}", value=value, hundredths=100 * value)

    def predicted(self, prediction: Prediction) -> Iterator[str]:
        """What the plan expected of the whole, and whether that was for the course that was taken."""
        overall = prediction.scores[0]
        if overall.gap is None or overall.found is None:
            yield self.texts("changes.predicted.unscored", reason=self.reason(overall))
        elif prediction.when == "within":
            yield self.texts(
                "changes.predicted.within",
                quarter=self.words.quarter(prediction.start or "", prediction.end or ""),
                expected=overall.expected,
                found=overall.found.value,
            )
        elif prediction.when == "after":
            yield self.texts("changes.predicted.after", expected=overall.expected, found=overall.found.value)
        yield from self.course(prediction)

    def course(self, prediction: Prediction) -> Iterator[str]:
        """Whether the prediction was for the course that was taken."""
        if prediction.when == "before":
            yield self.texts("changes.predicted.before")
            return
        if not prediction.known:
            yield self.texts("changes.predicted.unknown")
            return
        for kind, titles in (("missing", prediction.missing), ("ahead", prediction.ahead)):
            if titles:
                yield self.texts(f"changes.predicted.{kind}", n=len(titles), titles=list(titles))
        if not prediction.missing and not prediction.ahead:
            yield self.texts("changes.predicted.on-course")

    def gap(self, row: PredictedScore) -> str:
        """What was found less what was expected, or a dash."""
        if row.gap is None:
            return MISSING
        within = round(row.within or 0.0, 2) if row.beyond else 0.0
        if within and abs(round(row.gap, 1)) <= abs(within):  # else its part would seem to be all of it
            return self.texts.write(row.gap, "signed2")
        return self._apart_from_0(row.gap)

    def chance(self, row: PredictedScore) -> str:
        """Which part of a gap may be chance; why there is none, where there is no gap."""
        if row.gap is None:
            return self.reason(row)
        if row.within is None:
            return self.texts("changes.predicted.no-interval")
        if not row.beyond:
            return self.texts("changes.predicted.whole-gap")
        return self.texts("changes.predicted.part-gap", within=self.texts.write(row.within, "signed2"))

    def predicted_row(self, row: PredictedScore) -> tuple[str, ...]:
        """What, expected, with low lifts, found, the gap, and which part of it may be chance."""
        return (
            self.title(row),
            self.words.score(row.expected),
            self.words.score(row.low),
            self.words.score(row.found.value if row.found else None),
            self.gap(row),
            self.chance(row),
        )

    def apart(self, comparison: Comparison, most: int) -> tuple[list[tuple[str, str]], str]:
        """What cannot be compared, and why, in so many rows, and how much more there is.

        What has one reason in common is named in one row; single questions are not, as they are many.
        """
        rows: dict[tuple[str, str], list[str]] = {}
        for each in comparison.not_comparable:
            reason, question = self.texts.message(each.reason), each.kind == "question"
            name = self.texts("changes.question", title=each.title, id=each.id) if question else each.title
            rows.setdefault((each.id if question else each.kind, reason), []).append(name)
        found = [(self.texts.write(names, "list"), reason) for (_, reason), names in rows.items()]
        more = sum(len(names) for names in list(rows.values())[most:])
        return found[:most], self.texts("report.more", n=more) if more else ""

    def initiatives(self, comparison: Comparison) -> str:
        """How much of the plan was done, without a full stop."""
        found = [each.status for each in comparison.initiatives]
        if not found:
            return self.texts("changes.section.initiatives.none")
        if "unknown" in found:
            return self.texts("changes.section.initiatives.unknown")
        return self.texts("changes.section.initiatives.title", done=found.count("done"), n=len(found))

    def other(self, other: OtherInitiative) -> str:
        """Something that was done or begun and was not in the plan."""
        title = self.texts("changes.initiative.other", title=other.title)
        return f"{title} · {self._status(other.status, other.month)}"

    def prediction(self, comparison: Comparison) -> str:
        """What there is to say of predictions, without a full stop."""
        return self.texts(f"changes.section.predicted.{'title' if comparison.predicted else 'none'}")

    def sentence(self, message: Message) -> str:
        """Something that is said without a full stop, as a sentence."""
        said = self.texts.write(self.texts.message(message), "start")
        return self.texts("report.sentence", text=said)

    def headline(self, comparison: Comparison) -> str:
        """How the whole changed, without a full stop."""
        overall = comparison.overall
        if overall.difference is None:
            return self.texts("changes.title.none")
        verdict = verdict_of(overall.difference)
        kind = "moved" if verdict != "clear" else "rose" if overall.difference.value > 0 else "fell"
        before, after = self.sides(overall)
        return self.texts(
            f"changes.title.{kind}",
            before=before,
            after=after,
            verdict=self.texts(f"changes.title.verdict.{verdict}"),
        )

    def practices(self, comparison: Comparison) -> Iterator[str]:
        """How many practices rose and fell by more than noise; nothing where none can be told."""
        known = [
            each.difference
            for each in comparison.practices()
            if each.difference is not None and each.difference.clear is not None
        ]
        if known:
            clear = [each.value for each in known if each.clear]
            up, down = sum(value > 0 for value in clear), sum(value < 0 for value in clear)
            yield self.texts("changes.summary.practices", n=len(known), up=up, down=down)
            yield self.texts("changes.summary.by-chance")


def _narrow(difference: Difference) -> bool:
    """Whether both ends of its interval would read the same with one decimal, though they are not."""
    if difference.interval is None:
        return False
    low, high = difference.interval
    return low != high and round(low, 1) == round(high, 1)


def _level(side: Side | None) -> int | None:
    return side.level if side else None
