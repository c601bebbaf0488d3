"""Which questions of two results are the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cxmaturity.following.schema import PracticePart, QuestionPart, ResultPart


@dataclass(frozen=True, slots=True)
class Pair:
    """A question that both results have; ``weight`` is the later one's, ``None`` where neither says it."""

    before: QuestionPart
    after: QuestionPart

    @property
    def weight(self) -> float | None:
        """What the question weighs: today's weight, on both sides."""
        return self.before.weight if self.after.weight is None else self.after.weight

    @property
    def same_weight(self) -> bool:
        """Whether it weighs the same in both, as far as that is known."""
        return None in {self.before.weight, self.after.weight} or self.before.weight == self.after.weight

    @property
    def scored(self) -> bool:
        """Whether both results have a score of it."""
        return self.before.score is not None and self.after.score is not None


@dataclass(frozen=True, slots=True)
class Match:
    """The scored questions of a practice in two results.

    ``changed`` have one id and are two questions; ``unknown`` have one id, and nothing says whether they are
    one.
    """

    same: tuple[Pair, ...]
    changed: tuple[str, ...]
    unknown: tuple[str, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]

    @property
    def asked(self) -> int:
        """How many questions there are in either."""
        return len(self.same) + sum(
            len(each) for each in (self.changed, self.unknown, self.only_before, self.only_after)
        )

    @property
    def same_questions(self) -> bool:
        """Whether both were asked the same questions, weighed alike."""
        return self.asked == len(self.same) and all(pair.same_weight for pair in self.same)

    @property
    def same_answered(self) -> bool:
        """Whether the same of them have a score."""
        return all((pair.before.score is None) == (pair.after.score is None) for pair in self.same)


def same_files(before: ResultPart, after: ResultPart) -> bool:
    """Whether both asked by exactly the same questionnaires, so that an id means one question."""
    asked = [{(each.id, each.sha256) for each in result.questionnaires} for result in (before, after)]
    return asked[0] == asked[1]


def match_questions(before: PracticePart, after: PracticePart, *, same: bool) -> Match:
    """Pair the questions of a practice by id and fingerprint; by id alone if the files are the ``same``.

    That covers a questionnaire asked in two languages, whose texts differ, and results without fingerprints.
    """
    first, second = _counted(before.questions, after.questions), _counted(after.questions, before.questions)
    shared = [name for name in second if name in first]
    known = [name for name in shared if same or (first[name].fingerprint and second[name].fingerprint)]
    equal = {name for name in known if same or first[name].fingerprint == second[name].fingerprint}
    return Match(
        same=tuple(Pair(first[name], second[name]) for name in known if name in equal),
        changed=tuple(name for name in known if name not in equal),
        unknown=tuple(name for name in shared if name not in known),
        only_before=tuple(name for name in first if name not in second),
        only_after=tuple(name for name in second if name not in first),
    )


def _counted(own: Iterable[QuestionPart], others: Iterable[QuestionPart]) -> Mapping[str, QuestionPart]:
    """The questions that enter scores. An early result does not say which: then the other one does."""
    uncounted = {each.id for each in others if not each.counts}
    return {each.id: each for each in own if each.counts and (each.kind or each.id not in uncounted)}
