"""Responses as columns: one row a respondent, one column a question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import nan
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from cxmaturity.api import State

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from cxmaturity.errors import Problem

NO_OPTION = -1

PERSONAL = ("role", "department", "country", "tenure")
"""What respondents are asked of themselves."""

ATTRIBUTES = (*PERSONAL, "wave")
"""What may be known of a respondent."""

FlagKind = Literal["straight-lining", "speed", "same-id", "same-answers"]
"""Why somebody's answers deserve a second look."""

Codes = TypeVar("Codes", bound="NDArray[Any]")


def immutable(array: Codes) -> Codes:
    """A copy of an array that nobody who is handed it can make writable again."""
    import numpy as np  # lazy: `check` of a broken workspace ends before this

    return np.frombuffer(array.tobytes(), dtype=array.dtype).reshape(array.shape)  # type: ignore[return-value]


def code_type(meanings: int) -> np.dtype[np.unsignedinteger[Any]]:
    """The smallest type of codes that tells so many meanings (at least 1) apart: uint8, uint16 or uint32."""
    import numpy as np

    return np.min_scalar_type(meanings - 1)


def read_only(*arrays: NDArray[Any]) -> None:
    """Make arrays read-only, so that nobody who is handed them can change them."""
    for array in arrays:
        array.flags.writeable = False


@dataclass(frozen=True, slots=True)
class Answer:
    """One cell: its state and, if answered, the fraction, the option chosen, the ticks, the words."""

    state: State
    fraction: float = nan
    position: int = NO_OPTION
    ticked: frozenset[int] = frozenset()
    text: str = ""


NOT_SCORED = tuple(Answer(state) for state in State if state is not State.ANSWERED)


@dataclass(frozen=True, slots=True)
class AnswerColumn:
    """What everybody answered to one question: row ``i`` has the answer ``meanings[codes[i]]``.

    ``codes`` is of :func:`code_type` (respondents,), immutable. The answers that count come first in
    ``meanings``, in an order that depends on the question alone; then the four states without one.
    ``counts`` (meanings,) is how many respondents gave each of them.
    """

    codes: NDArray[np.unsignedinteger[Any]]
    meanings: tuple[Answer, ...]
    counts: NDArray[np.int64] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        import numpy as np

        object.__setattr__(self, "counts", np.bincount(self.codes, minlength=len(self.meanings)))

    @property
    def answered(self) -> int:
        """How many of the meanings are answers: their codes are those below it."""
        return len(self.meanings) - len(NOT_SCORED)

    def by_state(self) -> dict[State, int]:
        """How many respondents are in each state."""
        found = dict.fromkeys(State, 0)
        for meaning, count in zip(self.meanings, self.counts.tolist(), strict=True):
            found[meaning.state] += count
        return found

    @property
    def worth(self) -> NDArray[np.float32]:
        """The fraction of each meaning, float32, NaN where not scored."""
        return _worth(self.meanings)

    @property
    def state(self) -> NDArray[np.uint8]:
        """The state of each meaning, uint8."""
        return _state(self.meanings)


@cache
def _worth(meanings: tuple[Answer, ...]) -> NDArray[np.float32]:
    import numpy as np

    return immutable(np.array([each.fraction for each in meanings], dtype=np.float32))


@cache
def _state(meanings: tuple[Answer, ...]) -> NDArray[np.uint8]:
    import numpy as np

    return immutable(np.array([each.state for each in meanings], dtype=np.uint8))


@dataclass(frozen=True, slots=True)
class Grouping:
    """The groups that an attribute makes: sorted ``names``, and each respondent's ``numbers`` among them.

    ``numbers`` is int32 (respondents,), immutable, -1 where the attribute is not known.
    """

    names: tuple[str, ...]
    numbers: NDArray[np.int32]

    def values(self) -> tuple[str | None, ...]:
        """The name of each respondent's group."""
        return tuple(None if number < 0 else self.names[number] for number in self.numbers.tolist())

    def counts(self) -> Mapping[str | None, int]:
        """The number of respondents of each group, ``None`` for those of none."""
        import numpy as np

        counted = np.bincount(self.numbers + 1, minlength=len(self.names) + 1).tolist()
        return dict(zip((None, *self.names), counted, strict=True))


@dataclass(frozen=True, slots=True)
class ResponseFileRead:
    """A file as far as it was read: its name, its rows, and how many of them were left out."""

    name: str
    rows: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Responses:
    """What all respondents answered, read-only.

    ``respondents`` are ids; ``attributes`` maps an attribute such as ``role`` to its groups; ``columns``
    leads from each question, by its full id and in the questionnaire's order, to what was answered.
    ``notes`` and ``texts`` lead from (respondent's row, question) to what was written beside an
    answer, and as the answer to a free-text question. ``seconds`` is float32 (respondents,), NaN where it
    is not known how long somebody took. ``hidden`` are the questions that the anonymity minimum has
    blanked. ``survey`` says that some of it comes from a survey; ``left_out`` are the rows that do not
    count, and why.
    """

    respondents: Sequence[str]
    attributes: Mapping[str, Grouping]
    columns: Mapping[str, AnswerColumn]
    notes: Mapping[tuple[int, str], str] = field(default_factory=dict)
    texts: Mapping[tuple[int, str], str] = field(default_factory=dict)
    seconds: NDArray[np.float32] | None = None
    hidden: frozenset[str] = frozenset()
    survey: bool = False
    files: tuple[ResponseFileRead, ...] = ()
    left_out: tuple[Problem, ...] = ()

    @property
    def questions(self) -> tuple[str, ...]:
        """The full ids of all questions, in order."""
        return tuple(self.columns)

    def fractions(self, questions: Iterable[str]) -> NDArray[np.float32]:
        """Fractions of questions, float32 (respondents, questions), NaN where not scored: a new array."""
        return self._looked_up(questions, lambda column: column.worth, "float32")

    def states(self, questions: Iterable[str]) -> NDArray[np.uint8]:
        """States of questions, uint8 (respondents, questions): a new array."""
        return self._looked_up(questions, lambda column: column.state, "uint8")

    def _looked_up(
        self, questions: Iterable[str], table_of: Callable[[AnswerColumn], NDArray[Any]], kind: str
    ) -> NDArray[Any]:
        """What a table says of each answer, (respondents, questions), one question's answers side by side."""
        import numpy as np

        columns = [self.columns[name] for name in questions]
        matrix = np.empty((len(self.respondents), len(columns)), dtype=kind, order="F")
        for position, column in enumerate(columns):
            # codes are known to be in range; checking them again would cost as much as looking up
            np.take(table_of(column), column.codes, out=matrix[:, position], mode="clip")
        return matrix

    def groups(self) -> dict[str, NDArray[np.int32]]:
        """Per attribute an int32 array (respondents,) of group numbers, -1 where unknown."""
        return {name: grouping.numbers for name, grouping in self.attributes.items()}
