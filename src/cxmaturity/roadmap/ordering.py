"""The order in which tasks pay: greedy, so that nothing is proven about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from cxmaturity.roadmap.problem import Problem, Task

_DECIMALS = 9


def order(
    problem: Problem,
    *,
    first: Sequence[str] = (),
    takes: Callable[[Sequence[Task]], bool] = lambda _: True,
) -> list[str]:
    """Tasks by what they gain per person-day, each after those that it needs; what gains nothing is left out.

    At each step comes the task that gains most per person-day together with what it still needs; of equals
    the one with fewer days, then the first by id. What must be done comes in any case. ``first`` are tasks
    to begin with. ``takes`` is told a task after those that it still needs: what it refuses is left out.
    """
    by_id = {task.id: task for task in problem.tasks}
    left = dict(by_id)
    done: dict[str, Task] = {}
    while True:
        name = next((each for each in first if each in left), None) or _best(problem, left, done)
        if name is None:
            return list(done)
        chain = _chain(name, by_id, done)
        if takes(chain):
            done |= {task.id: task for task in chain}
        left = {each: task for each, task in left.items() if each != name and each not in done}


def _best(problem: Problem, left: Mapping[str, Task], done: Mapping[str, Task]) -> str | None:
    """What comes next of what is left."""
    by_id = {task.id: task for task in problem.tasks}
    reached = problem.raised(task.lifts for task in done.values())
    chains = (_chain(name, by_id, done) for name in left)
    ranked = sorted(
        (-_pays(problem, chain, reached), _days(chain), chain[-1].id)
        for chain in chains
        if _allowed(chain, done)
    )
    best = next((name for pays, _, name in ranked if pays < 0), None)
    return best or next((name for _, _, name in ranked if by_id[name].required), None)


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
