"""What can be computed from sums over groups: whether any combination of them is about too few people.

Published is, of each shown group, how many people gave each answer. An attacker can add and subtract
groups, so what he can know are the combinations of the groups' membership vectors: their span. This
module says whether the span holds a vector that is not 0 for fewer than ``minimum`` people only, or only
for people who all gave the same answer. That such a vector is the way in was shown by F. Y. Chin and G.
Ozsoyoglu, "Auditing and Inference Control in Statistical Databases", IEEE Transactions on Software
Engineering SE-8 (1982), 574-582.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ZERO = 1e-9
"""Below it an eigenvalue, of a matrix whose largest is at least 1, is 0."""
_SLIGHT = 1e-7
_CHUNK = 256
_MANY, _ENOUGH, _OF_EACH = 6000, 2000, 30
_MOST_STEPS = 4000
"""How many sets are tried before a span counts as unsafe: unproven is not safe."""


@dataclass(frozen=True, slots=True)
class Sums:
    """The sums shown of one batch, ``height`` many, and which of them count whom.

    ``visible`` (patterns, attributes) are the numbers of the sums that people of a pattern are counted in,
    -1 where none; with ``everybody``, number 0 counts all. ``pattern`` (answers,) is each answer's, -1 for
    those that were not given in the batch.
    """

    height: int
    everybody: bool
    visible: NDArray[np.int64]
    pattern: NDArray[np.int64]

    def combined(
        self, weights: NDArray[np.float64], answers: NDArray[np.intp] | slice
    ) -> NDArray[np.float64]:
        """How often combinations of the sums, ``weights`` (height, n), count each answer: (n, answers)."""
        pattern = self.pattern[answers]
        padded = np.concatenate([weights, np.zeros((1, weights.shape[1]))])
        total = np.where((pattern >= 0)[:, None], padded[0 if self.everybody else -1], 0.0)
        for column in self.visible.T:
            total += padded[np.append(column, [-1])[pattern]]
        return total.T


@dataclass(frozen=True, slots=True)
class System:
    """Answers that people gave, alike ones put together, and the sums over groups that are shown of them.

    ``sums`` are those of each batch in turn. An answer belongs to the people ``owner`` (answers,), who
    are ``people`` (owners,) many: somebody who answered otherwise later owns two. ``alike`` (answers,)
    is the meaning that all of the people gave, -1 where they differ.
    """

    sums: tuple[Sums, ...]
    owner: NDArray[np.intp]
    people: NDArray[np.float64]
    alike: NDArray[np.int64]

    @property
    def height(self) -> int:
        """How many sums are shown."""
        return sum(each.height for each in self.sums)

    def combined(self, weights: NDArray[np.float64], answers: NDArray[np.intp]) -> NDArray[np.float64]:
        """How often combinations of the sums, ``weights`` (height, n), count some answers: (n, answers)."""
        total = np.zeros((weights.shape[1], len(answers)))
        start = 0
        for each in self.sums:
            total += each.combined(weights[start : start + each.height], answers)
            start += each.height
        return total


@dataclass(frozen=True, slots=True)
class Exposure:
    """How to get at too few people: by a combination of the groups that are ``involved`` (groups,).

    Without one of those that are ``needed`` (groups,) there is no such combination.
    """

    involved: NDArray[np.bool_]
    needed: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Frame:
    """The span in coordinates in which it is orthonormal over people.

    ``vectors`` (rank, answers); ``owner``, ``people`` and ``alike`` as in the system; ``grip`` (owners,) is
    each owner's leverage: how far the span can be about one of them alone, at most 1.
    """

    vectors: NDArray[np.float64]
    owner: NDArray[np.intp]
    people: NDArray[np.float64]
    alike: NDArray[np.int64]
    grip: NDArray[np.float64]

    @property
    def counting(self) -> NDArray[np.float64]:
        """How many people each answer stands for."""
        return self.people[self.owner]


def exposure(system: System, minimum: int) -> Exposure | None:
    """A combination of the sums that is about fewer than ``minimum`` people, or only about one answer.

    Some of the answers will do where all others follow from them: a combination that is about few people is
    about no more of those chosen, and not about none.
    """
    everything = np.arange(len(system.owner))
    if len(everything) > _MANY:
        some = _sample(system)
        look = _Look.at(system, some)
        ties = look.scale[:, None] * look.ties
        if np.abs(system.combined(ties, everything)).max(initial=0.0) < _SLIGHT and not look.finds(minimum):
            return None
    return _Look.at(system, everything).exposure(minimum)


def consequence(system: System, number: int) -> Exposure | None:
    """The sums from which the one with this number follows, ``None`` if it does not from any."""
    ties = _Look.at(system, np.arange(len(system.owner))).ties
    tie = ties @ ties[number]
    if tie[number] <= _SLIGHT:
        return None
    involved = np.abs(tie) > _SLIGHT
    involved[number] = False
    return Exposure(involved, np.zeros_like(involved))


def _sample(system: System) -> NDArray[np.intp]:
    """Some answers of every group."""
    order = np.random.default_rng(0).permutation(len(system.owner))  # always the same one
    chosen = [order[:_ENOUGH]]
    for each in system.sums:
        for column in np.append(each.visible, np.full((1, each.visible.shape[1]), -1), axis=0).T:
            group = column[each.pattern[order]]
            by_group = np.argsort(group, kind="stable")
            starts = np.searchsorted(group[by_group], group[by_group])
            chosen.append(order[by_group[np.arange(len(order)) - starts < _OF_EACH]])
    return np.unique(np.concatenate(chosen))


@dataclass(frozen=True, slots=True)
class _Look:
    """The span of the sums over some answers, and what of it is about few people.

    ``scale`` (height,) makes the sums comparable; ``back`` (height, rank) leads from coordinates in
    ``frame`` to weights of the scaled sums, ``ties`` (height, …) are combinations of them that are 0.
    """

    scale: NDArray[np.float64]
    back: NDArray[np.float64]
    ties: NDArray[np.float64]
    frame: _Frame

    @classmethod
    def at(cls, system: System, answers: NDArray[np.intp]) -> _Look:
        """The span over these answers."""
        rows = system.combined(np.eye(system.height), answers)
        owner, alike = system.owner[answers], system.alike[answers]
        table = (rows * system.people[owner]) @ rows.T
        length = np.sqrt(table.diagonal())
        scale = np.divide(1.0, length, out=np.zeros_like(length), where=length > 0)
        values, vectors = np.linalg.eigh(table * np.outer(scale, scale))
        kept = values > _ZERO
        back = vectors[:, kept] / np.sqrt(values[kept])
        frame = _framed((back * scale[:, None]).T @ rows, owner, system.people, alike)
        return cls(scale, back, vectors[:, ~kept], frame)

    def finds(self, minimum: int) -> bool:
        """Whether anything is about too few people."""
        return self._direction(minimum) is not None

    def exposure(self, minimum: int) -> Exposure | None:
        """What is about too few people."""
        found = self._direction(minimum)
        if found is None:
            return None
        share = np.abs(self.back @ found)
        involved = share > _SLIGHT * share.max()
        return Exposure(involved, involved & (np.linalg.norm(self.ties, axis=1) <= _SLIGHT))

    def _direction(self, minimum: int) -> NDArray[np.float64] | None:
        if not self.frame.vectors.size:
            return None
        found = _few(self.frame, minimum)
        return _unanimous(self.frame) if found is None else found


def _framed(
    vectors: NDArray[np.float64],
    owner: NDArray[np.intp],
    people: NDArray[np.float64],
    alike: NDArray[np.int64],
) -> _Frame:
    leverage = np.einsum("ij,ij->j", vectors, vectors)
    grip = np.zeros(len(people))
    np.add.at(grip, owner, leverage)
    return _Frame(vectors, owner, people, alike, grip)


# ------------------------------ only people who all answered alike


def _unanimous(frame: _Frame) -> NDArray[np.float64] | None:
    """Coordinates of a vector that is 0 but for people who all gave one answer; ``None`` if there is none.

    There is one if, and only if, without these people the vectors span less.
    """
    for meaning in np.unique(frame.alike[frame.alike >= 0]).tolist():
        among = frame.alike == meaning
        vectors, people = frame.vectors[:, among], frame.counting[among]
        if np.einsum("ij,ij,j->", vectors, vectors, people) < 1.0 - _ZERO:
            continue
        values, directions = np.linalg.eigh((vectors * people) @ vectors.T)
        if values[-1] > 1.0 - _ZERO:
            return _column(directions, -1)
    return None


def _column(matrix: NDArray[np.float64], number: int) -> NDArray[np.float64]:
    column: NDArray[np.float64] = matrix[:, number]
    return column


# ------------------------------ fewer people than the minimum


def _few(frame: _Frame, minimum: int) -> NDArray[np.float64] | None:
    """Coordinates of a vector that is 0 but for fewer than ``minimum`` people; ``None`` if there is none.

    A vector that is 0 but for some people needs leverages of theirs that sum to 1 or more, so where
    no person has 1 / (minimum - 1) there is none. Otherwise all sets of people that could do are tried.
    """
    light = frame.people < minimum
    if not light.any() or frame.grip[light].max() * (minimum - 1) < 1.0 - _ZERO:
        return None
    length = np.linalg.norm(frame.vectors, axis=0)
    return _Search(frame, length).within(frame.vectors, frozenset(), frozenset(), minimum - 1)


@dataclass
class _Search:
    """Looks for few owners without whose answers the vectors span less; ``length`` (answers,) is theirs."""

    frame: _Frame
    length: NDArray[np.float64]
    steps: int = 0

    def within(
        self, vectors: NDArray[np.float64], out: frozenset[int], stay: frozenset[int], budget: float
    ) -> NDArray[np.float64] | None:
        """Coordinates of a vector that is 0 but for ``out`` and up to ``budget`` people, none in ``stay``.

        ``vectors`` (dimensions, answers) are the part of the span to look in. The owners must meet every
        basis of the columns left, as what is 0 on a basis is 0.
        """
        self.steps += 1
        if self.steps > _MOST_STEPS:
            return np.eye(len(vectors))[:, 0]
        owner, people = self.frame.owner, self.frame.people
        own = np.isin(owner, list(out))
        movable = ~own & (people[owner] <= budget) & ~np.isin(owner, list(stay))
        free = self._vanishing(vectors, ~own & ~movable)
        rest = free.T @ vectors
        grip = np.zeros(len(people))
        np.add.at(grip, owner, np.einsum("ij,ij->j", rest, rest))
        have, most = sum(grip[each] * people[each] for each in out), grip[owner[movable]].max(initial=0.0)
        if not rest.size or have + budget * most < 1.0 - _SLIGHT:
            return None
        basis = self._basis(rest, movable, grip)
        if len(basis) < len(rest):
            return free @ self._vanishing(rest, ~own)[:, 0]
        for each in dict.fromkeys(owner[basis].tolist()):
            reach = have + grip[each] * people[each] + (budget - people[each]) * most
            if reach < 1.0 - _SLIGHT:
                continue
            found = self.within(rest, out | {each}, stay, budget - people[each])
            if found is not None:
                return free @ found
            stay |= {each}
        return None

    def _vanishing(self, vectors: NDArray[np.float64], among: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Directions (dimensions, …) in which the vectors are 0 for the answers ``among``."""
        part = vectors[:, among]
        values, directions = np.linalg.eigh((part * self.frame.counting[among]) @ part.T)
        vanishing: NDArray[np.float64] = directions[:, values <= _ZERO]
        return vanishing

    def _basis(
        self, vectors: NDArray[np.float64], movable: NDArray[np.bool_], grip: NDArray[np.float64]
    ) -> list[int]:
        """Answers that span all that the movable ones do, those of many people and little leverage first."""
        length = np.linalg.norm(vectors, axis=0)
        counting = np.flatnonzero(movable & (length > _SLIGHT * self.length))
        owner = self.frame.owner[counting]
        among = counting[np.lexsort((grip[owner], -self.frame.people[owner]))]
        found: list[int] = []
        basis = np.empty((len(vectors), 0))
        for start in range(0, len(among), _CHUNK):
            part = among[start : start + _CHUNK]
            rest = vectors[:, part] / length[part]
            rest = rest - basis @ (basis.T @ rest)
            while len(found) < len(vectors):
                size = np.linalg.norm(rest, axis=0)
                first = int(np.argmax(size > _SLIGHT))
                if size[first] <= _SLIGHT:
                    break
                new = rest[:, first : first + 1] / size[first]
                rest = rest - new @ (new.T @ rest)
                basis = np.hstack([basis, new])
                found.append(int(part[first]))
        return found
