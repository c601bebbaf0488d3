"""What a report says about the target: whether the roadmap gets there, when, and what it would take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cxmaturity.api import DimensionResult, Standing
from cxmaturity.report.words import Wording
from cxmaturity.result import Assessment
from cxmaturity.roadmap.dates import deadline_day
from cxmaturity.roadmap.model import Projection, Prospect, Roadmap, Shortage
from cxmaturity.roadmap.quarters import quarter_span
from cxmaturity.scoring.scale import shown


def roadmap_title(wording: Wording, assessment: Assessment, roadmap: Roadmap) -> str:
    """The roadmap in one sentence: what it holds, and what becomes of the target."""
    texts, count = wording.texts, len(roadmap.initiatives)
    if not count:
        return texts(f"report.roadmap.title.{'no-room' if without_room(roadmap) else 'none'}")
    if not roadmap.periods:
        return texts("report.roadmap.title.unplanned", n=count)
    now, then = assessment.overall, roadmap.finally_.projected.overall
    if now.score is None or then.score is None:
        return texts("report.roadmap.title.find-out", n=count)
    values = {"n": count, "quarters": len(roadmap.periods), "path": _path(wording, now, then)}
    prospect = roadmap.prospect
    if prospect is None or _unknown(prospect, then):
        return texts("report.roadmap.title.plain", **values)
    outcome = _outcome(prospect)
    goal = short_goal(wording, roadmap, prospect, missed=outcome == "missed")
    when = _briefly(wording, roadmap, prospect.reached)
    return texts(f"report.roadmap.title.{outcome}", goal=goal, when=when, **values)


def without_room(roadmap: Roadmap) -> bool:
    """Whether there is something to do, and no room for any of it."""
    return bool(roadmap.periods and roadmap.left_out and not roadmap.initiatives)


def _path(wording: Wording, now: Standing, then: Standing) -> str:
    """From where to where a plan leads: in scores, or in what does differ where these look alike."""
    key, first, last = "score", now.score or 0.0, then.score or 0.0
    if shown(first) == shown(last):
        key = "same"
        if now.level and then.level and now.level != then.level:
            key = "level"
        elif round(first, 2) != round(last, 2):
            key = "points"
    values = {"now": first, "then": last, "before": now.level, "after": then.level}
    return wording.texts(f"report.roadmap.path.{key}", **values)


def _briefly(wording: Wording, roadmap: Roadmap, point: int | None) -> str:
    """The quarter from which something holds, as a title says it; empty for never."""
    if point is None:
        return ""
    if point == len(roadmap.periods):
        return wording.texts("report.target.at-end")
    return wording.texts("report.target.in", when=wording.quarter_of(roadmap.periods[point].start))


def target_sentences(
    wording: Wording, assessment: Assessment, roadmap: Roadmap, *, brief: bool = False
) -> Iterator[str]:
    """What becomes of the target, where the plan leads by its date, and each dimension with one of its own.

    ``brief`` leaves out the dimensions that get there, and says what it would take if the target is missed;
    otherwise it is said what customer data does not show.
    """
    texts, prospect = wording.texts, roadmap.prospect
    now, then = assessment.overall, roadmap.finally_.projected.overall
    count = len(roadmap.initiatives)
    if prospect is None or (_unknown(prospect, then) and not prospect.target.dimensions):
        yield from _where_it_leads(wording, now, then, prospect, count)
        return
    day = deadline_day(roadmap, prospect)
    if day < roadmap.periods[0].start:
        yield texts("report.target.before", deadline=day, start=roadmap.periods[0].start)
    if _unknown(prospect, then):
        yield from _where_it_leads(wording, now, then, prospect, count)
    else:
        yield verdict(wording, roadmap, prospect)
        yield from _whole(wording, roadmap, prospect)
    yield from _dimensions(wording, roadmap, prospect, only_missed=brief)
    if not brief:
        yield from unproven(wording, prospect)
    elif prospect.ways and not prospect.in_time:
        yield texts("report.target.takes", ways=either(wording, way_phrases(wording, prospect)))


def _where_it_leads(
    wording: Wording, now: Standing, then: Standing, prospect: Prospect | None, count: int
) -> Iterator[str]:
    """Where so many initiatives lead, if there is no target or nothing can be said of it."""
    texts = wording.texts
    if not count:
        return
    if now.score is None or then.score is None:
        yield texts("report.target.unknown", n=count)
        return
    values = {"n": count, "now": now.score, "then": then.score, "level": wording.level(then.level)}
    if prospect is None:
        yield texts("report.target.none", **values)
    else:
        yield texts("report.target.no-level", target=prospect.target.level, **values)


def _unknown(prospect: Prospect, then: Standing) -> bool:
    """Whether too little was answered to say anything of the overall target."""
    return prospect.target.level is not None and then.uncapped_level is None


def _outcome(prospect: Prospect) -> str:
    """What becomes of the target, as the key of what is said of it."""
    if prospect.reached is None:
        return "missed"
    if prospect.needs_data:
        return "needs-data" if prospect.in_time else "needs-data-late"
    if prospect.reached == 0:
        return "held"
    return "reached" if prospect.in_time else "late"


def verdict(wording: Wording, roadmap: Roadmap, prospect: Prospect) -> str:
    """Whether the target is reached, and when, in a sentence."""
    texts, outcome = wording.texts, _outcome(prospect)
    key = "blocked" if outcome == "missed" and prospect.obstacles else outcome
    if outcome == "reached" and prospect.target.by is None:
        key = "reached-open"
    if key == "missed" and not prospect.proven:
        key = "not-found"
    return texts(
        f"report.target.{key}",
        goal=goal_of(wording, roadmap, prospect),
        when=since(wording, roadmap, prospect.reached),
        deadline=deadline_day(roadmap, prospect),
        obstacles="; ".join(texts.write(texts.message(each), "lower") for each in prospect.obstacles),
    )


def unproven(wording: Wording, prospect: Prospect) -> Iterator[str]:
    """What customer data would have to show for the target, where it hangs on that."""
    texts = wording.texts
    for each in prospect.obstacles if prospect.needs_data else ():
        yield texts("report.sentence", text=texts.message(each))


def _by(wording: Wording, roadmap: Roadmap, prospect: Prospect) -> str:
    """The target's last day inside a sentence; without a date of its own it has until all is complete."""
    if prospect.target.by is None:
        return wording.texts("report.target.at-end")
    return wording.texts("report.target.by", deadline=deadline_day(roadmap, prospect))


