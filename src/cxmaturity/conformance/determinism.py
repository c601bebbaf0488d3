"""The same answers give the same result, whatever the scorer was asked before."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from cxmaturity.api import DimensionResult
from cxmaturity.conformance.answering import Sheet, alike_sheet, random_sheet
from cxmaturity.conformance.asking import caps, combined, findings, practice_scores
from cxmaturity.conformance.figures import in_band
from cxmaturity.conformance.subject import Case, Subject
from cxmaturity.conformance.trial import Trial
from cxmaturity.texts import load_texts

_BAND = 3


def deterministic(subject: Subject) -> Iterator[str]:
    """The same answers twice, with others in between, give the same result."""
    texts = load_texts("en")
    for case in subject.cases:
        metrics = in_band(case.figures, _BAND)
        asked: list[tuple[Sheet, DimensionResult, dict[str, bytes]]] = []
        for sheet in _sheets(case):
            result = Trial(case, subject.plugin, sheet, texts).assessed(metrics).dimensions[0]
            asked.append((sheet, result, _everything(case, sheet, result)))
        for sheet, result, before in asked:
            after = _everything(case, sheet, result)
            for part, content in before.items():
                if content != after[part]:
                    yield f"the same answers to {case.dimension.id}, asked again, change {part}"


def _sheets(case: Case) -> Iterator[Sheet]:
    yield random_sheet(case.questions, 3, seed=3)
    yield alike_sheet(case.questions, 5, 1.0)
    yield alike_sheet(case.questions, 2, 0.0)
    yield random_sheet(case.questions, 9, seed=99)
    yield random_sheet(case.questions, 12, seed=12)


def _everything(case: Case, sheet: Sheet, result: DimensionResult) -> dict[str, bytes]:
    """All that a scorer gives for answers and for what the core made of them, as bytes."""
    practices = practice_scores(case, sheet.responses())
    parts = {
        "the practices' scores": practices,
        "the score": combined(case, practices, result.metrics),
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
