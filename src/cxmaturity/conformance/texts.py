"""Every sentence has its words: in English, and in each language that the plugin has texts in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable

from cxmaturity.conformance.messages import metrics_have_words, results_have_words
from cxmaturity.conformance.subject import Subject
from cxmaturity.plugins import guarded
from cxmaturity.questionnaire.building import build_dimension, build_levels
from cxmaturity.questionnaire.schema import DimensionFile, QuestionnaireFile
from cxmaturity.questionnaire.shipped import FILE
from cxmaturity.questionnaire.texts import QuestionnaireTexts, read_overlay, translations
from cxmaturity.texts import FIELD, KINDS, Entry, languages, load_texts, read_entries
from cxmaturity.yamlfile import read_yaml, validate

_NAME = re.compile(r"texts\.([a-z]{2})\.yaml")


def texts(subject: Subject) -> Iterator[str]:
    """Languages have the same texts, each message has one, and translations of questionnaires are whole."""
    by_language = _texts_by_language(subject)
    yield from _compared(by_language)
    for name, folder in subject.questionnaires.items():
        yield from _untranslated(name, folder)
    english = by_language.get("en", {})
    yield from _taken(subject, english)
    for language in languages():
        if language == "en" or language in by_language:
            words = load_texts(language, {**english, **by_language.get(language, {})})
            yield from metrics_have_words(subject, words)
            yield from results_have_words(subject, words)


def _texts_by_language(subject: Subject) -> dict[str, dict[str, Entry]]:
    read: dict[str, dict[str, Entry]] = {}
    for source in subject.texts:
        if match := _NAME.fullmatch(source.name):
            read.setdefault(match[1], {}).update(read_entries(source))
    return read


def _compared(by_language: Mapping[str, Mapping[str, Entry]]) -> Iterator[str]:
    """Where the texts of another language are not those of English."""
    if by_language and "en" not in by_language:
        yield "there is no texts.en.yaml, which every other language stands over"
        return
    english = by_language.get("en", {})
    for language, entries in sorted(by_language.items()):
        file = f"texts.{language}.yaml"
        for key, entry in entries.items():
            unknown = {kind for _, kind in _fields(entry) if kind} - KINDS.keys()
            if unknown:
                yield f"'{key}' in {file} writes a field as '{min(unknown)}', which is no kind"
            if key not in english:
                yield f"'{key}' is in {file}, but not in texts.en.yaml"
        for key, entry in english.items():
            if key not in entries:
                yield f"'{key}' is not in {file}"
            elif _names(entry) != _names(entries[key]):
                fields = (", ".join(sorted(_names(each))) or "none" for each in (entries[key], entry))
                yield "'{}' in {} has the fields {}, in English {}".format(key, file, *fields)


def _taken(subject: Subject, english: Mapping[str, Entry]) -> Iterator[str]:
    """Keys that are not the plugin's to give."""
    product = load_texts("en")
    yield from (f"the text '{key}' is cxmaturity's own, and stays" for key in english if key in product)
    for name, source in subject.plugins.texts:
        if name != subject.name and source.name == "texts.en.yaml":
            others = guarded(lambda source=source: read_entries(source))  # type: ignore[misc]
            for key in () if isinstance(others, BaseException) else others.keys() & english.keys():
                yield f"the text '{key}' belongs to the plugin '{name}'"


def _fields(entry: Entry) -> set[tuple[str, str]]:
    """The fields of a text, of all its plural forms together, each with its kind."""
    forms = [entry] if isinstance(entry, str) else entry.values()
    return {(match[1], match[2] or "") for form in forms for match in FIELD.finditer(form)}


def _names(entry: Entry) -> set[str]:
    return {name for name, _ in _fields(entry)}


@dataclass(frozen=True, slots=True)
class _Originals(QuestionnaireTexts):
    """Notes which texts a questionnaire has."""

    def of(self, key: str, original: str) -> str:
        """The original; an empty one needs no translation."""
        if original:
            self.asked.add(key)
        return original


def _untranslated(name: str, folder: Traversable) -> Iterator[str]:
    """The texts of a questionnaire that one of its translations lacks."""
    for language, file in translations(folder).items():
        missing = sorted(_originals(folder) - read_overlay(file).texts.keys())
        for key in missing:
            yield f"'{key}' of the questionnaire {name} is not in texts.{language}.yaml"


def _originals(folder: Traversable) -> set[str]:
    """The keys of all texts of a questionnaire in its own language."""
    file, _ = validate(read_yaml(folder.joinpath(FILE)), QuestionnaireFile)
    if file is None:
        return set()
    originals = _Originals(file.language)
    for key, text in (("title", file.title), ("description", file.description)):
        originals.of(key, text)
    for role, text in file.roles.items():
        originals.of(f"roles.{role}", text)
    build_levels(file, originals)
    for entry in file.dimensions:
        dimension = _dimension(folder, entry) if isinstance(entry, str) else entry
        if dimension is not None:
            build_dimension(dimension, file.answer_sets, originals)
    return originals.asked


def _dimension(folder: Traversable, name: str) -> DimensionFile | None:
    return validate(read_yaml(folder.joinpath(name)), DimensionFile)[0]
