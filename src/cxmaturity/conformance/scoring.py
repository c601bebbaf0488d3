"""What holds for every score: it follows the answers, stays on the scale, and is explained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from math import isclose

import numpy as np

from cxmaturity.api import Contribution, Message, Score, State
from cxmaturity.conformance.answering import (
    Sheet,
    alike_sheet,
    possible_answers,
    random_sheet,
    silent_sheet,
    with_unanswered_question,
)
from cxmaturity.conformance.asking import (
    no_scores,
    number,
    practice_score,
    random_scores,
    try_combine,
)
from cxmaturity.conformance.subject import Case, Subject
from cxmaturity.plugins import ask, guarded
from cxmaturity.questionnaire.model import Practice
from cxmaturity.scoring.scale import SCALE_BOTTOM, SCALE_SPAN

EXACT = 1e-5
"""How far two scores may lie apart: a plugin may well compute in float32, as the answers are."""

_RATERS = (2, 7, 40)
_TRIALS = 40


def sheets(case: Case, *, answered: float = 0.8) -> Iterator[Sheet]:
    """Random answers of two to forty raters."""
    for raters in _RATERS:
        yield random_sheet(case.questions, raters, seed=raters, answered=answered)


# ------------------------------------------------------------------------------------------- monotone


def monotone(subject: Subject) -> Iterator[str]:
    """A better answer never lowers the score of its practice, a better practice never the dimension's."""
    for case in subject.cases:
        for sheet in (*sheets(case), alike_sheet(case.questions, _RATERS[-1], 0.5)):
            for practice in case.dimension.practices:
                yield from _better_answers(case, practice, sheet.of(practice))
        for seed in range(_TRIALS):
            yield from _better_practice(case, seed)


def _better_answers(case: Case, practice: Practice, sheet: Sheet) -> Iterator[str]:
    """Some answers to a practice's questions made better, one at a time."""
    random = np.random.default_rng(len(sheet.choices))
    before = practice_score(case, practice, sheet.responses())
    cells = [
        (row, column)
        for column in range(len(sheet.questions))
        for row in np.flatnonzero(sheet.states[:, column] == State.ANSWERED)
    ]
    for cell in random.permutation(len(cells))[:_TRIALS]:
        row, column = cells[cell]
        better = _better_choice(sheet, row, column, random)
        if better is not None:
            after = practice_score(case, practice, better.responses())
            question = sheet.questions[column].id
            yield from _lowered(f"a better answer to {question}", practice.id, before, after)


def _better_choice(sheet: Sheet, row: int, column: int, random: np.random.Generator) -> Sheet | None:
    """The sheet with one answer that is worth more, if there is one."""
    worth = np.array([answer.fraction for answer in possible_answers(sheet.questions[column])])
    better = np.flatnonzero(worth > worth[sheet.choices[row, column]])
    if not len(better):
        return None
    choices = sheet.choices.copy()
    choices[row, column] = random.choice(better)
    return replace(sheet, choices=choices)


def _better_practice(case: Case, seed: int) -> Iterator[str]:
    values = random_scores(case, seed, gaps=bool(seed % 2))
    before = try_combine(case, values)
    random = np.random.default_rng(seed)
    for name, value in values.items():
        if value is None or before is None:
            continue
        after = try_combine(case, {**values, name: float(random.uniform(value, 5.0))})
        if after is not None:
            yield from _lowered(f"a better {name}", case.dimension.id, before, after)


def _lowered(what: str, about: str, before: Score, after: Score) -> Iterator[str]:
    old, new = number(before), number(after)
    if old is not None and (new is None or new < old - EXACT):
        yield f"{what} takes {about} from {old:.5g} to {'no score' if new is None else f'{new:.5g}'}"


# -------------------------------------------------------------------------------------------- bounded


