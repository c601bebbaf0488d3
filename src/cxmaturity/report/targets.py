"""What a report says about the target: whether the roadmap gets there, and when."""

from __future__ import annotations

from collections.abc import Iterator

from cxmaturity.api import Standing
from cxmaturity.report.words import Wording
from cxmaturity.result import Assessment
from cxmaturity.roadmap.model import Projection, Roadmap
from cxmaturity.roadmap.quarters import last_day
from cxmaturity.settings import TargetFile


def roadmap_title(
    wording: Wording, assessment: Assessment, roadmap: Roadmap, target: TargetFile | None
) -> str:
    """The roadmap in one sentence: what it holds, and whether the target is reached."""
    texts, count = wording.texts, len(roadmap.initiatives)
    if not count:
        return texts("report.roadmap.title.none")
    if not roadmap.periods:
        return texts("report.roadmap.title.unplanned", n=count)
    now, then = assessment.overall, roadmap.finally_.projected.overall
    if now.score is None or then.score is None:
        return texts("report.roadmap.title.find-out", n=count)
    values = {"n": count, "quarters": len(roadmap.periods), "now": now.score, "then": then.score}
    if target is None or target.level is None:
        return texts("report.roadmap.title.plain", **values)
    key, quarter = _outcome(wording, assessment, roadmap, target)
    return texts(f"report.roadmap.title.{key}", level=target.level, quarter=quarter, **values)


def _outcome(
    wording: Wording, assessment: Assessment, roadmap: Roadmap, target: TargetFile
) -> tuple[str, str]:
    """What becomes of the target level, and the first quarter in which it stands, if there is one."""
    wanted = target.level or 0
    if (assessment.overall.level or 0) >= wanted:
        return "held", ""
    reached = next((p for p in roadmap.periods if (p.projected.overall.level or 0) >= wanted), None)
    if reached is not None:
        late = target.by is not None and reached.start > last_day(target.by)
        return "late" if late else "reached", wording.quarter(reached.start, reached.end)
    return "after" if (roadmap.finally_.projected.overall.level or 0) >= wanted else "missed", ""


def target_sentence(
    wording: Wording, assessment: Assessment, roadmap: Roadmap, target: TargetFile | None
) -> str:
    """Where the plan leads, and whether that is where the organisation wants to be."""
    texts = wording.texts
    now, then = assessment.overall, roadmap.finally_.projected.overall
    if now.score is None or then.score is None:
        return texts("report.target.unknown")
    values = {"now": now.score, "then": then.score, "level": wording.level(then.level)}
    if target is None or target.level is None:
        return texts("report.target.none", **values)
    deadline = last_day(target.by) if target.by else roadmap.periods[-1].end
    standing = _at(roadmap, deadline)
    if standing is None:
        return texts("report.target.before", deadline=deadline, start=roadmap.periods[0].start)
    values = {
        "deadline": deadline,
        "target": target.level,
        "score": standing.overall.score,
        "level": wording.level(standing.overall.level),
        "uncapped": wording.level(standing.overall.uncapped_level),
    }
    return texts(f"report.target.{_judgement(standing.overall, target.level)}", **values)


def _judgement(standing: Standing, wanted: int) -> str:
    """What is to be said of a target level, given where the whole stands."""
    if standing.level is None:
        return "no-level"
    if standing.level >= wanted:
        return "reached"
    return "capped" if (standing.uncapped_level or 0) >= wanted else "missed"


def dimension_targets(
    wording: Wording, roadmap: Roadmap, target: TargetFile | None, *, only_missed: bool = False
) -> Iterator[str]:
    """Whether the dimensions that have targets of their own get there."""
    if target is None or not target.dimensions:
        return
    deadline = last_day(target.by) if target.by else roadmap.periods[-1].end
    standing = _at(roadmap, deadline)
    projected = {dimension.id: dimension for dimension in standing.dimensions} if standing else {}
    for name, level in target.dimensions.items():
        if name in projected and projected[name].level is not None:
            then = projected[name]
            outcome = "reached" if (then.level or 0) >= level else "missed"
            if only_missed and outcome == "reached":
                continue
            yield wording.texts(
                f"report.target.dimension-{outcome}",
                dimension=then.title,
                target=level,
                deadline=deadline,
                score=wording.score(then.score),
                level=wording.level(then.level),
            )


def _at(roadmap: Roadmap, deadline: str) -> Projection | None:
    """The projection that holds on a day; after the last quarter that of everything done."""
    if deadline < roadmap.periods[0].start:
        return None
    for period in roadmap.periods:
        if deadline <= period.end:
            return period.projected
    return roadmap.finally_.projected
