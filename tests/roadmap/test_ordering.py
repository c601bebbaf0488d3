"""The order in which tasks pay, where there are no quarters."""

from __future__ import annotations

from itertools import permutations

import pytest

from cxmaturity.roadmap.ordering import order
from cxmaturity.roadmap.problem import Position, Problem, Task, WeightedSum

MINIMA = (1.0, 1.8, 2.6, 3.4, 4.2)


def ordered(*tasks: Task) -> list[str]:
    parts = {name: Position(weight, 1.0) for name, weight in (("x", 0.5), ("y", 0.25), ("z", 0.25))}
    return order(Problem(tasks, (1.0,) * 40, MINIMA, WeightedSum(parts)))


def test_the_best_gain_for_the_effort_comes_first() -> None:
    tasks = (
        Task("dear", 1, 10, lifts={"y": 3}),  # 0.4 ÷ 10
        Task("cheap", 1, 2, lifts={"z": 3}),  # 0.4 ÷ 2
        Task("middle", 1, 5, lifts={"x": 3}),  # 0.8 ÷ 5
    )
    for each in permutations(tasks):
        assert ordered(*each) == ["cheap", "middle", "dear"]


def test_less_than_a_day_counts_as_one() -> None:
    # 0.2 ÷ 0.1 day would come before 0.8 ÷ 2 days
    assert ordered(Task("a", 1, 0.1, lifts={"y": 2}), Task("b", 1, 2, lifts={"x": 3})) == ["b", "a"]


@pytest.mark.parametrize(
    ("tasks", "expected"),
    [
        ((Task("b", 1, 2, lifts={"y": 3}), Task("a", 1, 4, lifts={"x": 3})), ["b", "a"]),  # fewer days
        ((Task("b", 1, 2, lifts={"y": 3}), Task("a", 1, 2, lifts={"z": 3})), ["a", "b"]),  # by id
    ],
)
def test_what_pays_alike_comes_in_a_stated_order(tasks: tuple[Task, ...], expected: list[str]) -> None:
    assert ordered(*tasks) == ordered(*tasks[::-1]) == expected


def test_a_chain_is_weighed_with_what_it_needs() -> None:
    tasks = (
        Task("base", 1, 10, lifts={"x": 2}),  # alone 0.4 ÷ 10
        Task("top", 1, 2, lifts={"x": 5}, needs=("base", "done long ago")),  # with base 1.6 ÷ 12
        Task("other", 1, 4, lifts={"y": 3}),  # 0.4 ÷ 4
    )
    assert ordered(*tasks) == ["base", "top", "other"]


def test_what_gains_nothing_is_left_out_unless_it_must_be_done() -> None:
    tasks = (
        Task("a", 1, 1, lifts={"x": 3}),
        Task("same", 1, 1, lifts={"x": 3}),
        Task("must", 1, 50, required=True),
        Task("nowhere", 1, 1, lifts={"w": 5}),
    )
    assert ordered(*tasks) == ["a", "must"]


def test_alternatives_are_not_both_done() -> None:
    tasks = (
        Task("a", 1, 1, lifts={"x": 5}, excludes=("b",)),
        Task("b", 1, 2, lifts={"y": 5}),
        Task("c", 1, 2, lifts={"z": 5}, needs=("b",)),
    )
    assert ordered(*tasks) == ["a"]
