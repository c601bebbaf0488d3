"""Plans that are bettered part by part: never worse, by the rules, and the same each time."""

from __future__ import annotations

from itertools import count
from math import inf

import instances
import pytest

from cxmaturity.roadmap import bettering
from cxmaturity.roadmap.bettering import bettered
from cxmaturity.roadmap.checking import faults, holds, reached_at, worth
from cxmaturity.roadmap.milp import Limits, Outcome
from cxmaturity.roadmap.placing import place
from cxmaturity.roadmap.problem import Position, Problem, Task, WeightedSum

MINIMA = (1.0, 1.8, 2.6, 3.4, 4.2)
PRACTICES = ("a", "b", "c", "d", "e", "f")
ROUNDS_6 = Limits(steps=6 * bettering.STEPS_PER_ROUND)


def six_tasks() -> Problem:
    """One of six fits into each of six quarters."""
    tasks = tuple(
        Task(name, 1, 10, lifts={name: level})
        for name, level in zip(PRACTICES, (2, 2, 3, 3, 4, 5), strict=True)
    )
    return Problem(tasks, (10.0,) * 6, MINIMA, WeightedSum({name: Position(1.0, 1.0) for name in PRACTICES}))


def test_the_best_is_found_part_by_part() -> None:
    worst = dict(zip(PRACTICES, range(6), strict=True))
    best = bettered(six_tasks(), worst, None, Limits(steps=40 * bettering.STEPS_PER_ROUND))
    # what lifts more comes first; c and d are alike, and so are a and b
    assert (best["f"], best["e"]) == (0, 1)
    assert {best["c"], best["d"]} == {2, 3}
    assert {best["a"], best["b"]} == {4, 5}


def test_what_it_finds_is_never_worse_keeps_the_rules_and_is_found_again() -> None:
    improved = 0
    for seed in range(150):
        given = instances.instance(seed)
        plan = place(given)
        if plan is None:
            continue
        by = reached_at(given, plan) if given.target else None
        found = bettered(given, plan, by, ROUNDS_6)
        assert list(faults(given, found)) == []
        assert by is None or holds(given, found, by)
        assert worth(given, found) >= worth(given, plan)
        assert found == bettered(given, plan, by, ROUNDS_6)
        improved += worth(given, found) > worth(given, plan) + 1e-9
    assert improved >= 10


def freed(monkeypatch: pytest.MonkeyPatch, limits: Limits, *, proven: bool) -> list[int]:
    """How many of a hundred tasks are free in each round, if none finds anything better."""
    free: list[int] = []

    def ask(problem: Problem, *_: object) -> tuple[Outcome, None]:
        free.append(sum(task.start is None for task in problem.tasks))
        return Outcome(None, inf, proven), None

    monkeypatch.setattr(bettering, "ask", ask)
    names = [f"t{number:02}" for number in range(100)]
    tasks = tuple(Task(name, 1, 1, lifts={name: 2}) for name in names)
    maturity = WeightedSum({name: Position(1.0, 1.0) for name in names})
    plan = {name: number // 10 for number, name in enumerate(names)}
    assert bettered(Problem(tasks, (10.0,) * 10, MINIMA, maturity), plan, None, limits) == plan
    return free


@pytest.mark.parametrize(
    ("proven", "sizes"),
    [
        # 30 % at first, × 1.05 each time: 31.5, 33.1, 34.7 and so on; and no more than 90 %
        (True, [30, 32, 33, 35]),
        # × 0.9: 27, 24.3, 21.9 and so on; and no less than 10 %
        (False, [30, 27, 24, 22]),
    ],
)
def test_how_much_is_set_free_is_learnt(
    *, proven: bool, sizes: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    free = freed(monkeypatch, Limits(steps=60 * bettering.STEPS_PER_ROUND), proven=proven)
    assert len(free) == 60
    # every third round, what starts in three quarters of ten tasks each
    assert set(free[:: bettering.EVERY]) == {30}
    by_share = [size for number, size in enumerate(free) if number % bettering.EVERY]
    assert by_share[:4] == sizes
    assert by_share[-1] == (90 if proven else 10)


def test_time_ends_the_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = count()
    monkeypatch.setattr(bettering, "monotonic", lambda: float(next(seconds)))
    # asked at the start and before each round: 0, then 1 to 4 of 5 seconds
    assert len(freed(monkeypatch, Limits(seconds=5.0), proven=True)) == 4
