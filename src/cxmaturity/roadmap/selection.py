"""Which recommendations fit a result: by practice scores, by what customer data shows, by prerequisites."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass

from cxmaturity.api import PracticeResult
from cxmaturity.result import Assessment
from cxmaturity.roadmap.model import Quadrant, Recommendation, Size

ASSUMED_EMPLOYEES, ASSUMED_DEPARTMENTS = 100, 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A recommendation that fits: the assessed practices that it would lift, and those not assessed."""

    recommendation: Recommendation
    lifts: Mapping[str, int]
    unassessed: tuple[str, ...] = ()


def effective_score(practice: PracticeResult, scale: tuple[float, ...]) -> float | None:
    """The score that a plan starts from: where customer data caps the level, that level's minimum.

    People may rate a practice at 4 while churn shows a 1: there is still work to do.
    """
    if practice.score is None or not practice.caps or practice.level is None:
        return practice.score
    return min(practice.score, scale[practice.level - 1])


def candidates(
    assessment: Assessment, catalogue: tuple[Recommendation, ...], since: Mapping[str, int] | None = None
) -> dict[str, Candidate]:
    """The recommendations that fit, by id; ``since`` are levels brought about after the assessment.

    An ordinary one fits if it lifts at least one assessed practice beyond where it stands; one that
    finds out, if its dimension has a practice without a score. Nothing else is said about a practice
    that was not assessed.
    """
    practices = {practice.id: practice for practice in assessment.practices()}
    scale = assessment.dimensions[0].scale
    found = {}
    for entry in catalogue:
        if entry.find_out:
            unassessed = tuple(
                name
                for name, p in practices.items()
                if name.startswith(f"{entry.dimension}.") and p.score is None
            )
            candidate = Candidate(entry, {}, unassessed)
        else:
            candidate = Candidate(entry, _useful(entry, practices, scale, since or {}))
        if candidate.lifts or candidate.unassessed:
            found[entry.id] = candidate
    return found


def _useful(
    entry: Recommendation,
    practices: Mapping[str, PracticeResult],
    scale: tuple[float, ...],
    since: Mapping[str, int],
) -> dict[str, int]:
    """The lifts that bring an assessed practice further."""
    useful = {}
    for name, level in entry.lifts.items():
        practice = practices.get(name)
        score = effective_score(practice, scale) if practice else None
        if score is not None and score < scale[level - 1] and level > since.get(name, 0):
            useful[name] = level
    return useful


def prerequisite_unknown(
    entry: Recommendation,
    assessment: Assessment,
    by_id: Mapping[str, Recommendation],
    certain: Container[str] = (),
) -> str | None:
    """A prerequisite about practices of which none was assessed, so that nobody knows if it is met.

    Of those that are ``certain``, as they are done or will be, that is known.
    """
    assessed = {practice.id for practice in assessment.practices() if practice.score is not None}
    for name in entry.prerequisites:
        about = by_id.get(name)
        known = name in certain or (about and (about.find_out or assessed & about.lifts.keys()))
        if not known:
            return name
    return None


def size_of(assessment: Assessment) -> Size:
    """The organisation's size; what is not known is assumed, and named so."""
    organisation = assessment.organisation
    unknown = [name for name in ("employees", "departments") if getattr(organisation, name) is None]
    return Size(
        organisation.employees or ASSUMED_EMPLOYEES,
        organisation.departments or ASSUMED_DEPARTMENTS,
        tuple(unknown),  # type: ignore[arg-type]
    )


def quadrant(effort: float, impact: float, effort_split: float, impact_split: float) -> Quadrant:
    """Where an item lies: in exactly one quadrant, as each limit belongs to its better side."""
    if impact >= impact_split:
        return "quick-win" if effort <= effort_split else "major-project"
    return "fill-in" if effort <= effort_split else "reconsider"
