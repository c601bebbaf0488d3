"""Holds two results against each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from cxmaturity.api import Message
from cxmaturity.following.metrics import metric_changes
from cxmaturity.following.model import Comparison, MetricChange, NotComparable, Prediction, Round, ScoreChange
from cxmaturity.following.plans import initiative_outcomes, other_initiatives
from cxmaturity.following.predicting import prediction_of
from cxmaturity.following.scores import Scores, score_changes
from cxmaturity.following.versions import version_changes

if TYPE_CHECKING:
    from cxmaturity.following.differences import Difference
    from cxmaturity.following.matching import Match, Pair
    from cxmaturity.following.schema import ResultPart

_KINDS = {"dimension": 0, "practice": 1, "metric": 2, "question": 3}
"""The order of what is not compared: what says most comes first, as lists of it are cut."""


def compare_results(before: ResultPart, after: ResultPart) -> Comparison:
    """What changed from one result to a later one, and what cannot be compared."""
    scores = score_changes(before, after)
    metrics = metric_changes(before, after)
    initiatives = initiative_outcomes(before, after, metrics)
    others = tuple(other_initiatives(before, after))
    predicted = prediction_of(before, after, scores, initiatives, others)
    return Comparison(
        before=_round(before),
        after=_round(after),
        overall=scores.overall,
        dimensions=scores.dimensions,
        metrics=metrics,
        initiatives=initiatives,
        others=others,
        predicted=predicted if isinstance(predicted, Prediction) else None,
        predicted_reason=None if isinstance(predicted, Prediction) else predicted,
        not_comparable=tuple(sorted(_not_comparable(scores, metrics), key=lambda each: _KINDS[each.kind])),
        versions=tuple(version_changes(before.model_dump(), after.model_dump())),
        notes=(*_notes(before, after, scores), *_overlaps(metrics)),
    )


def _weighed_otherwise(before: ResultPart, after: ResultPart, scores: Scores) -> int:
    """How many questions and practices that both have weigh other than before, as far as that is known."""
    former = {each.id: each.weight for dimension in before.dimensions for each in dimension.practices}
    practices = [
        each
        for dimension in after.dimensions
        for each in dimension.practices
        if None not in {each.weight, former.get(each.id)} and each.weight != former[each.id]
    ]
    pairs = [pair for match in scores.matches.values() for pair in match.same if not pair.same_weight]
    return len(practices) + len(pairs)


def _overlaps(metrics: Iterable[MetricChange]) -> Iterator[Message]:
    titles = [metric.title for metric in metrics if metric.overlap and _has_interval(metric.difference)]
    if titles:
        yield Message("changes.note.overlap", {"n": len(titles), "titles": titles})


def _has_interval(difference: Difference | None) -> bool:
    return difference is not None and difference.interval is not None


def _round(result: ResultPart) -> Round:
    return Round(
        organisation=result.organisation.name,
        as_of=result.as_of,
        respondents=result.quality.respondents,
        questionnaires=tuple(f"{each.id} {each.version}" for each in result.questionnaires),
    )


def _not_comparable(scores: Scores, metrics: Iterable[MetricChange]) -> Iterator[NotComparable]:
    """Whole dimensions and practices, the single questions of practices that are compared, and metrics."""
    for dimension in scores.dimensions:
        if dimension.difference is None and dimension.reason is not None:
            yield NotComparable("dimension", dimension.id, dimension.title, dimension.reason)
            if dimension.before is None or dimension.after is None:
                continue
        for practice in dimension.practices:
            yield from _of_practice(practice, scores.matches.get(practice.id))
    for metric in metrics:
        if metric.difference is None and metric.reason is not None:
            yield NotComparable("metric", metric.id, metric.title, metric.reason)


def _of_practice(practice: ScoreChange, match: Match | None) -> Iterator[NotComparable]:
    if practice.difference is None:
        if practice.reason is not None:
            yield NotComparable("practice", practice.id, practice.title, practice.reason)
        return
    if match is None or practice.basis == "all":
        return
    for kind, names in (
        ("question-changed", match.changed),
        ("not-known", match.unknown),
        ("only-before", match.only_before),
        ("only-after", match.only_after),
    ):
        for name in names:
            yield NotComparable("question", name, practice.title, Message(f"changes.reason.{kind}"))
    for pair in match.same:
        if (key := _one_sided(pair)) is not None:
            yield NotComparable("question", pair.after.id, practice.title, Message(key))


def _one_sided(pair: Pair) -> str | None:
    """Why only one of the results has a score of a question, as a key, if that is so."""
    if (pair.before.score is None) == (pair.after.score is None):
        return None
    key, question = ("before", pair.before) if pair.before.score is None else ("after", pair.after)
    return f"changes.reason.question-{'hidden' if question.suppressed else 'unscored'}-{key}"


def _notes(before: ResultPart, after: ResultPart, scores: Scores) -> Iterator[Message]:
    """What else the two do not have in common, and how the differences are to be read."""
    if before.organisation.name != after.organisation.name:
        names = {"before": before.organisation.name, "after": after.organisation.name}
        yield Message("changes.note.organisation", names)
    if before.confidential is not None and before.confidential != after.confidential:
        yield Message(f"changes.note.{'open' if before.confidential else 'confidential'}")
    if before.balanced != after.balanced:
        yield Message("changes.note.balanced")
    weights = [{each.id: each.weight for each in result.dimensions} for result in (before, after)]
    changed = [
        each.title for each in after.dimensions if weights[0].get(each.id, each.weight) != weights[1][each.id]
    ]
    if changed:
        yield Message("changes.note.weights", {"n": len(changed), "titles": changed})
    weighed = _weighed_otherwise(before, after, scores)
    if weighed:
        yield Message("changes.note.part-weights", {"n": weighed})
    if scores.overall.basis == "shared":
        yield Message("changes.note.shared")
    if _has_interval(scores.overall.difference):
        yield Message("changes.note.independent")
