"""What a computed roadmap costs and gains, against a greedy planner's, on made-up problems.

    python benchmarks/roadmap.py                    200 catalogues of 60 × 8, 50 organisations, 10 of 300 × 12
    python benchmarks/roadmap.py --instances 20 --organisations 5 --large 0                       a quick look
    python benchmarks/roadmap.py --seconds 60                so long for each question, not so many steps

Run it with the environment's own interpreter, in a checkout. Catalogues are made up by
`roadmap_catalogues.py`; `roadmap_organisations.py` makes up organisations instead, which plan with the
catalogues that are shipped. The greedy planner is `roadmap_greedy.py`. What a plan comes to, and that it
breaks no rule, is found by the checker of the tests, which shares no code with the solver. Each problem
is planned by all three in turn, after one that does not count; imports are left out. Ratios are to
greedy's time on the same problem.

What is asked is the most maturity (`most`), and the target at the earliest point for the least effort
(`earliest`).

Level-quarters are levels of overall maturity times the quarters for which they are had, over doing
nothing; discounted, as the solver counts them, and plain.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median, quantiles
from time import perf_counter, process_time
from types import ModuleType

from roadmap_catalogues import problem as made_up
from roadmap_greedy import greedy
from roadmap_organisations import QUARTERS
from roadmap_organisations import problem as organisation

from cxmaturity.roadmap.milp import Limits
from cxmaturity.roadmap.planning import SEARCH
from cxmaturity.roadmap.problem import DISCOUNT, Problem
from cxmaturity.roadmap.solving import Solution, can_reach, earliest, most

CHECKER = Path(__file__).parents[1] / "tests" / "helpers" / "brute_force.py"
WITHIN = 2.0
"""Seconds in which 60 × 8 should be proven optimal."""
ROUNDING = 1e-12
"""A gap that is only that of two sums."""


@dataclass(frozen=True)
class Run:
    """One planner on one problem: the time it took, and what it found."""

    wall: float
    cpu: float
    proven: bool
    """Whether nothing can be better, or that there is no plan."""
    gap: float | None
    """``None`` where no plan was found."""
    level_quarters: float = 0.0
    discounted: float = 0.0
    reached: int | None = None

    @property
    def quick(self) -> bool:
        """Whether that was known soon enough."""
        return self.proven and self.wall <= WITHIN


Planner = Callable[[Problem], Solution | None]
Runs = Mapping[str, Sequence[Run]]


def checker() -> ModuleType:
    """The tests' own module of rules."""
    spec = importlib.util.spec_from_file_location("brute_force", CHECKER)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(CHECKER)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


# ------------------------------------------------------------------------------------------- what is measured


def level_quarters(rules: ModuleType, problem: Problem, start: Mapping[str, int], discount: float) -> float:
    """Levels times quarters over doing nothing, each quarter of waiting discounted."""

    def at(point: int) -> float:
        return float(rules.value(problem.maturity, rules.lifted_at(problem, start, point)))

    before = float(rules.value(problem.maturity, {}))
    return sum(
        (1 - discount) ** (point - 1) * (at(point) - before) for point in range(1, problem.quarters + 1)
    )


def planned(rules: ModuleType, problem: Problem, plan: Planner) -> Run:
    """Run a planner, and look at its plan."""
    clock, processor = perf_counter(), process_time()
    found = plan(problem)
    wall, cpu = perf_counter() - clock, process_time() - processor
    if found is None:  # there is none, unless the search came to its end
        never = can_reach(problem, problem.quarters, limits=SEARCH) is False
        return Run(wall, cpu, proven=never, gap=None)
    if wrong := rules.violations(problem, found.start):
        raise AssertionError(wrong)
    plain, discounted = (level_quarters(rules, problem, found.start, each) for each in (0.0, DISCOUNT))
    proven = found.gap < ROUNDING and found.sure
    return Run(wall, cpu, proven, found.gap, plain, discounted, rules.reached(problem, found.start))


def run(problems: Iterable[Problem], limits: Limits) -> Runs:
    """All planners on each of the problems, in turn."""
    planners: dict[str, Planner] = {
        "greedy": lambda problem: Solution(greedy(problem), worth=0.0, gap=1.0),
        "most": lambda problem: most(problem, limits=limits),
        "earliest": lambda problem: earliest(problem, limits=limits),
    }
    rules, runs = checker(), {name: list[Run]() for name in planners}
    for plan in planners.values():
        planned(rules, made_up(20, 4, 0), plan)  # not counted: lazy imports
    for problem in problems:
        for name, plan in planners.items():
            runs[name].append(planned(rules, problem, plan))
    return runs


# -------------------------------------------------------------------------------------------------- tables


