"""What holds for every number of raters: those who answered nothing do not count, and none are too many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from cxmaturity.api import Score, State
from cxmaturity.conformance.answering import (
    NOT_SCORED,
    Sheet,
    random_sheet,
    silent_sheet,
    with_unanswered_question,
)
from cxmaturity.conformance.asking import (
    caps,
    combine_values,
    combined,
    findings,
    no_scores,
    number,
    practice_score,
    practice_scores,
    try_combine,
)
from cxmaturity.conformance.figures import all_not_measured
from cxmaturity.conformance.scoring import EXACT, sheets
from cxmaturity.conformance.subject import Case, Subject
from cxmaturity.conformance.trial import Trial
from cxmaturity.plugins import guarded
from cxmaturity.texts import load_texts

_MANY = 10_000
_SILENT = 3


# ----------------------------------------------------------------------------------------- not scored


def not_scored(subject: Subject) -> Iterator[str]:
    """Raters who answered nothing change no score, and neither does why an answer is missing."""
    for case in subject.cases:
        for sheet in sheets(case):
            yield from _changed(case, sheet)
        yield from _scored_silence(case)


def _changed(case: Case, sheet: Sheet) -> Iterator[str]:
    before = practice_scores(case, sheet.responses())
    missing = sheet.states != State.ANSWERED
    for state in NOT_SCORED:
        word = state.name.lower().replace("_", " ")
        swapped = replace(sheet, states=np.where(missing, np.uint8(state), sheet.states))
        more = _with_silent_raters(sheet, state)
        for what, changed in (
            (f"where answers that are not scored become '{word}'", swapped),
            (f"with {_SILENT} more raters, all of whose answers are '{word}'", more),
        ):
            after = practice_scores(case, changed.responses())
            for name, score in before.items():
                yield from _differs(what, name, score, after[name])


def _with_silent_raters(sheet: Sheet, state: State) -> Sheet:
    silent = silent_sheet(sheet.questions, _SILENT, state)
    return Sheet(
        sheet.questions,
        np.concatenate([sheet.choices, silent.choices]),
        np.concatenate([sheet.states, silent.states]),
        np.concatenate([sheet.roles, silent.roles]),
    )


def _differs(what: str, about: str, before: Score, after: Score) -> Iterator[str]:
    old, new = number(before), number(after)
    same = old == new if old is None or new is None else abs(old - new) <= EXACT
    if not same:
        words = ["no score" if value is None else f"{value:.5g}" for value in (old, new)]
        yield f"{about} goes from {words[0]} to {words[1]} {what}"


def _scored_silence(case: Case) -> Iterator[str]:
    """Scores of what nobody answered. Raising there is another check's matter."""
    for raters in (0, _SILENT):
        responses = silent_sheet(case.questions, raters, State.UNANSWERED).responses()
        for practice in case.dimension.practices:
            score = guarded(lambda p=practice, r=responses: practice_score(case, p, r))  # type: ignore[misc]
            yield from _has_value(practice.id, score)
    yield from _has_value(case.dimension.id, try_combine(case, no_scores(case)))


def _has_value(about: str, score: Score | BaseException | None) -> Iterator[str]:
    if isinstance(score, Score) and score.value is not None:
        yield f"{about} gets {score.value:.5g} where nobody answered anything"


# ---------------------------------------------------------------------------------------- respondents


def respondents(subject: Subject) -> Iterator[str]:
    """The scorer works with no raters, with one and with very many, and with gaps.

    It yields nothing: what is looked for is whether something raises.
    """
    texts = load_texts("en")
    for case in subject.cases:
        for sheet in _unusual(case):
            responses = sheet.responses()
            combined(case, practice_scores(case, responses))
            metrics = all_not_measured(case.metrics)
            result = Trial(case, subject.plugin, sheet, texts).assessed(metrics).dimensions[0]
            caps(case, result)
            findings(case, result)
        _combine_with_gaps(case)
    yield from ()


def _unusual(case: Case) -> Iterator[Sheet]:
    for raters in (0, 1, _MANY):
        yield random_sheet(case.questions, raters, seed=1)
    for raters in (1, _SILENT):
        yield silent_sheet(case.questions, raters, State.NOT_APPLICABLE)
        yield with_unanswered_question(random_sheet(case.questions, raters, seed=2))


def _combine_with_gaps(case: Case) -> None:
    """No practice with a score, each one alone, and each one missing."""
    combine_values(case, no_scores(case))
    for practice in case.dimension.practices:
        combine_values(case, {**no_scores(case), practice.id: 3.0})
        combine_values(case, {**dict.fromkeys(no_scores(case), 3.0), practice.id: None})
