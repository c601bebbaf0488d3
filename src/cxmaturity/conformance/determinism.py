"""The same answers give the same result, whatever the scorer was asked before."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from cxmaturity.conformance.answering import Sheet, alike_sheet, random_sheet
from cxmaturity.conformance.asking import caps, combined, findings, practice_scores
from cxmaturity.conformance.figures import in_band
from cxmaturity.conformance.subject import Case, Subject
from cxmaturity.conformance.trial import assess_sheet
from cxmaturity.texts import Texts, load_texts

_BAND = 3


def deterministic(subject: Subject) -> Iterator[str]:
    """The same answers twice, with others in between, give the same result."""
    texts = load_texts("en")
    for case in subject.cases:
        for raters in (3, 12):
            sheet = random_sheet(case.questions, raters, seed=raters)
            before = _everything(case, subject, sheet, texts)
            for other in _others(case):
                _everything(case, subject, other, texts)
            after = _everything(case, subject, sheet, texts)
            for part, content in before.items():
                if content != after[part]:
                    yield f"the same answers to {case.dimension.id}, asked again, change {part}"


def _others(case: Case) -> Iterator[Sheet]:
    yield alike_sheet(case.questions, 5, 1.0)
    yield alike_sheet(case.questions, 2, 0.0)
    yield random_sheet(case.questions, 9, seed=99)


def _everything(case: Case, subject: Subject, sheet: Sheet, texts: Texts) -> dict[str, bytes]:
    """All that a scorer gives for answers, as bytes."""
    metrics = in_band(case.figures, _BAND)
    practices = practice_scores(case, sheet.responses())
    result = assess_sheet(case, subject.plugin, sheet, metrics, texts).dimensions[0]
    parts = {
        "the practices' scores": practices,
        "the score": combined(case, practices, metrics),
        "the caps": caps(case, result),
        "the findings": findings(case, result),
    }
    return {name: as_bytes(part) for name, part in parts.items()}


def as_bytes(value: object) -> bytes:
    """A value that plugins give, as JSON."""
    return json.dumps(_plain(value), default=str).encode()


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, np.generic | np.ndarray):
        return value.tolist()
    return value
