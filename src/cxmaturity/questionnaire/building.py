"""From the file format to the model: answer sets resolved, texts in one language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cxmaturity.questionnaire.model import AnswerSet, Band, Dimension, Level, Option, Practice, Question
from cxmaturity.questionnaire.schema import (
    AnyQuestion,
    ChoiceFile,
    DimensionFile,
    MultipleFile,
    NumberFile,
    OptionFile,
    PracticeFile,
    QuestionnaireFile,
    ScaleFile,
    YesNoFile,
)
from cxmaturity.questionnaire.texts import QuestionnaireTexts

AnswerSets = Mapping[str, Sequence[OptionFile]]


def build_levels(file: QuestionnaireFile, texts: QuestionnaireTexts) -> tuple[Level, ...]:
    """The levels, lowest first; none for a part."""
    return tuple(
        Level(
            level.level,
            texts.of(f"levels.{level.level}.name", level.name),
            level.minimum,
            texts.of(f"levels.{level.level}.description", level.description),
        )
        for level in file.levels or ()
    )


def build_dimension(file: DimensionFile, sets: AnswerSets, texts: QuestionnaireTexts) -> Dimension:
    """A dimension with its practices."""
    return Dimension(
        file.id,
        texts.of(f"{file.id}.title", file.title),
        texts.of(f"{file.id}.description", file.description),
        file.weight,
        tuple(_practice(practice, file.id, sets, texts) for practice in file.practices),
    )


def _practice(file: PracticeFile, dimension: str, sets: AnswerSets, texts: QuestionnaireTexts) -> Practice:
    full = f"{dimension}.{file.id}"
    return Practice(
        full,
        texts.of(f"{full}.title", file.title),
        texts.of(f"{full}.description", file.description),
        file.weight,
        tuple(_question(question, full, sets, texts) for question in file.questions),
    )


def _question(file: AnyQuestion, practice: str, sets: AnswerSets, texts: QuestionnaireTexts) -> Question:
    full = f"{practice}.{file.id}"
    return Question(
        id=full,
        topic=texts.of(f"{full}.topic", file.topic),
        text=texts.of(f"{full}.text", file.text),
        answers=_answers(file, full, sets, texts),
        weight=file.weight,
        roles=tuple(file.roles),
        evidence=texts.of(f"{full}.evidence", file.evidence),
        source=file.source.ref,
        help=texts.of(f"{full}.help", file.help),
    )


def _answers(file: AnyQuestion, full: str, sets: AnswerSets, texts: QuestionnaireTexts) -> AnswerSet:
    match file:
        case ChoiceFile():
            key = f"answer_sets.{file.answers}" if file.answers else f"{full}.options"
            options = file.options if file.options is not None else sets[str(file.answers)]
            return AnswerSet("choice", _choice_options(options, key, texts))
        case ScaleFile():
            return AnswerSet("scale", _scale_options(file, full, texts))
        case YesNoFile():
            worth = (1.0, 0.0) if file.reversed else (0.0, 1.0)
            no, yes = texts.of("answers.no", "No"), texts.of("answers.yes", "Yes")
            return AnswerSet("yes-no", (Option("no", no, worth[0]), Option("yes", yes, worth[1])))
        case MultipleFile():
            return AnswerSet("multiple", _worth_options(file, full, texts))
        case NumberFile():
            bands = tuple(Band(band.start, band.score) for band in file.bands)
            return AnswerSet(
                "number", bands=bands, unit=texts.of(f"{full}.unit", file.unit), maximum=file.maximum
            )
        case _:
            return AnswerSet("text")


def _choice_options(options: Sequence[OptionFile], key: str, texts: QuestionnaireTexts) -> tuple[Option, ...]:
    last = len(options) - 1
    return tuple(
        Option(
            option.id,
            texts.of(f"{key}.{option.id}", option.text),
            position / last if option.score is None else option.score,
        )
        for position, option in enumerate(options)
    )


def _scale_options(file: ScaleFile, full: str, texts: QuestionnaireTexts) -> tuple[Option, ...]:
    """A scale's whole numbers, its ends labelled; a reversed one is worth most at its low end."""
    span = file.maximum - file.minimum
    labels = {
        file.minimum: f" ({texts.of(f'{full}.labels.low', file.labels.low)})",
        file.maximum: f" ({texts.of(f'{full}.labels.high', file.labels.high)})",
    }
    return tuple(
        Option(
            str(value),
            f"{value}{labels.get(value, '')}",
            (file.maximum - value if file.reversed else value - file.minimum) / span,
        )
        for value in range(file.minimum, file.maximum + 1)
    )


def _worth_options(file: MultipleFile, full: str, texts: QuestionnaireTexts) -> tuple[Option, ...]:
    """A multiple choice's options, each worth its share of the most that could be ticked."""
    together = sum(option.worth for option in file.options if not option.exclusive)
    whole = max(together, *(option.worth for option in file.options))
    return tuple(
        Option(
            option.id,
            texts.of(f"{full}.options.{option.id}", option.text),
            option.worth / whole,
            option.exclusive,
        )
        for option in file.options
    )