def bounded(subject: Subject) -> Iterator[str]:
    """Scores lie within 1 to 5, whatever is answered, and within their intervals."""
    for case in subject.cases:
        extremes = [alike_sheet(case.questions, 5, where) for where in (0.0, 1.0)]
        for sheet in (*extremes, *sheets(case), *sheets(case, answered=1.0)):
            for practice in case.dimension.practices:
                yield from _beyond(practice.id, practice_score(case, practice, sheet.responses()))
                yield from _beyond(practice.id, _with_gap(case, practice, sheet))
        for value in (1.0, 5.0):
            yield from _beyond(case.dimension.id, try_combine(case, dict.fromkeys(no_scores(case), value)))
        for seed in range(_TRIALS):
            values = random_scores(case, seed, gaps=bool(seed % 2))
            yield from _beyond(case.dimension.id, try_combine(case, values))


def _with_gap(case: Case, practice: Practice, sheet: Sheet) -> Score | None:
    """The score where a question has no answer. That the scorer raises there is another check's matter."""
    responses = with_unanswered_question(sheet).responses()
    score = guarded(lambda: practice_score(case, practice, responses))
    return None if isinstance(score, BaseException) else score


def _beyond(about: str, score: Score | None) -> Iterator[str]:
    if score is None or score.value is None:
        return
    top = SCALE_BOTTOM + SCALE_SPAN
    if not SCALE_BOTTOM - EXACT <= score.value <= top + EXACT:
        yield f"the score of {about} is {score.value:.5g}, outside {SCALE_BOTTOM:g} to {top:g}"
    if score.interval is not None:
        low, high = ask(lambda: _ends(score), f"the interval of {about}")
        if not low <= score.value <= high:
            yield f"the interval of {about} is {low:.5g} to {high:.5g}, its score {score.value:.5g}"


def _ends(score: Score) -> tuple[float, float]:
    low, high = score.interval or (SCALE_BOTTOM, SCALE_BOTTOM + SCALE_SPAN)
    return float(low), float(high)


# ------------------------------------------------------------------------------------------ explained


def explained(subject: Subject) -> Iterator[str]:
    """Contributions name what was there and add up to the score; what has no score has a reason."""
    for case in subject.cases:
        silent = silent_sheet(case.questions, 3, State.UNANSWERED)
        for sheet in sheets(case):
            for practice in case.dimension.practices:
                questions = [question.id for question in practice.questions]
                score = practice_score(case, practice, sheet.responses())
                yield from _unexplained(practice.id, score, questions)
        for practice in case.dimension.practices:
            unscored = guarded(lambda c=case, p=practice, s=silent: practice_score(c, p, s.responses()))  # type: ignore[misc]
            yield from _without_reason(practice.id, unscored)
        for seed in range(_TRIALS):
            values = random_scores(case, seed, gaps=bool(seed % 2))
            valued = [name for name, value in values.items() if value is not None]
            combined = try_combine(case, values)
            if combined is not None:
                yield from _unexplained(case.dimension.id, combined, valued)
        yield from _without_reason(case.dimension.id, try_combine(case, no_scores(case)))


def _unexplained(about: str, score: Score, parts: Sequence[str]) -> Iterator[str]:
    value = number(score)
    if value is None:
        yield from _without_reason(about, score)
        return
    given = ask(lambda: _plain(score.contributions), f"the contributions to {about}")
    strange = [part.id for part in given if part.id not in parts]
    if strange:
        yield f"'{strange[0]}' contributes to {about}, and is no part of it that has a score"
    points = sum(part.points for part in given)
    if not isclose(points, value, abs_tol=EXACT):
        yield f"the contributions to {about} add up to {points:.5g}, its score is {value:.5g}"


def _plain(parts: Iterable[Contribution]) -> list[Contribution]:
    return [Contribution(str(part.id), float(part.value), float(part.share)) for part in parts]


def _without_reason(about: str, score: Score | BaseException | None) -> Iterator[str]:
    """Whether there is neither score nor reason. Raising where nobody answered is another check's matter."""
    if isinstance(score, Score) and score.value is None and not isinstance(score.reason, Message):
        yield f"{about} has neither a score nor a reason"
