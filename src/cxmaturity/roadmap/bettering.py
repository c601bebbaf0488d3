"""Betters a plan where to prove one the best would take too long: large neighbourhood search.

Again and again a part of the plan is set free, with all that is not in it, and the best way to fill the room
is found; the rest is kept. P. Shaw, "Using Constraint Programming and Local Search Methods to Solve Vehicle
Routing Problems", CP98, LNCS 1520 (1998), 417–431. How large a part, is learnt on the way, as with
D. Pisinger and S. Ropke, "Large Neighborhood Search", in M. Gendreau and J.-Y. Potvin (eds.), Handbook of
Metaheuristics, 2nd edition, Springer (2010), 399–419: larger where the best was found and is no better,
smaller where it was not found.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import count
from random import Random
from time import monotonic

from cxmaturity.roadmap.asking import ask
from cxmaturity.roadmap.checking import worth
from cxmaturity.roadmap.milp import Limits
from cxmaturity.roadmap.problem import Problem, Start

WINDOW, EVERY = 3, 3
"""Every third time it is what starts in three quarters in a row that is set free, else tasks at random."""
SHARE, SMALLEST, LARGEST = 0.3, 0.1, 0.9
"""How many of the plan's tasks at random: at first, and within which limits."""
GROW, SHRINK = 1.05, 0.9
STEPS_EACH, STEPS_PER_ROUND = 1, 4
"""Steps of each search: one, as more take longer than they help. How many of the limit stand for a round."""


def bettered(problem: Problem, plan: Start, by: int | None, limits: Limits) -> Start:
    """A plan that is worth as much or more, found within the limits; with ``by`` the target holds there too.

    Its random numbers have a fixed seed, so that the same plan is found on every machine unless time ends
    first.
    """
    end, rng = monotonic() + limits.seconds, Random(0)  # noqa: S311 - a search has no secrets
    best, value, share = plan, worth(problem, plan), SHARE
    rounds = count() if limits.steps is None else range(limits.steps // STEPS_PER_ROUND)
    for number in rounds:
        left = end - monotonic()
        if left <= 0:
            break
        by_share = number % EVERY != 0
        freed = _some(best, share, rng) if by_share else _window(problem, best, rng)
        part = _keeping(problem, {name: start for name, start in best.items() if name not in freed})
        outcome, found = ask(part, "worth", by, Limits(left, STEPS_EACH))
        if found is not None and worth(problem, found) > value:
            best, value = found, worth(problem, found)
        elif by_share:
            share *= GROW if outcome.proven else SHRINK
            share = min(max(share, SMALLEST), LARGEST)
    return best


def _window(problem: Problem, plan: Start, rng: Random) -> AbstractSet[str]:
    """What starts in a few quarters in a row."""
    first = rng.randrange(max(1, problem.quarters - WINDOW + 1))
    return {name for name, start in plan.items() if first <= start < first + WINDOW}


def _some(plan: Start, share: float, rng: Random) -> AbstractSet[str]:
    """Tasks of a plan, at random."""
    return set(rng.sample(sorted(plan), round(share * len(plan))))


def _keeping(problem: Problem, plan: Start) -> Problem:
    """The problem with some tasks done when a plan does them."""
    tasks = tuple(
        replace(task, start=plan[task.id], required=True) if task.id in plan else task
        for task in problem.tasks
    )
    return replace(problem, tasks=tasks)
