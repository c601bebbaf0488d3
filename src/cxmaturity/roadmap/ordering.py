"""The order in which tasks pay, for who has no capacity to plan with."""

from __future__ import annotations

from collections.abc import Mapping

from cxmaturity.roadmap.problem import Problem, Task

_DECIMALS = 9


def order(problem: Problem) -> list[str]:
    """Tasks by what they gain per person-day, each after those that it needs; what gains nothing is left out.

    At each step comes the task that gains most per person-day together with what it still needs; of equals
    the one with fewer days, then the first by id. What must be done comes in any case.
    """
    by_id = {task.id: task for task in problem.tasks}
    done: dict[str, Task] = {}
    reached: dict[str, float] = {}
    while True:
        chains = (_chain(name, by_id, done) for name in by_id if name not in done)
        ranked = sorted(
            (-_pays(problem, chain, reached), _days(chain), chain[-1].id)
            for chain in chains
            if _allowed(chain, done)
        )
        best = next((name for pays, _, name in ranked if pays < 0), None)
        best = best or next((name for _, _, name in ranked if by_id[name].required), None)
        if best is None:
            return list(done)
        done |= {task.id: task for task in _chain(best, by_id, done)}
        reached = problem.raised(task.lifts for task in done.values())


def _chain(name: str, by_id: Mapping[str, Task], done: Mapping[str, Task]) -> list[Task]:
    """A task after those that it still needs."""
    chain: list[Task] = []
    for need in by_id[name].needs:
        if need in by_id and need not in done:
            chain += [each for each in _chain(need, by_id, done) if each not in chain]
    return [*chain, by_id[name]]


def _allowed(chain: list[Task], done: Mapping[str, Task]) -> bool:
    together = {**done, **{task.id: task for task in chain}}
    return not any(task.apart(other) for task in chain for other in together.values())


def _days(chain: list[Task]) -> float:
    return sum(task.days for task in chain)


def _pays(problem: Problem, chain: list[Task], reached: Mapping[str, float]) -> float:
    """What a chain adds to maturity per person-day, on top of what is done; rounded, so equals are equal."""
    gain = 0.0
    for practice, score in problem.raised(task.lifts for task in chain).items():
        part = problem.maturity.parts.get(practice)
        if part is not None:
            stands = max(part.start, reached.get(practice, part.start))
            gain += part.weight * max(0.0, score - stands)
    return round(gain / max(_days(chain), 1.0), _DECIMALS)
