"""A made-up survey of any size, as the benchmarks need it: sixty questions, in arrays and in files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cxmaturity.engagement import Engagement, load
from cxmaturity.questionnaire.model import Questionnaire
from cxmaturity.responses.coding import meanings_of
from cxmaturity.responses.model import AnswerColumn, Grouping, Responses, immutable

if TYPE_CHECKING:
    from numpy.typing import NDArray

DIMENSIONS = ("culture", "data-access", "feedback-loops", "retention", "social-responsibility")
PRACTICES, ITEMS = 4, 3
QUESTIONS = tuple(
    f"{dimension}.p{practice}.q{item}"
    for dimension in DIMENSIONS
    for practice in range(PRACTICES)
    for item in range(ITEMS)
)
"""Five dimensions of four practices of three questions, with five answers each."""

OPTIONS = 5
UNANSWERED, UNKNOWN, NOT_APPLICABLE, NOT_SHOWN = range(OPTIONS, OPTIONS + 4)
"""The codes beyond those of the answers, as columns have them."""

GROUPS = {
    "role": ("back-office", "frontline", "leadership", "management"),
    "department": tuple(f"department-{number:02}" for number in range(12)),
    "country": ("AT", "BG", "CZ", "HU", "PL", "RO"),
    "tenure": ("a-under-1", "b-1-to-3", "c-4-to-9", "d-10-plus"),
}

_SETTINGS = """\
organisation: {name: Benchmark}
questionnaire: questionnaire.yaml
confidential: true
"""

_HEAD = """\
format: 1
id: sixty
version: "1"
language: en
title: Sixty questions
description: Made up.
minutes: 20
levels:
  - {level: 1, name: One, minimum: 1.0, description: Made up.}
  - {level: 2, name: Two, minimum: 1.8, description: Made up.}
  - {level: 3, name: Three, minimum: 2.6, description: Made up.}
  - {level: 4, name: Four, minimum: 3.4, description: Made up.}
  - {level: 5, name: Five, minimum: 4.2, description: Made up.}
roles: {leadership: Leadership}
sources: {S: Made up}
answer_sets:
  five: [{id: a, text: A.}, {id: b, text: B.}, {id: c, text: C.}, {id: d, text: D.}, {id: e, text: E.}]
dimensions:
"""


def write_workspace(folder: Path, *, responses: bool = False) -> None:
    """Write settings and questionnaire; with ``responses``, those in the folder of that name are read."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = _SETTINGS + ("responses: [responses/*]\n" if responses else "")
    (folder / "assessment.yaml").write_text(settings, encoding="utf-8")
    lines = [_HEAD]
    for name in QUESTIONS:
        dimension, practice, item = name.split(".")
        about = "description: Made up."
        if (practice, item) == ("p0", "q0"):
            lines.append(f"  - id: {dimension}\n    title: {dimension}\n    {about}\n    practices:\n")
        if item == "q0":
            lines.append(
                f"      - id: {practice}\n        title: {practice}\n        {about}\n        questions:\n"
            )
        lines.append(f"          - {{id: {item}, type: choice, topic: T, text: Is it so?, answers: five,\n")
        lines.append("             roles: [leadership], evidence: E., source: {ref: S, idea: I}}\n")
    (folder / "questionnaire.yaml").write_text("".join(lines), encoding="utf-8")


def write_codes(folder: Path, size: int) -> None:
    """Draw what everybody answers, ``codes.npy``, uint8 (questions, people), and ``groups.npz``."""
    random = np.random.default_rng(7)
    mood = random.normal(0, 0.5, size).astype(np.float32)
    codes = np.empty((len(QUESTIONS), size), dtype=np.uint8)
    for number in range(len(QUESTIONS)):
        opinion = 2 + mood + 0.9 * random.standard_normal(size, dtype=np.float32)
        codes[number] = np.clip(np.rint(opinion), 0, OPTIONS - 1)
        chance = random.random(size, dtype=np.float32)
        for limit, state in ((0.1, UNANSWERED), (0.06, UNKNOWN), (0.02, NOT_APPLICABLE)):
            codes[number][chance < limit] = state
    np.save(folder / "codes.npy", codes)
    drawn = {name: random.integers(0, len(groups), size).astype(np.int32) for name, groups in GROUPS.items()}
    np.savez(folder / "groups.npz", **drawn)


def write_parquet(folder: Path) -> Path:
    """Write the answers as a wide table: positions from 1, empty where there is no answer."""
    import duckdb

    codes = np.load(folder / "codes.npy")
    with np.load(folder / "groups.npz") as groups:
        columns: dict[str, Any] = {"respondent": None}
        for name, names in GROUPS.items():
            columns[name] = np.array(names)[groups[name]].astype(object)
    for name, column in zip(QUESTIONS, codes, strict=True):
        columns[name] = np.ma.masked_array(column + 1, column >= OPTIONS)
    columns["respondent"] = np.array([f"p{number}" for number in range(codes.shape[1])], dtype=object)
    path = folder / "responses" / "answers.parquet"
    path.parent.mkdir(exist_ok=True)
    with duckdb.connect() as connection:
        connection.from_query("SELECT * FROM columns").write_parquet(str(path))
    return path


def engagement_of(folder: Path) -> Engagement:
    """The workspace with the answers put into it as they are in memory once they have been read."""
    engagement = load(folder)
    responses = responses_of(folder, engagement.workspace.questionnaire)
    return replace(engagement, workspace=replace(engagement.workspace, responses=responses))


def responses_of(folder: Path, questionnaire: Questionnaire) -> Responses:
    """The answers as columns."""
    codes = np.load(folder / "codes.npy")
    with np.load(folder / "groups.npz") as groups:
        attributes = {name: Grouping(names, immutable(groups[name])) for name, names in GROUPS.items()}
    columns = {
        question.id: AnswerColumn(immutable(column), meanings_of(question))
        for question, column in zip(questionnaire.questions(), codes, strict=True)
    }
    return Responses([f"p{number}" for number in range(codes.shape[1])], attributes, columns, survey=True)


def matrix_of(folder: Path) -> NDArray[np.float32]:
    """The fractions as one matrix, float32 (people, questions), NaN where there is no answer."""
    worth = np.array([*np.arange(OPTIONS) / (OPTIONS - 1), *4 * [np.nan]], dtype=np.float32)
    codes = np.load(folder / "codes.npy")
    matrix = np.empty(codes.shape[::-1], dtype=np.float32)
    for number, column in enumerate(codes):
        matrix[:, number] = worth[column]
    return matrix
