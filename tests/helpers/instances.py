"""Small planning problems at random: everything that a problem may have, in sizes that brute force can do."""

from __future__ import annotations

from random import Random

from cxmaturity.roadmap.problem import Need, Position, Problem, Task, WeightedSum

MINIMA = ((1.0, 1.8, 2.6, 3.4, 4.2), (1.0, 2.0, 3.0, 4.0, 5.0), (1.0, 1.5, 2.75, 3.5, 4.75))
SKILLS = ("analysis", "design", "training")
WEIGHTS = (0.0, 0.1, 0.15, 0.2, 1 / 3, 0.5, 1.0)
ELSEWHERE = "practice-nobody-counts"
LONG_DONE = "done-before"
"""An id that is no task of the problem."""


def instance(seed: int) -> Problem:
    """The problem of a seed."""
    rng = Random(seed)  # noqa: S311 - made-up problems are no secrets
    quarters = rng.choice((2, 3, 4, 4, 4))
    starts = {f"practice-{number}": round(rng.uniform(1, 2.8), 2) for number in range(rng.randint(3, 6))}
    minima = rng.choice(MINIMA)
    starts = {name: rng.choice((minima[1], start, start, start)) for name, start in starts.items()}
    tasks = _tasks(rng, list(starts), quarters)
    return Problem(
        tasks=tasks,
        days=_days(rng, tasks, quarters),
        minima=minima,
        maturity=_sum(rng, starts, some=0.9),
        skills=_skills(rng, tasks, quarters),
        budget=_budget(rng, tasks),
        target=_target(rng, starts, tasks, minima),
    )


# -------------------------------------------------------------------------------------------------- tasks


def _tasks(rng: Random, practices: list[str], quarters: int) -> tuple[Task, ...]:
    names = [f"task-{number}" for number in range(rng.choice((3, 4, 5, 6, 6, 6, 6)))]
    tasks = [_task(rng, name, names[:number], practices, quarters) for number, name in enumerate(names)]
    rng.shuffle(tasks)
    return tuple(tasks)


def _task(rng: Random, name: str, before: list[str], practices: list[str], quarters: int) -> Task:
    days = rng.choice((0.0, 2.5, 5.0, 7.0, 8.0, 10.0, 12.0, 16.0))
    lifted = rng.sample([*practices, *practices, ELSEWHERE], rng.choice((0, 1, 1, 2, 2, 3)))
    return Task(
        id=name,
        quarters=rng.choice((1, 1, 1, 1, 2, 2, 3)),
        days=days,
        cost=rng.choice((0.0, 0.0, 500.0, 2_000.0, 9_000.0)),
        lifts={practice: rng.choice((2, 3, 4, 4, 5)) for practice in lifted},
        skills={skill: days * rng.choice((0.25, 0.5, 1.0)) for skill in SKILLS if rng.random() < 0.25},
        needs=_named(rng, before, 0.1),
        excludes=_named(rng, before, 0.07),
        start=rng.randint(-3, quarters - 1) if rng.random() < 0.1 else None,
        required=rng.random() < 0.05,
    )


def _named(rng: Random, before: list[str], share: float) -> tuple[str, ...]:
    """Ids of some of the tasks before: nothing can be needed in a circle."""
    return tuple(name for name in [*before, LONG_DONE] if rng.random() < share)


# ------------------------------------------------------------------------------------------------ capacities


def _days(rng: Random, tasks: tuple[Task, ...], quarters: int) -> tuple[float, ...]:
    """Capacity for a part of all there is to do, uneven, now and then with a quarter of nothing."""
    each = sum(task.days for task in tasks) / quarters * rng.choice((0.9, 1.2, 1.6, 2.0))
    return tuple(
        round(each * rng.choice((0.0, 0.7, 0.8, 0.9, 1.0, 1.2, 1.5, 2.0)), 1) for _ in range(quarters)
    )


def _skills(rng: Random, tasks: tuple[Task, ...], quarters: int) -> dict[str, tuple[float, ...]]:
    """Limits to some of the skills."""
    limited = {}
    for skill in SKILLS:
        if rng.random() < 0.4:
            each = sum(task.skills.get(skill, 0.0) for task in tasks) / quarters
            limited[skill] = tuple(
                round(each * rng.choice((0.0, 1.5, 2.0, 3.0, 4.0)), 1) for _ in range(quarters)
            )
    return limited


def _budget(rng: Random, tasks: tuple[Task, ...]) -> float | None:
    share = rng.choice((None, None, None, 0.1, 0.4, 0.6, 0.8, 0.8))
    return None if share is None else share * sum(task.cost for task in tasks)


# ------------------------------------------------------------------------------------------------------ sums


def _sum(rng: Random, starts: dict[str, float], some: float) -> WeightedSum:
    chosen = {name: start for name, start in starts.items() if rng.random() < some}
    parts = {name: Position(rng.choice(WEIGHTS), start) for name, start in chosen.items()}
    return WeightedSum(parts, constant=rng.choice((0.0, 0.0, 0.75)))


def _target(
    rng: Random, starts: dict[str, float], tasks: tuple[Task, ...], minima: tuple[float, ...]
) -> tuple[Need, ...]:
    kinds = ("answers", "measured")
    sums = [_sum(rng, starts, some=0.7) for _ in range(rng.choice((0, 1, 1, 1, 1, 2, 2, 3)))]
    return tuple(
        Need(f"dimension-{number}", rng.choice(kinds), each, _least(rng, each, tasks, minima))
        for number, each in enumerate(sums)
    )


def _least(rng: Random, each: WeightedSum, tasks: tuple[Task, ...], minima: tuple[float, ...]) -> float:
    """What some of the tasks come to: exactly, between that and the start, or above what all can do."""
    some = rng.sample(tasks, rng.randint(2, 3))
    lowest, exact, highest = (_done(each, done, minima) for done in ((), some, tasks))
    kind = rng.random()
    if kind < 0.06:
        return highest + 0.1
    return exact if kind < 0.5 else lowest + rng.uniform(0.2, 0.9) * (exact - lowest)


def _done(each: WeightedSum, tasks: tuple[Task, ...] | list[Task], minima: tuple[float, ...]) -> float:
    total = each.constant
    for name, part in each.parts.items():
        lifted = [minima[task.lifts[name] - 1] for task in tasks if name in task.lifts]
        total += part.weight * max([part.start, *lifted])
    return total
