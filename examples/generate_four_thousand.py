"""Writes the workspace `four-thousand` beside this script: a made-up company whose true opinions are known.

First everybody who is asked is drawn, with what they think; then who of them answers, and how. `truth.json`
says what all who are asked think on average, so that scores and intervals made of the answers can be held
against it. Running it again writes the same bytes: only plain random numbers are drawn, in one order.

    python examples/generate_four_thousand.py
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cxmaturity.questionnaire.loading import load_questionnaire
from cxmaturity.questionnaire.model import Question, Questionnaire

if TYPE_CHECKING:
    from numpy.typing import NDArray

SEED = 20261128
HERE = Path(__file__).parent / "four-thousand"

INVITED = {"leadership": 240, "management": 760, "frontline": 4100, "back-office": 1100}
"""How many people of each role are asked."""

ANSWERING = 4000

ROSIER = {"leadership": 0.7, "management": 0.25, "frontline": -0.15, "back-office": 0.0}
"""By how much each role sees it better, in steps from one answer to the next."""

DEPARTMENTS = {
    "shops": 0.33,
    "online": 0.12,
    "service": 0.18,
    "logistics": 0.17,
    "buying": 0.08,
    "finance": 0.07,
    "people": 0.05,
}
"""The share of people in each department."""

TINY = {"legal": (5, 3), "investor-relations": (6, 4)}
"""Departments of the back office in which so few are asked, and answer, that they must not be shown."""

COUNTRIES = {"RO": 0.45, "PL": 0.25, "HU": 0.2, "BG": 0.1}
TENURES = {"under-1": 0.2, "1-to-3": 0.3, "4-to-9": 0.3, "10-plus": 0.2}

PLACES = (2.1, 1.4, 0.8, 1.9, 2.3, 1.6, 2.6, 1.8, 2.2, 1.2, 1.0, 1.7, 2.0, 2.7, 1.3)
"""Where the company stands on each question, on the steps 0 to 4."""

CLIMATE, MOOD, WHIM = 0.25, 0.5, 0.8
"""Standard deviations in steps: between departments, between people, between a person's answers."""

STATES = {"dont-know": 0.05, "n/a": 0.02, "": 0.03}
"""The chance that a question is not known, does not apply, or is left out."""

STRAIGHT_LINERS, HASTY, TWICE = 24, 15, 8
"""How many give one answer to everything, take seconds, and send their answers a second time."""

WRONG = ("6", "0", "yes", "4;5", "agree", "3.5")
"""Cells that are no answer: each spoils a row."""


@dataclass(frozen=True)
class People:
    """All who are asked: role, department, country and tenure, and what they think.

    ``thoughts`` are steps, uint8 (people, questions); ``asked`` bool, which questions are put to their role.
    """

    attributes: Mapping[str, NDArray[np.str_]]
    thoughts: NDArray[np.uint8]
    asked: NDArray[np.bool_]


def main() -> None:
    """Write the answers and the truth."""
    random = np.random.Generator(np.random.PCG64(SEED))
    questionnaire = load_questionnaire("quick-scan")
    people = _people(random, list(questionnaire.questions()))
    rows = _answered(random, people, _answering(random, people))
    header = ["respondent", *people.attributes, "seconds", *(each.id for each in questionnaire.questions())]
    path = HERE / "responses" / "answers.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([header, *rows])
    truth = json.dumps(_truth(people, questionnaire), indent=2)
    (HERE / "truth.json").write_text(truth + "\n", encoding="utf-8")


def _people(random: np.random.Generator, questions: Sequence[Question]) -> People:
    roles = np.repeat(list(INVITED), list(INVITED.values()))
    departments = _drawn(random, DEPARTMENTS, len(roles))
    start = 0
    for name, (size, _) in TINY.items():  # the back office comes last
        departments[len(roles) - start - size : len(roles) - start] = name
        start += size
    attributes = {
        "role": roles,
        "department": departments,
        "country": _drawn(random, COUNTRIES, len(roles)),
        "tenure": _drawn(random, TENURES, len(roles)),
    }
    _, department = np.unique(departments, return_inverse=True)
    person = np.array([ROSIER[role] for role in roles.tolist()])
    person += CLIMATE * _normal(random, (len(DEPARTMENTS) + len(TINY),))[department]
    person += MOOD * _normal(random, (len(roles),))
    places = np.array(PLACES) + person[:, None] + WHIM * _normal(random, (len(roles), len(PLACES)))
    asked = np.array([[role in question.roles for question in questions] for role in roles.tolist()])
    return People(attributes, np.clip(np.rint(places), 0, 4).astype(np.uint8), asked)


