"""Whether sums give few people away, against trying every set of people."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxmaturity.anonymity import span
from cxmaturity.anonymity.span import Sums, System, consequence, exposure

if TYPE_CHECKING:
    from numpy.typing import NDArray

NOBODY = np.full(0, -1)


def system(
    groups: list[tuple[int, int]], owner: list[int], people: list[int], alike: list[int] | None = None
) -> System:
    """Sums over everybody and over groups 1, 2 … of two attributes, -1 where somebody is in none."""
    visible = np.array(groups, dtype=np.int64).reshape(-1, 2)
    height = int(visible.max(initial=0)) + 1
    sums = Sums(height, True, visible, np.arange(len(groups)))  # noqa: FBT003 - everybody is one of the sums
    return System(
        (sums,),
        np.array(owner, dtype=np.intp),
        np.array(people, dtype=np.float64),
        np.array(alike or [-1] * len(groups), dtype=np.int64),
    )


def rows(made: System) -> NDArray[np.float64]:
    """The sums as a matrix of who is counted."""
    return made.combined(np.eye(made.height), np.arange(len(made.owner)))


def rank(matrix: NDArray[np.float64]) -> int:
    return int(np.linalg.matrix_rank(matrix)) if matrix.size else 0


def given_away(made: System, minimum: int) -> bool:
    """The same by trying: without some set of too few people, or of one answer, the sums span less."""
    matrix, whole = rows(made), rank(rows(made))
    owners = range(len(made.people))
    sets = [
        np.isin(made.owner, chosen)
        for size in range(1, minimum)
        for chosen in combinations(owners, size)
        if made.people[list(chosen)].sum() < minimum
    ]
    sets += [made.alike == meaning for meaning in set(made.alike.tolist()) - {-1}]
    return any(rank(matrix[:, ~some]) < whole for some in sets)


@st.composite
def systems(draw: st.DrawFn) -> System:
    """Up to 11 answers of up to 9 people or like-minded few, in groups of two attributes."""
    owners = draw(st.integers(1, 9))
    owner = [*range(owners), *draw(st.lists(st.integers(0, owners - 1), max_size=2))]
    pair = st.tuples(st.sampled_from([1, 2, 3, -1]), st.sampled_from([4, 5, 6, -1]))
    size = {"min_size": len(owner), "max_size": len(owner)}
    return system(
        draw(st.lists(pair, **size)),
        owner,
        draw(st.lists(st.integers(1, 6), min_size=owners, max_size=owners)),
        draw(st.lists(st.integers(-1, 2), **size)),
    )


@settings(max_examples=150)
@given(systems(), st.integers(3, 6))
def test_it_is_found_exactly_where_there_is_a_way(made: System, minimum: int) -> None:
    assert (exposure(made, minimum) is not None) == given_away(made, minimum)


def test_what_is_needed_is_what_without_which_there_is_no_way() -> None:
    # everybody (0) 3 + 6 + 7, groups 1 of 6 and 2 of 7 shown: 0 - 1 - 2 is the 3; each of the sums is needed
    found = exposure(system([(-1, -1), (1, -1), (2, -1)], [0, 1, 2], [3, 6, 7]), 5)
    assert found is not None
    assert found.needed.tolist() == [True, True, True]
    # with groups 3 and 4 of the other attribute, 6 + 3 and 7, everybody is 3 + 4: 0, 3 and 4 can stand for
    # each other, and 1 is needed as 3 - 1 is the three people
    found = exposure(system([(-1, 3), (1, 3), (2, 4)], [0, 1, 2], [3, 6, 7]), 5)
    assert found is not None
    assert found.needed.tolist()[1] is True
    assert not found.needed[[0, 3]].any()


def test_one_who_answered_otherwise_later_is_one_person() -> None:
    # two sums: those of before and of now, of 4 people who all changed and 6 who did not. Their difference
    # is about 4 people, though about 8 answers
    before = Sums(1, True, np.empty((1, 0), dtype=np.int64), np.array([0, 0, -1]))  # noqa: FBT003
    now = Sums(1, True, np.empty((1, 0), dtype=np.int64), np.array([0, -1, 0]))  # noqa: FBT003
    nothing = np.full(3, -1, dtype=np.int64)
    for changed, found in ((4, True), (5, False)):
        made = System((now, before), np.array([0, 1, 1]), np.array([6.0, changed]), nothing)
        assert (exposure(made, 5) is not None) is found


def test_a_sum_that_follows_from_others_is_told_from_one_that_does_not() -> None:
    # everybody is groups 1 and 2, so 2 follows from 0 and 1; where some are in neither it does not
    found = consequence(system([(1, -1), (2, -1)], [0, 1], [6, 7]), 2)
    assert found is not None
    assert found.involved.tolist() == [True, True, False]
    assert consequence(system([(1, -1), (2, -1), (-1, -1)], [0, 1, 2], [6, 7, 8]), 2) is None


def test_without_sums_nothing_is_found() -> None:
    nobody = System((), NOBODY.astype(np.intp), np.empty(0), NOBODY.astype(np.int64))
    assert exposure(nobody, 5) is None


@settings(max_examples=60)
@given(systems(), st.integers(3, 6))
def test_some_of_the_answers_prove_the_same_as_all(made: System, minimum: int) -> None:
    expected = exposure(made, minimum) is not None
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("_MANY", 0), ("_ENOUGH", 1), ("_OF_EACH", 2)):
            patch.setattr(span, name, value)
        assert (exposure(made, minimum) is not None) == expected


def test_what_cannot_be_searched_counts_as_unsafe(monkeypatch: pytest.MonkeyPatch) -> None:
    # 3 x 3 crossings of 2 people each: leverages are too high for the short way, so it is searched
    pairs = [(one, other) for one in (1, 2, 3) for other in (4, 5, 6)]
    made = system(pairs, list(range(9)), [2] * 9)
    assert exposure(made, 5) is None
    monkeypatch.setattr(span, "_MOST_STEPS", 0)
    assert exposure(made, 5) is not None
