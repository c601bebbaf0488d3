"""The order in which tasks pay, for who has no capacity to plan with."""

from __future__ import annotations

from collections.abc import Mapping

from cxmaturity.roadmap.checking import lifted
from cxmaturity.roadmap.problem import Problem, Task

_NOTHING = 1e-9


def order(problem: Problem) -> list[str]:
    """Tasks by what they gain per person-day, each after those that it needs; what gains nothing is left out.

    At each step comes the task that gains most per person-day together with what it still needs; of equals
    the one with fewer days, then the first by id. What must be done comes in any case.
    """
    by_id = {task.id: task for task in problem.tasks}
    done: dict[str, int] = {}
    while True:
        chains = {name: _chain(name, by_id, done) for name in by_id if name not in done}
        chains = {name: chain for name, chain in chains.items() if _allowed(chain, by_id, done)}
        ranked = sorted(
            (-_gain(problem, chain, done) / max(_days(chain, by_id), 1.0), _days(chain, by_id), name)
            for name, chain in chains.items()
        )
        best = next((name for pays, _, name in ranked if pays < -_NOTHING), None)
        best = best or next((name for _, _, name in ranked if by_id[name].required), None)
        if best is None:
            return list(done)
        done |= dict.fromkeys(chains[best], 0)


def _chain(name: str, by_id: Mapping[str, Task], done: Mapping[str, int]) -> list[str]:
    """A task after those that it still needs."""
    chain: list[str] = []
    for need in by_id[name].needs:
        if need in by_id and need not in done:
            chain += [each for each in _chain(need, by_id, done) if each not in chain]
    return [*chain, name]


def _allowed(chain: list[str], by_id: Mapping[str, Task], done: Mapping[str, int]) -> bool:
    together = {*chain, *done}
    return not any(other in together for name in together for other in by_id[name].excludes)


def _days(chain: list[str], by_id: Mapping[str, Task]) -> float:
    return sum(by_id[name].days for name in chain)


def _gain(problem: Problem, chain: list[str], done: Mapping[str, int]) -> float:
    """What a chain adds to maturity on top of what is done."""
    return _maturity(problem, {*done, *chain}) - _maturity(problem, set(done))


def _maturity(problem: Problem, names: set[str]) -> float:
    ended = {task.id: -task.quarters for task in problem.tasks if task.id in names}
    return problem.maturity.value(lifted(problem, ended, 0))
