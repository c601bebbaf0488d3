"""Responses as columns: one row a respondent, one column a question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NO_OPTION = -1

ATTRIBUTES = ("role", "department", "country", "tenure", "wave")
"""What may be known of a respondent."""


def read_only(*arrays: NDArray[Any]) -> None:
    """Make arrays read-only, so that nobody who is handed them can change them."""
    for array in arrays:
        array.flags.writeable = False


@dataclass(frozen=True, slots=True)
class Responses:
    """What all respondents answered, read-only.

    ``respondents`` are ids; ``attributes`` maps an attribute such as ``role`` to one value per
    respondent, ``None`` where unknown. ``questions`` are full ids in the order of the columns of

    - ``fractions``: float32 (respondents, questions), NaN where not scored;
    - ``states``: uint8, same shape, see :class:`cxmaturity.api.State`;
    - ``positions``: int16, same shape, the position of the one option chosen, -1 where there is none.

    ``ticked`` holds, per multiple-choice question, a boolean array (respondents, options).
    ``notes`` and ``texts`` lead from (respondent's row, question) to what was written beside an
    answer, and as the answer to a free-text question. ``hidden`` are the questions that the anonymity
    minimum has blanked.
    """

    respondents: tuple[str, ...]
    attributes: Mapping[str, tuple[str | None, ...]]
    questions: tuple[str, ...]
    fractions: NDArray[np.float32]
    states: NDArray[np.uint8]
    positions: NDArray[np.int16]
    ticked: Mapping[str, NDArray[np.bool_]] = field(default_factory=dict)
    notes: Mapping[tuple[int, str], str] = field(default_factory=dict)
    texts: Mapping[tuple[int, str], str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()

    def columns(self, questions: tuple[str, ...]) -> list[int]:
        """The column numbers of questions, in their order."""
        number = {question: column for column, question in enumerate(self.questions)}
        return [number[question] for question in questions]

    def groups(self) -> dict[str, NDArray[np.int32]]:
        """Per attribute an int32 array (respondents,) of group numbers, -1 where unknown.

        Groups are numbered in the order of their sorted names.
        """
        import numpy as np  # lazy: nothing but scoring needs it

        grouped = {}
        for attribute, values in self.attributes.items():
            names = {name: number for number, name in enumerate(sorted({v for v in values if v is not None}))}
            numbers = [NO_OPTION if value is None else names[value] for value in values]
            grouped[attribute] = np.array(numbers, dtype=np.int32)
        return grouped
