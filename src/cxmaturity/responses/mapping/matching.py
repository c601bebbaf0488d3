"""Which question a heading names: by the questionnaire's texts in all its languages, and by its ids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from heapq import nlargest
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
_LOOKED_AT = 20  # texts that share most words with a heading: comparing letter by letter takes long
_NUMBER = re.compile(r"^\W*[\w\[\]]{1,20}[.):]\s+")  # `Q1. `, `12) `, as tools put them before texts
_PART = re.compile(  # `Question [part]`, `Question (part or hint)`, `Question - part`
    r"(?P<whole>.*\S)\s*(?:\[(?P<part>[^\[\]]*)\]|\((?P<hint>[^()]*)\)|\s-\s(?P<last>[^-]*))"
)


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
        given = [each for each in headings if each]
        said = [form for each in given for form in _forms(each)]
        several: dict[Subject, str] = {}
        for form in said:
            found = self.names.get(form) or self.names.get(form.replace(" ", ""), {})
            if len(found) == 1:
                ((subject, why),) = found.items()
                return Match(subject, "exact", why, (subject,))
            several |= found
        if several:
            return Match(None, "unsure", "several questions are called so", tuple(sorted(several)))
        return self._part(given) or self._close(max(said, key=len, default=""))

    def _part(self, headings: Iterable[str]) -> Match | None:
        """A column called by a question and something of it: nearly an option, or else not sure."""
        for heading in headings:
            found = _PART.fullmatch(heading)
            whole = self._whole(found["whole"]) if found else None
            if found is None or whole is None:
                continue
            several = self.questions[whole.question].answers.kind == "multiple"
            if several or not found["hint"]:  # what stands in round brackets may be a hint to all
                return self._option(whole, found["hint"] or found["part"] or found["last"] or "")
        return None

    def _whole(self, heading: str) -> Subject | None:
        """The one question that is called so."""
        for form in _forms(heading):
            found = [each for each in self.names.get(form, ()) if not each.option and not each.note]
            if len(found) == 1:
                return found[0]
        return None

    def _option(self, whole: Subject, said: str) -> Match:
        """Which option of a question is nearly called so."""
        options = {
            plain_words(option.text): Subject(whole.question, option.id)
            for questionnaire in self.languages
            for question in questionnaire.questions()
            if question.id == whole.question and question.answers.kind == "multiple"
            for option in question.answers.options
        }
        best = _best(plain_words(said), options)
        if best and best[0][1] >= CLOSE:
            why = f"the question's text, and nearly that of an option ({best[0][1]:.0%} alike)"
            return Match(best[0][0], "close", why, tuple(each for each, _ in best))
        return Match(None, "unsure", "something of a question that is none of its options", (whole,))

    def _close(self, said: str) -> Match:
        own = set(said.split())
        shared = {text: len(own.intersection(text.split())) for text in self.texts}
        near = nlargest(
            _LOOKED_AT, (text for text in shared if shared[text]), key=lambda each: (shared[each], each)
        )
        return _closest(_best(said, {text: self.texts[text] for text in near}))


def _best(said: str, texts: Mapping[str, Subject]) -> list[tuple[Subject, float]]:
    """The subjects with a text that is like another one, the best first, each with its ratio."""
    scores: dict[Subject, float] = {}
    for _, subject, score in similar(said, texts):
        scores[subject] = max(score, scores.get(subject, 0))
    return sorted(scores.items(), key=lambda each: (-each[1], each[0]))[:_MOST_CANDIDATES]


def _closest(best: Sequence[tuple[Subject, float]]) -> Match:
    """The best, if it is near enough and far enough from the second."""
    if not best:
        return Match(None)
    candidates = tuple(subject for subject, _ in best)
    subject, score = best[0]
    second = best[1][1] if len(best) > 1 else 0.0
    if score >= CLOSE and score - second >= _APART:
        return Match(
            subject, "close", f"its text is nearly that of the question ({score:.0%} alike)", candidates
        )
    return Match(None, "unsure", "no text is near enough", candidates)


def similar(said: str, texts: Mapping[str, Subject]) -> Iterator[tuple[str, Subject, float]]:
    """The texts that are somewhat like another one, with the ratio of difflib."""
    matcher: SequenceMatcher[str] = SequenceMatcher(autojunk=False)
    matcher.set_seq2(said)  # difflib keeps what it counts of the second text
    for text, subject in texts.items():
        matcher.set_seq1(text)
        if matcher.real_quick_ratio() < _CANDIDATE or matcher.quick_ratio() < _CANDIDATE:
            continue  # these cost little, and are never below the ratio itself
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
