"""What is wrong with what a workspace says of its plan, given the recommendations that there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cxmaturity.errors import Problem
from cxmaturity.roadmap.consistency import behind
from cxmaturity.roadmap.model import Recommendation
from cxmaturity.roadmap.quarters import begun_quarter, quarter_bounds, quarter_of, quarter_span
from cxmaturity.settings import AssessmentFile, CapacityFile, PlanFile
from cxmaturity.suggesting import did_you_mean
from cxmaturity.yamlfile import YamlDocument

Loc = tuple[str | int, ...]
_LISTS = ("pin", "forbid", "done", "under_way")
_BINDING = ("pin", "under_way", "done")
"""What rules its alternatives out."""


@dataclass(frozen=True, slots=True)
class PlanChecks:
    """Checks of a workspace's ``plan`` and ``capacity`` against the recommendations that there are."""

    file: AssessmentFile
    document: YamlDocument
    catalogue: Sequence[Recommendation]

    def contradictions(self) -> Iterator[Problem]:
        """What cannot hold together, or in the quarters that there are."""
        yield from self._twice()
        yield from self._needing_forbidden()
        yield from self._alternatives()
        capacity = self.file.capacity
        if capacity is None:
            yield from self._without_quarters()
            return
        yield from self._skills(capacity)
        yield from self._months(capacity)
        yield from self._too_late(capacity)

    def unknown(self, *, complete: bool = True) -> Iterator[Problem]:
        """Recommendations and skills that there are not.

        Where plugins are out of use (not ``complete``) they may be theirs: then only the recommendations are
        named, which the plan goes without.
        """
        known = [entry.id for entry in self.catalogue]
        for where in _LISTS:
            for name in self._names(where):
                if name not in known:
                    what = f"there is no recommendation '{name}'"
                    if not complete:
                        what += " in any plugin in use, so the plan goes without it"
                    yield self._problem(where, name, what, _nearest(name, known))
        if complete:
            yield from self._unknown_skills()

    def _unknown_skills(self) -> Iterator[Problem]:
        known = sorted({skill for entry in self.catalogue for skill in entry.skills})
        for skill in self.file.capacity.skills if self.file.capacity else ():
            if skill not in known:
                what = f"no recommendation needs the skill '{skill}', so it would limit nothing"
                fix = f"use {' or '.join(known)}" if known else "take it out"
                yield self.document.problem(("capacity", "skills", skill), what, fix, key=True)

    def _twice(self) -> Iterator[Problem]:
        seen: dict[str, str] = {}
        for where in _LISTS:
            for name in self._names(where):
                if name in seen:
                    what = f"'{name}' is under `{seen[name]}` as well"
                    yield self._problem(where, name, what, "keep the one that holds")
                seen.setdefault(name, where)

    def _needing_forbidden(self) -> Iterator[Problem]:
        """A pinned one that needs, by whatever way, one that is forbidden."""
        plan = self.file.plan
        settled = {*plan.done, *plan.under_way}
        needs = {
            entry.id: [need for need in entry.prerequisites if need not in settled]
            for entry in self.catalogue
            if entry.id not in settled
        }
        for name in plan.pin:
            for need in sorted(behind(name, needs) & {*plan.forbid}):
                what = f"'{name}' needs '{need}', which is under `forbid`"
                fix = f"take one of the two out; if '{need}' is there already, list it under `done`"
                yield self._problem("pin", name, what, fix)

    def _alternatives(self) -> Iterator[Problem]:
        """Two that exclude each other, of which one must be done and the other is, or must be as well."""
        excludes = {entry.id: entry.excludes for entry in self.catalogue}
        decided = [(where, name) for where in _BINDING for name in self._names(where)]
        for number, (where, name) in enumerate(decided):
            for other_where, other in decided[number + 1 :]:
                apart = other in excludes.get(name, ()) or name in excludes.get(other, ())
                if apart and (where == "pin" or other_where == "under_way"):
                    what = f"'{name}' and '{other}' (under `{other_where}`) exclude each other"
                    yield self._problem(where, name, what, "take one of the two out")

    def _months(self, capacity: CapacityFile) -> Iterator[Problem]:
        """Months outside the plan's quarters. What is under way may have begun before them."""
        bounds = quarter_bounds(capacity.start, capacity.quarters)
        span = f"from {capacity.start} to {bounds[-1][1][:7]}"
        for name, month in self.file.plan.pin.items():
            if _outside(month, capacity):
                what = f"'{name}' cannot start in {month}: the plan goes {span}"
                yield self._problem("pin", name, what, "name a month of the plan", value=True)
        for name, month in self.file.plan.under_way.items():
            if quarter_of(month, capacity.start) >= capacity.quarters:
                what = f"'{name}' cannot be under way since {month}: the plan goes {span}"
                yield self._problem("under_way", name, what, "name the month in which it began", value=True)
        for name, month in self.file.plan.done.items():
            # what the assessment has seen is in its scores; else it would count from the plan's first day on
            seen = month is None or month <= (self.file.as_of or "")[:7]
            if month is not None and not seen and month >= capacity.start:
                what = f"'{name}' cannot be done since {month}: the plan starts in {capacity.start}"
                fix = "if it is, let `capacity` start later; else list it under `under_way` or `pin`"
                yield self._problem("done", name, what, fix, value=True)

    def _too_late(self, capacity: CapacityFile) -> Iterator[Problem]:
        """What is pinned to start before what it needs has ended, or cannot end within the plan."""
        spans = _Spans(self.file.plan, capacity, {entry.id: entry for entry in self.catalogue})
        for name, month in self.file.plan.pin.items():
            if name in spans.entries and not _outside(month, capacity):  # else it has been named
                for why, fix in spans.faults(name):
                    cannot = f"start in {month}" if month else "end within the plan"
                    yield self._problem(
                        "pin", name, f"'{name}' cannot {cannot}: {why}", fix, value=bool(month)
                    )

    def _skills(self, capacity: CapacityFile) -> Iterator[Problem]:
        """More person-days of a skill than any quarter has; where only some have fewer, those limit it."""
        free = max(capacity.by_quarter(capacity.person_days))
        for skill, days in capacity.skills.items():
            most = max(capacity.by_quarter(days))
            if most > free:
                what = f"{most:,.12g} person-days have '{skill}', and no quarter has more than {free:,.12g}"
                fix = "those with a skill are part of `person_days`: lower them, or raise these"
                yield self.document.problem(("capacity", "skills", skill), what, fix)

    def _without_quarters(self) -> Iterator[Problem]:
        """What needs a capacity where none is given at all; one that is given and wrong has been named."""
        if isinstance(self.document.data, Mapping) and "capacity" in self.document.data:
            return
        fix = "give `capacity`, with `start`, `quarters` and `person_days`"
        for name, month in self.file.plan.pin.items():
            if month is not None:
                what = f"'{name}' cannot start in {month}: without `capacity` there are no quarters"
                yield self._problem("pin", name, what, fix, value=True)
        for name in self.file.plan.under_way:
            what = f"'{name}' takes up capacity, and without `capacity` there is none"
            yield self._problem("under_way", name, what, fix)

    def _names(self, where: str) -> list[str]:
        return list(dict.fromkeys(getattr(self.file.plan, where)))

    def _problem(self, where: str, name: str, what: str, fix: str, *, value: bool = False) -> Problem:
        """A problem of an entry, which stands in a list or as a key (``value``: of what that leads to)."""
        written = self.document.data["plan"][where]
        if isinstance(written, list):
            return self.document.problem(("plan", where, written.index(name)), what, fix)
        return self.document.problem(("plan", where, name), what, fix, key=not value)