def table(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table in Markdown."""
    for row in (heading, ["---"] * len(heading), *rows):
        print(f"| {' | '.join(map(str, row))} |")
    print()


def spread(values: Sequence[float], digits: int) -> list[str]:
    """Median, 90th percentile and maximum."""
    ninth = quantiles(values, n=10, method="inclusive")[-1] if len(values) > 1 else values[0]
    return [f"{each:,.{digits}f}" for each in (median(values), ninth, max(values))]


def times(runs: Runs) -> None:
    """Seconds, and ratios to greedy's."""
    rows = []
    for name, each in runs.items():
        ratios = [run.wall / reference.wall for run, reference in zip(each, runs["greedy"], strict=True)]
        wall, cpu = [run.wall for run in each], [run.cpu for run in each]
        rows.append((name, *spread(wall, 3), f"{median(cpu):.3f}", *spread(ratios, 0)))
    ratio = ("ratio to greedy median", "p90", "max")
    table(("what", "wall s median", "p90", "max", "CPU s median", *ratio), rows)


def proofs(runs: Runs) -> None:
    """How often nothing can be better, and how far the rest may be off."""
    rows = []
    for name in ("most", "earliest"):
        gaps = [run.gap for run in runs[name] if run.gap is not None]
        silent = sum(run.gap is None and not run.proven for run in runs[name])
        shares = (mean(run.quick for run in runs[name]), mean(run.proven for run in runs[name]))
        rows.append((name, *(f"{each:.1%}" for each in shares), silent, *_percent(gaps)))
    gap = ("gap median", "p90", "max")
    table(("what", f"proven within {WITHIN:g} s", "within the limit", "no answer in time", *gap), rows)


def _percent(gaps: Sequence[float]) -> list[str]:
    return [f"{each}%" for each in spread([100 * gap for gap in gaps], 2)] if gaps else ["-"] * 3


def gains(runs: Runs) -> None:
    """Level-quarters of `most` over greedy's."""
    rows: list[tuple[str, ...]] = []
    for name, what in (("level_quarters", "plain"), ("discounted", "discounted")):
        pairs = [
            (getattr(a, name), getattr(b, name)) for a, b in zip(runs["most"], runs["greedy"], strict=True)
        ]
        gained = [ours - theirs for ours, theirs in pairs]
        share = [ours / theirs - 1 for ours, theirs in pairs if theirs]
        rows.extend(
            (
                (f"level-quarters, {what}", f"{mean(b for _, b in pairs):.2f}", *_three(gained, ".2f")),
                (f"the same, over greedy's, {what}", "", *_three(share, ".1%")),
            )
        )
    table(("gained by most", "greedy's mean", "mean", "median", "max", "min"), rows)


def _three(values: Sequence[float], form: str) -> list[str]:
    return [format(each, form) for each in (mean(values), median(values), max(values), min(values))]


def arrivals(runs: Runs) -> None:
    """How often the target is reached, and how much later by greedy: mean, median and maximum."""
    pairs = [
        (ours.reached, theirs.reached) for ours, theirs in zip(runs["earliest"], runs["greedy"], strict=True)
    ]
    both = [theirs - ours for ours, theirs in pairs if ours is not None and theirs is not None]
    here, there = (sum(each is not None for each in column) for column in zip(*pairs, strict=True))
    print(f"target reached: {here} of {len(pairs)} by earliest, {there} by greedy", end="")
    later = (mean(both), median(both), max(both)) if both else ()
    print(
        f"; where by both, greedy is later by {', '.join(f'{each:.1f}' for each in later)} quarters"
        * bool(both)
    )
    print()


def show(what: str, problems: Iterable[Problem], limits: Limits) -> None:
    """Run and print one kind of problems."""
    ends = "" if limits.steps is None else f", {limits.steps} steps"
    print(f"{what}, {limits.seconds:g} s{ends}\n")
    runs = run(problems, limits)
    for part in (times, proofs, gains, arrivals):
        part(runs)


def main() -> None:
    """Print the tables of each kind of problems."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--instances", type=int, default=200, help="how many of 60 × 8")
    parser.add_argument("--organisations", type=int, default=50, help="how many with the shipped catalogues")
    parser.add_argument("--large", type=int, default=10, help="how many of 300 × 12")
    parser.add_argument("--seconds", type=float, help="search so long, however many steps it takes")
    options = parser.parse_args()
    limits = SEARCH if options.seconds is None else Limits(seconds=options.seconds)
    if count := options.instances:
        show(f"{count} catalogues of 60 × 8", (made_up(60, 8, seed) for seed in range(count)), limits)
    if count := options.organisations:
        show(f"{count} organisations × {QUARTERS} quarters", map(organisation, range(count)), limits)
    if count := options.large:
        show(f"{count} catalogues of 300 × 12", (made_up(300, 12, seed) for seed in range(count)), limits)


if __name__ == "__main__":
    main()