def _drawn(random: np.random.Generator, shares: Mapping[str, float], count: int) -> NDArray[Any]:
    """Names in these shares; there is room for a longer name."""
    limits = np.cumsum(list(shares.values()))[:-1]
    return np.array(list(shares), dtype="<U20")[np.searchsorted(limits, random.random(count), side="right")]


def _normal(random: np.random.Generator, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """As good as normal: twelve uniform numbers added up, which rounds alike on every machine."""
    total: NDArray[np.float64] = random.random((12, *shape)).sum(axis=0) - 6.0
    return total


def _answering(random: np.random.Generator, people: People) -> NDArray[np.intp]:
    """Who answers: of a tiny department as many as set, of all others everybody with the same chance."""
    order = np.argsort(random.random(len(people.thoughts)), kind="stable")
    department = people.attributes["department"][order]
    tiny = [order[department == name][:answering] for name, (_, answering) in TINY.items()]
    others = order[~np.isin(department, list(TINY))]
    return np.concatenate([*tiny, others])[:ANSWERING]


def _answered(random: np.random.Generator, people: People, rows: NDArray[np.intp]) -> list[list[str]]:
    """The rows of the file, in an order that says nothing."""
    cells = (people.thoughts[rows] + 1).astype("<U9")
    cells[-STRAIGHT_LINERS:] = "3"
    chance, limit = random.random(cells.shape), 0.0
    for state, share in STATES.items():
        cells[(chance >= limit) & (chance < limit + share)] = state
        limit += share
    cells[~people.asked[rows]] = "not-shown"
    seconds = people.asked[rows].sum(axis=1) * (8 + 30 * random.random(len(rows)) ** 2)
    seconds[:: len(rows) // HASTY] = 9
    shuffled = np.argsort(random.random(len(rows)), kind="stable")
    parts = [people.attributes[name][rows] for name in people.attributes]
    columns = np.column_stack([*parts, np.rint(seconds).astype(int).astype("<U9"), cells])[shuffled]
    made = [[f"p{number:04}", *row] for number, row in enumerate(columns.tolist(), 1)]
    return [*made, *(_spoilt(made[-1 - number], wrong) for number, wrong in enumerate(WRONG)), *made[:TWICE]]


def _spoilt(row: Sequence[str], wrong: str) -> list[str]:
    """A row of somebody else whose last cell is no answer."""
    return [f"x{row[0][1:]}", *row[1:-1], wrong]


def _truth(people: People, questionnaire: Questionnaire) -> dict[str, Any]:
    """What all who are asked think, in score points: together, and by role as far as it is asked."""
    groups = {"everybody": np.ones(len(people.thoughts), dtype=bool)}
    groups |= {role: people.attributes["role"] == role for role in INVITED}
    return {
        "about": "Made up: the mean opinion of all who were asked, in score points from 1 to 5.",
        "asked": len(people.thoughts),
        "answered": ANSWERING,
        "scores": {name: _scores(people, here, questionnaire) for name, here in groups.items()},
    }


def _scores(people: People, here: NDArray[np.bool_], questionnaire: Questionnaire) -> dict[str, float]:
    """The true score of each question, practice and dimension that is asked, and of the whole."""
    numbers = {question.id: number for number, question in enumerate(questionnaire.questions())}
    scores: dict[str, float] = {}
    for dimension in questionnaire.dimensions:
        for practice in dimension.practices:
            for question in practice.questions:
                heard = people.thoughts[here & people.asked[:, numbers[question.id]], numbers[question.id]]
                if heard.size:
                    scores[question.id] = 1 + float(heard.mean())
            _weigh(scores, practice.id, {each.id: each.weight for each in practice.questions})
        _weigh(scores, dimension.id, {each.id: each.weight for each in dimension.practices})
    _weigh(scores, "overall", {each.id: each.weight for each in questionnaire.dimensions})
    return {name: round(score, 6) for name, score in scores.items()}


def _weigh(scores: dict[str, float], about: str, weights: Mapping[str, float]) -> None:
    """Add the weighted mean of those parts that have a score."""
    known = {name: weight for name, weight in weights.items() if name in scores}
    if known:
        scores[about] = sum(w * scores[name] for name, w in known.items()) / sum(known.values())


if __name__ == "__main__":
    main()