def _whole(wording: Wording, roadmap: Roadmap, prospect: Prospect) -> Iterator[str]:
    """Where the whole stands on the target's last day, beside the level aimed at."""
    standing, wanted = at(roadmap, prospect.deadline).overall, prospect.target.level
    if standing.score is None:
        return
    key = "plain"
    if wanted is not None and (standing.level or 0) < wanted:
        key = "capped" if (standing.uncapped_level or 0) >= wanted else "short"
    yield wording.texts(
        f"report.target.whole.{key}",
        by=_by(wording, roadmap, prospect),
        target=wanted or 0,
        score=standing.score,
        level=wording.level(standing.level),
        uncapped=wording.level(standing.uncapped_level),
    )


def _dimensions(
    wording: Wording, roadmap: Roadmap, prospect: Prospect, *, only_missed: bool
) -> Iterator[str]:
    """Whether the dimensions that have targets of their own get there by the target's date."""
    for then, level in _targeted(roadmap, prospect):
        outcome = "unknown" if then.level is None else "missed" if then.level < level else "reached"
        if only_missed and outcome == "reached":
            continue
        yield wording.texts(
            f"report.target.dimension-{outcome}",
            dimension=then.title,
            target=level,
            by=_by(wording, roadmap, prospect),
            score=wording.score(then.score),
            level=wording.level(then.level),
        )


def _targeted(roadmap: Roadmap, prospect: Prospect) -> Iterator[tuple[DimensionResult, int]]:
    """The dimensions with targets as they stand on its last day, each with the level aimed at."""
    standing = {each.id: each for each in at(roadmap, prospect.deadline).dimensions}
    for name, level in prospect.target.dimensions.items():
        if name in standing:
            yield standing[name], level


# ----------------------------------------------------------------------------------------- turns of phrase


def goal_of(wording: Wording, roadmap: Roadmap, prospect: Prospect, *, missed: bool = False) -> str:
    """The target in words, such as ``level 4 overall and level 3 in culture``, or what of it is missed."""
    return wording.texts.write(_goals(wording, roadmap, prospect, missed=missed), "list")


def short_goal(wording: Wording, roadmap: Roadmap, prospect: Prospect, *, missed: bool = False) -> str:
    """The same where it is one thing, else just ``the target``."""
    goals = _goals(wording, roadmap, prospect, missed=missed)
    return goals[0] if len(goals) == 1 else wording.texts("report.target.the-target")


def _goals(wording: Wording, roadmap: Roadmap, prospect: Prospect, *, missed: bool) -> list[str]:
    texts, level = wording.texts, prospect.target.level
    overall = at(roadmap, prospect.deadline).overall
    targeted = [(e, n) for e, n in _targeted(roadmap, prospect) if not missed or (e.level or 0) < n]
    goals = [texts("report.target.goal.dimension", level=n, dimension=each.title) for each, n in targeted]
    if level is not None and (not missed or (overall.level or 0) < level):
        key = "overall" if prospect.target.dimensions else "only"
        goals.insert(0, texts(f"report.target.goal.{key}", level=level))
    return goals


def at(roadmap: Roadmap, point: int) -> Projection:
    """What holds at a point: from the beginning of a quarter, or after the last once all is complete."""
    periods = roadmap.periods
    return periods[point].projected if point < len(periods) else roadmap.finally_.projected


def since(wording: Wording, roadmap: Roadmap, point: int | None) -> str:
    """From when something holds, also beyond the plan, as part of a sentence; empty for never."""
    if point is None:
        return ""
    when = from_quarter(wording, roadmap, point)
    if point == len(roadmap.periods):
        return wording.texts("report.target.once-complete", when=when)
    return when


def from_quarter(wording: Wording, roadmap: Roadmap, point: int) -> str:
    """From which quarter on something holds, as if quarters went on after the plan."""
    start, _ = quarter_span(roadmap.periods[0].start[:7], point)
    return wording.texts("report.target.from", when=wording.quarter_of(start))


def way_phrases(wording: Wording, prospect: Prospect) -> list[str]:
    """The single additions of which each would do, in words."""
    return [way_phrase(wording, way) for way in prospect.ways]


def way_phrase(wording: Wording, way: Shortage) -> str:
    """An addition in words; ``at most`` where less may do as well."""
    texts = wording.texts
    amount = int(way.amount) if way.amount == int(way.amount) else way.amount
    said = texts(f"report.target.way.{way.kind}", n=amount, skill=way.skill)
    return said if way.least else texts("report.target.way.at-most", way=said)


def either(wording: Wording, phrases: Sequence[str]) -> str:
    """Alternatives as part of a sentence: ``a, b or c``."""
    *others, last = phrases
    return wording.texts("report.target.or", others=", ".join(others), last=last) if others else last
