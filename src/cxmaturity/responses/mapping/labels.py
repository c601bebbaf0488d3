"""Which option or state a label in an export stands for."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from cxmaturity.api import WORDS_FOR_STATES
from cxmaturity.questionnaire.model import Option, Question, Questionnaire
from cxmaturity.responses.mapping import words
from cxmaturity.responses.mapping.cells import labels_in
from cxmaturity.responses.mapping.format import NOT_TICKED, TICKED
from cxmaturity.responses.mapping.matching import CLOSE, Subject, similar
from cxmaturity.responses.mapping.texts import one_line, plain_words

_POSITION = re.compile(r"([A-Za-z]{0,5})(\d{1,4})")  # 3, A3, AO03, as tools number options
_SEPARATORS = (";", ",", "|")
_LEADING_NUMBER = re.compile(r"\d+\b")
_APART = 0.04
_MOST_LABELS = 100  # a column with more different cells holds what people wrote, which is like nothing


@dataclass(frozen=True, slots=True)
class Labels:
    """What labels mean.

    ``answers`` leads from label to option, state, ``ticked`` or ``not-ticked``; ``how`` says of those
    that are not exactly a text or an id why they are thought to mean it. ``unknown`` are the others, each
    with the option that is most like it.
    """

    answers: Mapping[str, str]
    how: Mapping[str, str] = field(default_factory=dict)
    unknown: Mapping[str, str] = field(default_factory=dict)
    separator: str | None = None


class Options:
    """The options of a question under all their names."""

    def __init__(self, question: Question, languages: Sequence[Questionnaire]) -> None:
        self.question = question
        self.by_language = _by_language(question, languages)
        self._exact: dict[str, str] = {}
        self._texts: dict[str, Subject] = {}
        for options in self.by_language:
            for option in options:
                self._exact.setdefault(plain_words(option.text), option.id)
                self._texts.setdefault(plain_words(option.text), Subject(question.id, option.id))
        for option in question.answers.options:
            self._exact.setdefault(plain_words(option.id), option.id)
        if question.answers.kind == "yes-no":
            self._exact |= dict.fromkeys(words.YES, "yes") | dict.fromkeys(words.NO, "no")

    @property
    def ids(self) -> tuple[str, ...]:
        """The options' ids, in order."""
        return tuple(option.id for option in self.question.answers.options)

    def names(self, option: str) -> list[str]:
        """An option's id, and its texts in all languages."""
        return [option, *(each.text for group in self.by_language for each in group if each.id == option)]

    def meaning(self, label: str, *, near: bool = True) -> tuple[str | None, str]:
        """What a label means and how that is known: nothing said of it where it is exact.

        ``near`` says whether a text that is only nearly the same counts. Of a label that means nothing the
        second value is the option that is most like it.
        """
        plain = plain_words(label)
        if plain in self._exact:
            return self._exact[plain], ""
        state = state_of(label)
        if state:
            return state, "a word for it"
        if not near:
            return None, ""
        number = _LEADING_NUMBER.match(label)
        if number and self.question.answers.kind == "scale" and number[0] in self.ids:
            return number[0], "the number that it starts with"
        found = sorted(similar(plain, self._texts), key=lambda each: (-each[2], each[0]))
        others = [score for _, subject, score in found if subject != found[0][1]]
        if found and found[0][2] >= CLOSE and found[0][2] - max(others, default=0) >= _APART:
            return found[0][1].option, f"close text, {found[0][2]:.0%} alike"
        return None, found[0][1].option if found else ""

    def seen(self, labels: Sequence[str]) -> dict[str, str]:
        """The texts of all options in each language in which a label is written, with their ids.

        So a mapping also knows the options that nobody has chosen yet.
        """
        plain = {plain_words(label) for label in labels}
        spoken = [
            options for options in self.by_language if plain & {plain_words(each.text) for each in options}
        ]
        return {one_line(each.text): each.id for options in spoken for each in options}


def _by_language(question: Question, languages: Sequence[Questionnaire]) -> list[tuple[Option, ...]]:
    """The options of a question in each language that it has."""
    return [
        each.answers.options
        for questionnaire in languages
        for each in questionnaire.questions()
        if each.id == question.id
    ]


def state_of(label: str) -> str | None:
    """The state that a label such as "Don't know" is a word for."""
    plain = plain_words(label)
    return next((state for state, known in words.STATES.items() if plain in known), None)


def labels_of(options: Options, cells: Sequence[str]) -> Labels:
    """What the cells of a column say that hold one label each."""
    if not cells:
        own = options.by_language[0]
        return Labels({one_line(option.text): option.id for option in own})
    positions = _positions(options, cells)
    if positions:
        return positions
    answers: dict[str, str] = {}
    how: dict[str, str] = {}
    unknown: dict[str, str] = {}
    for label in cells:
        meaning, why = options.meaning(label, near=len(cells) <= _MOST_LABELS)
        if meaning is None:
            unknown[label] = why
            continue
        answers[label] = meaning
        if why:
            how[label] = why
    in_plain = {plain_words(label) for label in answers}
    unseen = {text: each for text, each in options.seen(cells).items() if plain_words(text) not in in_plain}
    place = {meaning: number for number, meaning in enumerate((*options.ids, *WORDS_FOR_STATES))}
    in_order = sorted((answers | unseen).items(), key=lambda each: place[each[1]])
    return Labels(dict(in_order), how, unknown)


