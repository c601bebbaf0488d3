"""An attacker who has all that is published, and who knows who is in which group and who answered.

He is written without a look at how it is decided what to hide: everything published is an equation in
the unknown answers, one unknown per person and option, and he solves what can be solved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import combinations, product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cxmaturity.anonymity.ledger import Ledger
from cxmaturity.anonymity.release import Release, open_release, release
from cxmaturity.api import State
from cxmaturity.responses.model import Responses

if TYPE_CHECKING:
    from numpy.typing import NDArray

People = Callable[..., Responses]
MINIMUM = 5
OPTIONS = 5
QUESTION = "q"


@dataclass
class Attacker:
    """What is known: ``equations`` (coefficients by answer, value); an answer is one that a person gave once.

    ``answers`` (answers, options) is the truth, which he does not know.
    """

    answers: NDArray[np.float64]
    coefficients: list[NDArray[np.float64]] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    matrices: tuple[NDArray[np.float64], NDArray[np.float64]] | None = None

    def read(self, result: Release, given_: NDArray[np.intp]) -> None:
        """Take in all that a result publishes; ``given_`` (people,) are the answers, -1 where none."""
        if QUESTION in result.whole:
            return
        self.counts(given_[given_ >= 0])
        for name, grouping in result.responses.attributes.items():
            means = []
            for number in range(len(grouping.names)):
                members = given_[(grouping.numbers == number) & (given_ >= 0)]
                if result.shown(name, [QUESTION])[number] and members.size:
                    self.counts(members)
                    means.append(self.mean(members))
            if means:
                self.know(np.mean(means, axis=0))  # role-balanced mean, from those shown
            for one, other in combinations(means, 2):
                self.know(one - other)  # gap

    def counts(self, members: NDArray[np.intp]) -> None:
        """How many of the members gave each option."""
        for option in range(self.answers.shape[1]):
            wanted = np.zeros_like(self.answers)
            wanted[members, option] = 1.0
            self.know(wanted)

    def mean(self, members: NDArray[np.intp]) -> NDArray[np.float64]:
        """The members' mean score as coefficients of the answers."""
        wanted = np.zeros_like(self.answers)
        wanted[members] = np.arange(1, self.answers.shape[1] + 1) / len(members)
        return wanted

    def know(self, coefficients: NDArray[np.float64]) -> None:
        """One equation more."""
        self.coefficients.append(coefficients)
        self.matrices = None
        self.values.append(float((coefficients * self.answers).sum()))

    def recovers(self, wanted: NDArray[np.float64]) -> bool:
        """Whether a combination of the equations is what is wanted; the value is then right, too."""
        if not self.coefficients:
            return False
        matrix, inverse = self._solved()
        share = inverse @ wanted.ravel()
        if np.abs(matrix @ share - wanted.ravel()).max() > 1e-7:
            return False
        assert share @ self.values == pytest.approx(float((wanted * self.answers).sum()), abs=1e-6)
        return True

    def _solved(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The equations as a matrix, and its pseudo-inverse."""
        if self.matrices is None:
            matrix = np.stack([each.ravel() for each in self.coefficients], axis=1)
            self.matrices = matrix, np.linalg.pinv(matrix, rcond=1e-10)
        return self.matrices

    def finds(self, members: NDArray[np.intp]) -> bool:
        """Whether he gets at the mean, or at how many gave the first option, of these answers."""
        if not members.size:
            return False
        first = np.zeros_like(self.answers)
        first[members, 0] = 1.0
        return self.recovers(self.mean(members)) or self.recovers(first)


def answers_of(responses: Responses, start: int = 0) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """The number of each person's answer from ``start`` on, -1 where none, and the answers one-hot."""
    column = responses.columns[QUESTION]
    answered = column.codes < OPTIONS
    given_ = np.where(answered, np.cumsum(answered) - 1 + start, -1)
    return given_, np.eye(OPTIONS)[column.codes[answered]]


def heard_of(responses: Responses) -> tuple[NDArray[np.intp], NDArray[np.float64], NDArray[np.intp]]:
    """The same of who was heard: whether they answered, or do not know or have no case.

    The third are codes (people,) that are alike for those who gave no answer, and for no others.
    """
    column = responses.columns[QUESTION]
    state = np.array([meaning.state for meaning in column.meanings])[column.codes]
    silent = (state == State.DONT_KNOW) | (state == State.NOT_APPLICABLE)
    heard = silent | (state == State.ANSWERED)
    numbers = np.where(heard, np.cumsum(heard) - 1, -1)
    return numbers, np.eye(2)[silent[heard].astype(np.intp)], np.where(silent, -1, np.arange(len(silent)))


def sensitive(
    responses: Responses, given_: NDArray[np.intp], codes: NDArray[np.intp] | None = None
) -> Iterator[NDArray[np.intp]]:
    """The answers of every group, crossing, difference and remainder that too few people make up.

    Also those that are all alike, by ``codes`` (people,) if it is not by what they answered.
    """
    everybody = np.ones(len(given_), dtype=bool)
    groups = [
        grouping.numbers == number
        for grouping in responses.attributes.values()
        for number in range(-1, len(grouping.names))
    ]
    sets = [everybody, *groups, *(everybody & ~each for each in groups)]
    for one, other in combinations(groups, 2):
        sets += [one & other, one & ~other, other & ~one]
    said = responses.columns[QUESTION].codes if codes is None else codes
    for members in sets:
        answers = given_[members & (given_ >= 0)]
        alike = len(set(said[members & (given_ >= 0)].tolist())) == 1
        if 0 < len(answers) < MINIMUM or alike:
            yield answers


SIGNS = "12345.?n-"


@st.composite
def crowds(draw: st.DrawFn) -> tuple[dict[str, str], str]:
    """Groups by three attributes, and answers, of 6 to 40 people."""
    count = draw(st.integers(6, 40))
    attributes = {
        name: "".join(draw(st.lists(st.sampled_from(values), min_size=count, max_size=count)))
        for name, values in {"role": "aab", "department": "xxxyz ", "country": "RRRS"}.items()
    }
    signs = draw(st.sampled_from(["12345", "1122345?.", "3345?", "44444445", SIGNS]))
    return attributes, "".join(draw(st.lists(st.sampled_from(signs), min_size=count, max_size=count)))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(crowds())
@example(  # R is hidden for its size, and is all who answered; b was hidden for that, but is all less a
    (
        {
            "role": "a" * 13 + "bbbbaab",
            "department": "x" * 20,
            "country": "R" * 18 + "SR",
        },
        "1" * 17 + "2?2",
    )
)
@example(  # a is hidden, as all less a and b is that nobody in c knows: what a answered is still all less b
    (
        {"role": "a" * 8 + "b" * 10 + "c" * 5},
        "11211???" + "1413212???" + "?????",
    )
)
def test_the_attacker_finds_no_hidden_group_and_no_sensitive_set(
    people: People, crowd: tuple[dict[str, str], str]
) -> None:
    attributes, signs = crowd
    responses = people(attributes, {QUESTION: signs})
    result = release(responses, MINIMUM, free_text=None)
    given_, truth = answers_of(responses)
    attacker = Attacker(truth)
    attacker.read(result, given_)
    for members in (*sensitive(responses, given_), *_too_few_groups(result, responses, given_)):
        assert not attacker.finds(members)
    assert not _tells_who_was_silent(result, responses)


def _tells_who_was_silent(result: Release, responses: Responses) -> bool:
    """Whether he finds how many gave no answer of too few who were heard, or of some of whom none did."""
    numbers, truth, codes = heard_of(responses)
    attacker = Attacker(truth)
    attacker.read(result, numbers)
    return any(attacker.finds(members) for members in sensitive(responses, numbers, codes))


def _too_few_groups(
    result: Release, responses: Responses, given_: NDArray[np.intp]
) -> Iterator[NDArray[np.intp]]:
    """The answers of hidden groups, but for those that may follow from what is shown.

    These are other words for what is shown: a whole, or a shown group. And they are those of groups that
    are not hidden for what they answered, nor for their size, but because their cell also tells who gave
    no answer, and with the others that of too few. The answers alone then give nobody away.
    """
    known, hidden = [given_[given_ >= 0]], []
    for name, grouping in responses.attributes.items():
        for number, shown in enumerate(result.shown(name, [QUESTION])):
            members = given_[(grouping.numbers == number) & (given_ >= 0)]
            if shown:
                known.append(members)
            elif not (
                result.sizes[name][number] and _tells_who_was_silent(_with(result, name, number), responses)
            ):
                hidden.append(members)
    for members in hidden:
        if not any(np.array_equal(members, each) for each in known):
            yield members


def _with(result: Release, attribute: str, group: int) -> Release:
    """The result as if that group were shown, too."""
    cells = result.cells[attribute].copy()
    cells[group] = True
    return replace(result, cells={**result.cells, attribute: cells})


def made_up(seed: int) -> tuple[dict[str, str], str]:
    """A company of 60 with groups of very different sizes, and many who do not answer."""
    rng = np.random.default_rng(seed)
    attributes = {
        "role": "".join(rng.choice(list("abc"), 60, p=[0.1, 0.2, 0.7])),
        "department": "".join(rng.choice(list("vwxyz"), 60, p=[0.05, 0.1, 0.15, 0.3, 0.4])),
        "country": "".join(rng.choice(list("RS"), 60, p=[0.2, 0.8])),
    }
    return attributes, "".join(rng.choice(list("12345."), 60))


def test_without_suppression_the_same_attacker_finds_most(people: People) -> None:
    found, safe, examples = 0, 0, 30
    for seed in range(examples):
        attributes, signs = made_up(seed)
        responses = people(attributes, {QUESTION: signs})
        given_, truth = answers_of(responses)
        secrets = list(sensitive(responses, given_))
        for result in (open_release(responses, None), release(responses, MINIMUM, free_text=None)):
            attacker = Attacker(truth)
            attacker.read(result, given_)
            success = any(attacker.finds(members) for members in secrets)
            found += success and result.minimum == 0
            safe += not success and result.minimum == MINIMUM
    assert found >= 0.9 * examples
    assert safe == examples


# ------------------------------ a second result


def two_waves(seed: int) -> tuple[dict[str, str], str, list[str], dict[str, str], str, list[str]]:
    """A company of 60, and the same after a few people came, left and changed their minds."""
    rng = np.random.default_rng(seed)
    attributes, signs = made_up(seed)
    leaving, coming, changing = rng.integers(0, 8), rng.integers(5, 12), rng.integers(0, 4)
    later, more = made_up(seed + 1000)
    new_signs = [*signs[leaving:], *more[:coming]]
    for at in rng.choice(50, changing, replace=False):
        new_signs[at] = str(rng.choice(list("12345")))
    groups = {name: values[leaving:] + later[name][:coming] for name, values in attributes.items()}
    ids = [f"r{number}" for number in range(60)]
    new_ids = [*ids[leaving:], *(f"n{number}" for number in range(coming))]
    return attributes, signs, ids, groups, "".join(new_signs), new_ids


def test_two_results_together_give_away_no_few_people(people: People) -> None:
    found, shown, examples = 0, 0, 20
    for seed in range(examples):
        attributes, signs, ids, groups, new_signs, new_ids = two_waves(seed)
        before = people(attributes, {QUESTION: signs}, ids)
        after = people(groups, {QUESTION: new_signs}, new_ids)
        first = release(before, MINIMUM, free_text=None)
        second = release(after, MINIMUM, first.ledger, free_text=None)
        if second.held_back:
            assert second.ledger is None
            continue
        shown += any(cells.any() for cells in second.cells.values())
        open_attacker, attacker, secrets = _both_waves((before, ids, first), (after, new_ids, second))
        assert not any(attacker.finds(members) for members in secrets)
        found += any(open_attacker.finds(members) for members in secrets)
    assert found >= 0.5 * examples
    assert shown >= 0.3 * examples  # it is not safe merely by showing nothing


Wave = tuple[Responses, list[str], Release]


def _both_waves(one: Wave, other: Wave) -> tuple[Attacker, Attacker, list[NDArray[np.intp]]]:
    """An attacker for whom nothing new is hidden, one for whom it is, and what nobody should find."""
    before, ids, first = one
    after, new_ids, second = other
    given_, truth = answers_of(before)
    later, more = answers_of(after, len(truth))
    answers = np.concatenate([truth, more])
    for row, name in enumerate(new_ids):  # the same answer of the same person is one unknown
        if name in ids:
            earlier = given_[ids.index(name)]
            if earlier >= 0 and later[row] >= 0 and (answers[earlier] == answers[later[row]]).all():
                later[row] = earlier
    result = []
    for view in (open_release(after, None), second):
        attacker = Attacker(answers)
        attacker.read(first, given_)
        attacker.read(view, later)
        result.append(attacker)
    secrets = [*sensitive(before, given_), *sensitive(after, later)]
    for grouping in after.attributes.values():  # those of each group who came, those who left
        for number in range(len(grouping.names)):
            came = (
                np.array([name not in ids for name in new_ids]) & (grouping.numbers == number) & (later >= 0)
            )
            if 0 < came.sum() < MINIMUM:
                secrets.append(later[came])
    return result[0], result[1], secrets


def test_one_more_person_is_held_back_and_the_same_result_given(people: People) -> None:
    attributes, signs = made_up(1)
    ids = [f"r{number}" for number in range(61)]
    first = release(people(attributes, {QUESTION: signs}, ids[:60]), MINIMUM, free_text=None)
    more = {name: values + values[0] for name, values in attributes.items()}
    second = release(people(more, {QUESTION: signs + "3"}, ids), MINIMUM, first.ledger, free_text=None)
    assert (second.held_back, second.ledger) == (1, None)
    for name, cells in first.cells.items():
        assert (cells == second.cells[name]).all()
    assert (
        first.responses.columns[QUESTION].codes.tolist() == second.responses.columns[QUESTION].codes.tolist()
    )


# ------------------------------ every world that fits what is published


def worlds(result: Release, given_: NDArray[np.intp], truth: NDArray[np.float64]) -> NDArray[np.int64]:
    """Every way in which people may have answered 1 or 2 that gives the same published counts."""
    every = np.array(list(product((0, 1), repeat=len(truth))))
    sums = [np.ones(len(truth))] if QUESTION not in result.whole else []
    for name, grouping in result.responses.attributes.items():
        for number in range(len(grouping.names)):
            if result.shown(name, [QUESTION])[number]:
                members = np.zeros(len(truth))
                members[given_[(grouping.numbers == number) & (given_ >= 0)]] = 1.0
                sums.append(members)
    if not sums:
        return every
    published = np.stack(sums, axis=1)
    fits: NDArray[np.int64] = every[(every @ published == truth[:, 1] @ published).all(axis=1)]
    return fits


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("112.")), min_size=3, max_size=12))
def test_no_answer_and_no_hidden_mean_is_the_same_in_all_worlds_that_fit(
    people: People, crowd: list[tuple[str, str]]
) -> None:
    responses = people(
        {"role": "".join(group for group, _ in crowd)}, {QUESTION: "".join(said for _, said in crowd)}
    )
    result = release(responses, 3, free_text=None)
    given_, truth = answers_of(responses)
    possible = worlds(result, given_, truth)
    if not len(truth):
        return
    assert (possible.min(axis=0) < possible.max(axis=0)).all()  # nobody's answer is certain
    known = [each for each in _too_few_groups(result, responses, given_) if each.size]
    for members in known:
        means = possible[:, members].mean(axis=1)
        assert means.min() < means.max()


def test_a_ledger_of_nothing_is_no_ledger(people: People) -> None:
    attributes, signs = made_up(2)
    responses = people(attributes, {QUESTION: signs})
    assert release(responses, MINIMUM, Ledger(()), free_text=None).cells["role"].tolist() == (
        release(responses, MINIMUM, free_text=None).cells["role"].tolist()
    )
