"""Which question a heading names: by the questionnaire's texts in all its languages, and by its ids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Literal

from cxmaturity.questionnaire.model import Question, Questionnaire
from cxmaturity.responses.mapping import words
from cxmaturity.responses.mapping.texts import plain_words

Sure = Literal["exact", "close", "unsure"]

CLOSE = 0.85
"""From which ratio of difflib on two texts count as nearly the same."""
_APART = 0.04  # by how much the best must beat the second best
_CANDIDATE = 0.6
_MOST_CANDIDATES = 3
_NUMBER = re.compile(r"^\W*[\w\[\]]{1,20}[.):]\s+")  # `Q1. `, `12) `, as tools put them before texts


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """What a column is about: a question, one option of it, or a note beside it."""

    question: str
    option: str = ""
    note: bool = False

    def __str__(self) -> str:
        text = f"{self.question}, option {self.option}" if self.option else self.question
        return f"a note on {text}" if self.note else text


@dataclass(frozen=True, slots=True)
class Match:
    """A guess: what it may be about, how sure that is, and why."""

    subject: Subject | None
    sure: Sure = "unsure"
    why: str = "no question is like it"
    candidates: tuple[Subject, ...] = ()


@dataclass(frozen=True, slots=True)
class Index:
    """A questionnaire's names, in the form in which they are compared, with what each of them means."""

    questions: Mapping[str, Question]
    languages: tuple[Questionnaire, ...]
    names: Mapping[str, Mapping[Subject, str]] = field(repr=False)
    texts: Mapping[str, Subject] = field(repr=False)

    def match(self, headings: Iterable[str]) -> Match:
        """What a column is about, from what is written above it: the most telling first."""
        said = [form for heading in headings if heading for form in _forms(heading)]
        several: dict[Subject, str] = {}
        for form in said:
            found = self.names.get(form) or self.names.get(form.replace(" ", ""), {})
            if len(found) == 1:
                ((subject, why),) = found.items()
                return Match(subject, "exact", why, (subject,))
            several |= found
        if several:
            return Match(None, "unsure", "several questions are called so", tuple(sorted(several)))
        return self._close(max(said, key=len, default=""))

    def _close(self, said: str) -> Match:
        scores: dict[Subject, float] = {}
        for text, subject, score in similar(said, self.texts):
            del text
            scores[subject] = max(score, scores.get(subject, 0))
        best = sorted(scores, key=lambda each: (-scores[each], each))[:_MOST_CANDIDATES]
        if not best:
            return Match(None)
        second = scores[best[1]] if len(best) > 1 else 0.0
        if scores[best[0]] >= CLOSE and scores[best[0]] - second >= _APART:
            why = f"its text is nearly that of the question ({scores[best[0]]:.0%} alike)"
            return Match(best[0], "close", why, tuple(best))
        return Match(None, "unsure", "no text is near enough", tuple(best))


def similar(said: str, texts: Mapping[str, Subject]) -> Iterator[tuple[str, Subject, float]]:
    """The texts that are somewhat like another one, with the ratio of difflib."""
    matcher: SequenceMatcher[str] = SequenceMatcher(autojunk=False)
    matcher.set_seq2(said)  # difflib keeps what it counts of the second text
    for text, subject in texts.items():
        matcher.set_seq1(text)
        if min(matcher.real_quick_ratio(), matcher.quick_ratio()) < _CANDIDATE:
            continue
        if (score := matcher.ratio()) >= _CANDIDATE:
            yield text, subject, score


def index_of(languages: Sequence[Questionnaire]) -> Index:
    """The index of questionnaires, each of them given in each of its languages, its own first."""
    names: dict[str, dict[Subject, str]] = {}
    texts: dict[str, Subject] = {}
    questions: dict[str, Question] = {}
    for questionnaire in languages:
        for question in questionnaire.questions():
            questions.setdefault(question.id, question)
            for name, subject, why in _named(question, questionnaire.language):
                names.setdefault(name, {}).setdefault(subject, why)
            for name, subject in _worded(question):
                texts.setdefault(name, subject)
    return Index(questions, tuple(languages), names, texts)


def _named(question: Question, language: str) -> Iterator[tuple[str, Subject, str]]:
    """All that a question, its options and a note on it may be called."""
    tail = question.id.rpartition(".")[2]
    called = {
        tail: "the last part of the question's id",
        question.id: "the question's id",
        question.topic: f"the question's topic ({language})",
        question.text: f"the question's text ({language})",
    }
    for name, why in called.items():
        plain = plain_words(name)
        if name == tail and plain in words.COMMON:
            continue
        yield plain, Subject(question.id), why
        yield (
            plain.replace(" ", ""),
            Subject(question.id),
            why,
        )  # LimeSurvey's codes have letters and digits only
        for word in words.NOTES:
            yield f"{plain} {word}", Subject(question.id, note=True), f"{why} and a word for notes"
        if question.answers.kind == "multiple":
            for option in question.answers.options:
                subject = Subject(question.id, option.id)
                for label in (option.text, option.id):
                    yield f"{plain} {plain_words(label)}", subject, f"{why} with an option of it"


def _worded(question: Question) -> Iterator[tuple[str, Subject]]:
    """The texts that a heading may be nearly the same as."""
    for name in (question.text, question.topic):
        plain = plain_words(name)
        yield plain, Subject(question.id)
        if question.answers.kind == "multiple":
            for option in question.answers.options:
                yield f"{plain} {plain_words(option.text)}", Subject(question.id, option.id)


def _forms(heading: str) -> list[str]:
    """A heading as it is, and without the number or code before it."""
    return list(
        dict.fromkeys(plain_words(each) for each in (heading, _NUMBER.sub("", heading, count=1)) if each)
    )