def _positions(options: Options, cells: Sequence[str]) -> Labels | None:
    """Codes such as 1, 2 or A1, A2, taken as the options' positions, if every label is one or a state.

    Codes with letters before them may go on: LimeSurvey gives one to an answer such as "don't know" too.
    """
    if options.question.answers.kind not in {"choice", "multiple"}:
        return None
    states = {label: state for label in cells if (state := state_of(label))}
    codes = [label for label in cells if label not in states]
    known = _codes_like(codes[0], len(options.ids)) if codes else {}
    others = [code for code in codes if code not in known]
    if (
        not set(codes) & known.keys()
        or not all(_goes_on(code, codes[0]) for code in others)
        or set(known) & {plain_words(each) for each in options.ids}
    ):
        return None
    answers = {label: options.ids[position] for label, position in known.items()}
    why = "the code taken as its position: compare it with the tool"
    return Labels(answers | states, dict.fromkeys(answers, why), dict.fromkeys(others, ""))


def is_code(label: str) -> bool:
    """Whether a label looks like what tools number options with, as AO03, and says nothing by itself."""
    found = _POSITION.fullmatch(label)
    return found is not None and bool(found[1])


def _goes_on(code: str, like: str) -> bool:
    """Whether two codes are numbered alike behind the same letters."""
    found, other = _POSITION.fullmatch(code), _POSITION.fullmatch(like)
    if not found or not other or not found[1]:
        return False
    return (found[1], len(found[2])) == (other[1], len(other[2]))


def _codes_like(code: str, count: int) -> dict[str, int]:
    """The codes of ``count`` options that are numbered like this one, with their positions from 0."""
    found = _POSITION.fullmatch(code)
    if not found:
        return {}
    prefix, number = found.groups()
    return {f"{prefix}{position + 1:0{len(number)}d}": position for position in range(count)}


def states_of(cells: Sequence[str]) -> Labels:
    """What the cells of a column say that are no numbers where numbers belong."""
    states = {label: state for label in cells if (state := state_of(label))}
    unknown = {label: "" for label in cells if label not in states}
    return Labels(states, dict.fromkeys(states, "a word for it"), unknown)


def ticks_of(cells: Sequence[str]) -> Labels:
    """What the cells of a column say that is one option of a multiple choice."""
    answers: dict[str, str] = {}
    how: dict[str, str] = {}
    unknown: dict[str, str] = {}
    for label in cells:
        plain = plain_words(label)
        state = state_of(label)
        if plain in words.YES or plain in words.NO:
            answers[label] = TICKED if plain in words.YES else NOT_TICKED
        elif state:
            answers[label], how[label] = state, "a word for it"
        else:
            unknown[label] = ""
    pairs = [*(pair for pair in words.TICKS if pair[0] in answers), *_with_no(answers)]
    both = dict(zip(pairs[0], (TICKED, NOT_TICKED), strict=True)) if pairs else {}
    return Labels(both | answers, how, unknown)


def _with_no(answers: Collection[str]) -> list[tuple[str, str]]:
    return [pair for pair in words.TICKS if pair[1] in answers]


def ticks_of_option(option: Sequence[str], cells: Sequence[str]) -> Labels:
    """The same where the tool writes the option's own text, under one of the names given, into its column."""
    names = {plain_words(name) for name in option}
    own = {label: TICKED for label in cells if plain_words(label) in names}
    rest = ticks_of([label for label in cells if label not in own])
    return Labels(own | dict(rest.answers), rest.how, rest.unknown)


def listed_labels(options: Options, cells: Sequence[str], usual: str) -> Labels:
    """What the cells of a column say that hold all that was ticked, one label behind the other.

    Of the separators that are in use, the tool's ``usual`` one first, the one is taken with which most
    cells can be read.
    """
    separators = dict.fromkeys((usual, *_SEPARATORS))
    tried = [_listed(options, cells, separator) for separator in separators]
    return min(tried, key=lambda each: len(each.unknown))


def _listed(options: Options, cells: Sequence[str], separator: str) -> Labels:
    texts = {one_line(option.text): option.id for group in options.by_language for option in group}
    texts |= {option.id: option.id for option in options.question.answers.options}
    pieces = {
        piece.strip()
        for cell in cells
        if labels_in(cell, texts.keys(), separator) is None
        for piece in _without(cell, texts, separator).split(separator)
        if piece.strip()
    }
    more = labels_of(options, sorted(pieces)) if pieces else Labels({})
    answers = texts | dict(more.answers)
    readable = {cell: labels_in(cell, answers.keys(), separator) for cell in cells}
    used = {label for labels in readable.values() for label in labels or ()}
    wanted = options.seen(sorted(used)) or {one_line(each.text): each.id for each in options.by_language[0]}
    known = {*used, *wanted, *more.how}
    kept = {label: each for label, each in answers.items() if label in known}
    return Labels(
        kept,
        {label: why for label, why in more.how.items() if label in kept},
        {cell: "" for cell, labels in readable.items() if labels is None},
        separator,
    )


def _without(cell: str, labels: Collection[str], separator: str) -> str:
    """A cell without the labels that are known: these may hold the separator."""
    gap = re.escape(separator)
    for label in sorted(labels, key=len, reverse=True):
        cell = re.sub(rf"(^|{gap})\s*{re.escape(label)}\s*(?={gap}|$)", r"\1", cell)
    return cell