@dataclass(frozen=True, slots=True)
class _Spans:
    """The quarters in which what must be done runs, at the soonest; they count from 0."""

    plan: PlanFile
    capacity: CapacityFile
    entries: Mapping[str, Recommendation]

    def start(self, name: str) -> int:
        """The quarter that people have named, or else the first in which what it needs has ended."""
        if month := self.plan.under_way.get(name):
            return begun_quarter(month, self.capacity.start, self.entries[name].quarters)
        month = self.plan.pin[name]
        return quarter_of(month, self.capacity.start) if month else self.ready(name)[0]

    def ready(self, name: str) -> tuple[int, str]:
        """The first quarter in which what it needs has ended, and what of that ends last.

        What nobody has decided on is passed over: where it adds nothing, nothing waits for it.
        """
        decided = self.entries.keys() & {*self.plan.pin, *self.plan.under_way}
        needs = [need for need in self.entries[name].prerequisites if need in decided]
        return max(
            ((self.start(need) + self.entries[need].quarters, need) for need in needs), default=(0, "")
        )

    def faults(self, name: str) -> Iterator[tuple[str, str]]:
        """Why what is pinned has no time, if so, and what to do."""
        start, takes, end = self.start(name), self.entries[name].quarters, self.capacity.quarters
        ready, need = self.ready(name)
        if start < ready:
            why = f"it needs '{need}', which goes on until {self._month_before(ready)}"
            yield why, f"let it start later, or '{need}' sooner"
        elif start + takes > end:
            after = f" after '{need}'" if 0 < start == ready else ""
            why = f"it takes {_quarters(takes)}{after}, and the plan ends in {self._month_before(end)}"
            sooner = f"name a month up to {self._month_before(end - takes + 1)}, or "
            possible = self.plan.pin[name] is not None and ready + takes <= end
            yield why, f"{sooner if possible else ''}give `capacity` more quarters, or take it out"

    def _month_before(self, quarter: int) -> str:
        """The last month before a quarter."""
        return quarter_span(self.capacity.start, quarter - 1)[1][:7]


def _outside(month: str | None, capacity: CapacityFile) -> bool:
    """Whether a month lies in none of the plan's quarters."""
    return month is not None and not 0 <= quarter_of(month, capacity.start) < capacity.quarters


def _quarters(count: int) -> str:
    return f"{count} quarter" if count == 1 else f"{count} quarters"


def _nearest(name: str, known: Sequence[str]) -> str:
    beside = [each for each in known if each.partition(".")[0] == name.partition(".")[0]] or known
    return did_you_mean(name, known, f"use an id such as {beside[0]}" if beside else "take it out")
