"""Writes the demo workspace beside this script: a made-up company whose people and customers disagree.

Everything is drawn from one seed, so running it again writes the same bytes. Leaders rate what they
declare, the front line what it lives, and the customer data sides with the front line.

    python examples/generate_demo.py
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

from cxmaturity.questionnaire.loading import load_questionnaire
from cxmaturity.questionnaire.model import Question, Questionnaire

SEED = 20261123
AS_OF = date(2026, 10, 31)
HERE = Path(__file__).parent / "demo"

GROUPS = {"leadership": 8, "management": 9, "frontline": 40, "back-office": 7}
"""How many people of each role answer."""

LIFT = {"leadership": 0.16, "management": 0.05, "frontline": -0.1, "back-office": -0.02}
"""How far a role's view lies from the company's truth, in fractions: leaders see the declaration."""

SKIPPED, UNKNOWN, NOT_APPLICABLE = 0.03, 0.04, 0.01
"""Chance that a question is left out, not known, or does not apply."""

DEPARTMENTS = ("shops", "online", "service", "logistics", "buying", "finance")

TRUTH = {
    "culture.shared-understanding": 0.24,
    "culture.leadership-priorities": 0.2,
    "culture.hiring-and-training": 0.16,
    "culture.empowerment-and-incentives": 0.06,
    "culture.whole-organisation": 0.08,
    "culture.celebrating-customers": 0.2,
    "data-access.single-customer-view": 0.52,
    "data-access.democratised-access": 0.45,
    "data-access.analytics-skill": 0.60,
    "data-access.segmentation-and-value": 0.55,
    "data-access.customer-facing-technology": 0.62,
    "data-access.privacy-and-trust": 0.82,
    "feedback-loops.listening-channels": 0.74,
    "feedback-loops.observing-customers": 0.38,
    "feedback-loops.closing-the-loop": 0.70,
    "feedback-loops.complaint-handling": 0.58,
    "feedback-loops.co-creation": 0.26,
    "feedback-loops.measuring-and-reporting": 0.66,
    "retention.churn-insight": 0.50,
    "retention.loyalty-and-value": 0.72,
    "retention.personalisation": 0.56,
    "retention.frictionless-buying": 0.60,
    "retention.journey-management": 0.40,
    "retention.proactive-care": 0.46,
    "social-responsibility.causes-that-matter": 0.55,
    "social-responsibility.giving-and-community": 0.70,
    "social-responsibility.responsible-operations": 0.58,
    "social-responsibility.fair-treatment": 0.66,
    "social-responsibility.transparency": 0.30,
}
"""How far each practice has come, as a fraction of what is possible."""


def main() -> None:
    """Write all files of the demo."""
    random = Random(SEED)  # noqa: S311 - made-up data, no secret
    questionnaire = load_questionnaire("customer-centricity")
    for role, count in GROUPS.items():
        lines = ["# Made up by examples/generate_demo.py.", "respondents:"]
        for number in range(1, count + 1):
            lines += _respondent(f"{role}-{number:02}", role, questionnaire, random)
        _write(HERE / "responses" / f"{role}.yaml", "\n".join(lines) + "\n")
    _write_csv("customers.csv", ("id", "channel", "joined", "left"), _customers(random))
    _write_csv("nps.csv", ("customer", "date", "answer", "called back"), _nps(random))
    _write_csv("complaints.csv", ("complaint", "customer", "about", "received", "solved"), _complaints())
    _write_csv("staff.csv", ("person", "has access", "last login"), _staff())
    _write_csv("purchases.csv", ("customer", "date", "paid"), _purchases())


def _respondent(name: str, role: str, questionnaire: Questionnaire, random: Random) -> list[str]:
    """One person: a mood of their own, some things not known, some left out."""
    mood = random.gauss(0, 0.06)
    lines = [
        f"  - id: {name}",
        f"    role: {role}",
        f"    department: {random.choice(DEPARTMENTS)}",
        "    answers:",
    ]
    for question in questionnaire.questions():
        chance = random.random()
        place = TRUTH[question.practice] + LIFT[role] + mood + random.gauss(0, 0.13)
        if role not in question.roles:
            answer = "not-shown"
        elif question.answers.kind == "text" or chance < SKIPPED:
            continue
        elif chance < SKIPPED + UNKNOWN:
            answer = "dont-know"
        elif chance < SKIPPED + UNKNOWN + NOT_APPLICABLE:
            answer = "n/a"
        else:
            answer = _answer(question, min(1.0, max(0.0, place)), random)
        lines.append(f"      {question.id}: {answer}")
    return lines


def _answer(question: Question, place: float, random: Random) -> str:
    """The answer nearest to a fraction."""
    answers = question.answers
    if answers.kind == "number":
        nearest = min(
            range(len(answers.bands)), key=lambda number: abs(answers.bands[number].fraction - place)
        )
        return f"{answers.bands[nearest].start:g}"
    if answers.kind == "multiple":
        ticked = [option.id for option in answers.options if not option.exclusive and random.random() < place]
        return f"[{', '.join(ticked or [option.id for option in answers.options if option.exclusive][:1])}]"
    if answers.kind == "yes-no":
        worth = {option.id: option.fraction for option in answers.options}
        good, bad = ("yes", "no") if worth["yes"] else ("no", "yes")
        return f'"{good if random.random() < place else bad}"'
    option = min(answers.options, key=lambda option: abs(option.fraction - place))
    return f'"{option.id}"'


def _customers(random: Random) -> Iterator[tuple[str, str, str, str]]:
    """Customers with where they buy, the day they joined and, for about a quarter a year, that they left."""
    places = Random(SEED + 1)  # noqa: S311 - as in main
    for number in range(1, 2401):
        joined = date(2021, 1, 1) + timedelta(days=int(random.random() * (AS_OF - date(2021, 1, 1)).days))
        stayed = int(random.expovariate(1 / (365 * 3.6))) + 20
        left = joined + timedelta(days=stayed)
        gone = left.isoformat() if left <= AS_OF else ""
        # who left bought online more often: two channels with lives of their own
        channel = places.choices(("shops", "online", "both"), (30, 55, 15) if gone else (42, 30, 28))[0]
        yield f"C{number:05}", channel, joined.isoformat(), gone


def _nps(random: Random) -> Iterator[tuple[str, str, int, str]]:
    """Answers on how likely one is to recommend, over the last eighteen months; some were called back."""
    calls = Random(SEED + 2)  # noqa: S311 - as in main
    weights = (3, 2, 3, 3, 4, 8, 10, 16, 19, 17, 15)
    for _ in range(640):
        day = AS_OF - timedelta(days=int(random.random() * 548))
        customer, answer = f"C{int(random.random() * 2400) + 1:05}", random.choices(range(11), weights)[0]
        called = day + timedelta(days=int(calls.expovariate(1 / 9)) + 1)
        is_called = answer <= 6 and calls.random() < 0.34 and called <= AS_OF  # noqa: PLR2004 - detractors
        yield customer, day.isoformat(), answer, called.isoformat() if is_called else ""


def _complaints() -> Iterator[tuple[str, str, str, str, str]]:
    """Complaints of the last eighteen months with what they are about; the last of them are still open."""
    random = Random(SEED + 3)  # noqa: S311 - as in main
    about = {"delivery": 6.0, "product": 14.0, "invoice": 9.0, "service": 11.0, "returns": 21.0}
    for number in range(1, 461):
        day = AS_OF - timedelta(days=int(random.random() * 548))
        subject = random.choices(tuple(about), (40, 22, 12, 14, 12))[0]
        solved = day + timedelta(days=int(random.expovariate(1 / about[subject])) + 1)
        customer = f"C{int(random.triangular(1, 2400, 1)):05}"  # some complain again and again
        closed = solved.isoformat() if solved <= AS_OF else ""
        yield f"R{number:04}", customer, subject, day.isoformat(), closed


def _staff() -> Iterator[tuple[str, str, str]]:
    """Employees with whether they may look at customer records, and when they last did."""
    random = Random(SEED + 4)  # noqa: S311 - as in main
    for number in range(1, 341):
        access = random.random() < 0.71  # noqa: PLR2004 - the rest are in shops without a login
        used = access and random.random() < 0.52  # noqa: PLR2004 - and half of those never use it
        login = AS_OF - timedelta(days=int(random.expovariate(1 / 60)))
        yield f"E{number:03}", "yes" if access else "no", login.isoformat() if used else ""


def _purchases() -> Iterator[tuple[str, str, int]]:
    """What each customer bought, from the day they joined to the day they left, in whole euros."""
    random = Random(SEED + 5)  # noqa: S311 - as in main
    with (HERE / "evidence" / "customers.csv").open(encoding="utf-8", newline="") as file:
        customers = list(csv.DictReader(file))
    for customer in customers:
        day, until = (
            date.fromisoformat(customer["joined"]),
            date.fromisoformat(customer["left"] or str(AS_OF)),
        )
        often = random.gammavariate(2.5, 0.5)  # purchases a year, each customer at a pace of their own
        while day <= until:
            yield customer["id"], day.isoformat(), round(random.lognormvariate(6.8, 0.7)) + 20
            day += timedelta(days=int(random.expovariate(often / 365)) + 1)


def _write_csv(name: str, header: tuple[str, ...], rows: Iterator[tuple[object, ...]]) -> None:
    path = HERE / "evidence" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
