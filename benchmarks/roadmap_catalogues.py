"""Planning problems at random that look like an organisation's: a catalogue, its people, its money, its aim.

Dimensions have about six practices, more where the catalogue is large, that stand between 1.2 and 3.4.
For each there is a chain of entries, to level 2 or 3, then to 4, then to 5, where each needs the one
before; where that is not enough there are further chains for the same practices, whose entries are
alternatives to the first's now and then. Some entries lift a second practice a little, some need an entry
of another chain. Everything follows from size and seed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from cxmaturity.roadmap.problem import Need, Position, Problem, Task, WeightedSum

MINIMA = (1.0, 1.8, 2.6, 3.4, 4.2)
LEVEL = 0.8
"""From one level's minimum to the next."""
SKILLS = ("analysis", "service design", "technology", "training")


@dataclass(frozen=True)
class Organisation:
    """Where it stands: scores by practice, and the practices of each dimension; the first is culture."""

    scores: dict[str, float]
    dimensions: tuple[tuple[str, ...], ...]


def problem(tasks: int, quarters: int, seed: int) -> Problem:
    """A catalogue of so many tasks, planned for so many quarters."""
    rng = Random(seed)  # noqa: S311 - made-up catalogues are no secrets
    organisation = _organisation(rng, tasks)
    catalogue = _under_way(rng, _catalogue(rng, organisation, tasks))
    days = sum(task.days for task in catalogue) * rng.uniform(0.4, 0.6) / quarters
    return Problem(
        tasks=tuple(catalogue),
        days=tuple(round(days * rng.uniform(0.85, 1.15), 1) for _ in range(quarters)),
        minima=MINIMA,
        maturity=_overall(organisation),
        skills=_skills(rng, catalogue, quarters),
        budget=round(sum(task.cost for task in catalogue) * rng.uniform(0.4, 0.6), -2),
        target=_target(rng, organisation, catalogue),
    )


def _organisation(rng: Random, tasks: int) -> Organisation:
    count = rng.randint(5, 10)
    practices = max(6, tasks // 3 // count)
    dimensions = tuple(
        tuple(f"d{dimension}.p{practice}" for practice in range(practices + rng.randint(-1, 1)))
        for dimension in range(count)
    )
    scores = {name: round(rng.uniform(1.2, 3.4), 2) for practices in dimensions for name in practices}
    return Organisation(scores, dimensions)


# ---------------------------------------------------------------------------------------------- catalogue


def _catalogue(rng: Random, organisation: Organisation, size: int) -> list[Task]:
    """Chains of practices in a random order, and again for other chains, until there are enough tasks."""
    tasks: list[Task] = []
    rounds = 0
    while len(tasks) < size:
        names = list(organisation.scores)
        rng.shuffle(names)
        for name in names:
            tasks.extend(_chain(rng, organisation, name, rounds, tasks))
        rounds += 1
    return tasks[:size]


def _chain(
    rng: Random, organisation: Organisation, practice: str, rounds: int, others: Sequence[Task]
) -> Iterator[Task]:
    first = 3 if organisation.scores[practice] >= MINIMA[1] else rng.choice((2, 3))
    levels = [level for level in (first, 4, 5) if MINIMA[level - 1] > organisation.scores[practice]]
    before: tuple[str, ...] = ()
    for level in levels:
        name = f"{practice}.r{rounds}.level-{level}"
        yield _entry(rng, organisation, name, {practice: level}, (*before, *_crossing(rng, others)))
        before = (name,)


def _entry(
    rng: Random, organisation: Organisation, name: str, lifts: dict[str, int], needs: tuple[str, ...]
) -> Task:
    if rng.random() < 0.15:  # noqa: PLR2004 - lifts another practice, a little
        lifts = {rng.choice(list(organisation.scores)): rng.choice((2, 3)), **lifts}
    days = float(rng.randint(5, 40))
    return Task(
        id=name,
        quarters=rng.choice((1, 1, 2, 2, 3)),
        days=days,
        cost=rng.choice((0.0, 0.0, 1.0, 1.0, 1.0)) * rng.randint(5, 400) * 100,
        lifts=lifts,
        skills={
            skill: round(days * rng.uniform(0.2, 0.5), 1)
            for skill in rng.sample(SKILLS, rng.choice((0, 1, 1, 2)))
        },
        needs=needs,
        excludes=_alternative(rng, name),
    )


def _crossing(rng: Random, others: Sequence[Task]) -> tuple[str, ...]:
    """Now and then what is needed from another chain."""
    return (rng.choice(others).id,) if others and rng.random() < 0.1 else ()  # noqa: PLR2004


def _alternative(rng: Random, name: str) -> tuple[str, ...]:
    """In further chains, the same level of the first is ruled out now and then; it need not exist."""
    practice, rounds, level = name.rsplit(".", 2)
    return (f"{practice}.r0.{level}",) if rounds != "r0" and rng.random() < 0.3 else ()  # noqa: PLR2004


def _under_way(rng: Random, tasks: list[Task]) -> list[Task]:
    """Two tasks that build on nothing have begun last quarter, and have to be ended."""
    free = [task.id for task in tasks if not task.needs]
    begun = set(rng.sample(free, 2))
    return [
        replace(task, start=-1, quarters=2, required=True, skills={}, excludes=())
        if task.id in begun
        else task
        for task in tasks
    ]


# -------------------------------------------------------------------------------------- limits and the aim


def _skills(rng: Random, tasks: Sequence[Task], quarters: int) -> dict[str, tuple[float, ...]]:
    """Half of the skills are limited, to what a little more than half of the tasks would take."""
    return {
        skill: (
            round(sum(task.skills.get(skill, 0.0) for task in tasks) * rng.uniform(0.5, 0.8) / quarters, 1),
        )
        * quarters
        for skill in rng.sample(SKILLS, 2)
    }


def _overall(organisation: Organisation) -> WeightedSum:
    """The mean of the dimensions, each the mean of its practices."""
    count = len(organisation.dimensions)
    return WeightedSum(
        {
            name: Position(1 / count / len(practices), organisation.scores[name])
            for practices in organisation.dimensions
            for name in practices
        }
    )


def _target(rng: Random, organisation: Organisation, tasks: Sequence[Task]) -> tuple[Need, ...]:
    """An overall score that may or may not be within reach, which culture may lag behind by a level."""
    overall = _overall(organisation)
    now, everything = overall.value({}), overall.value(_all_done(tasks))
    aim = now + rng.uniform(0.3, 0.8) * (everything - now)
    culture = organisation.dimensions[0]
    parts = {name: Position(1 / len(culture), organisation.scores[name]) for name in culture}
    return (
        Need("overall", "answers", overall, aim),
        Need("culture", "answers", WeightedSum(parts), aim - LEVEL),
    )


def _all_done(tasks: Sequence[Task]) -> dict[str, float]:
    """The highest level's minimum that the catalogue has for each practice."""
    lifts = [(practice, level) for task in tasks for practice, level in task.lifts.items()]
    return {practice: MINIMA[level - 1] for practice, level in sorted(lifts, key=lambda lift: lift[1])}
