"""What may be shown of the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cxmaturity.responses.model import Responses

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Release:
    """Which cells, a group's answers to a question, may be shown."""

    minimum: int
    responses: Responses
    whole: frozenset[str]
    cells: Mapping[str, NDArray[np.bool_]]
    sizes: Mapping[str, NDArray[np.bool_]]
    held_back: int = 0

    def shows(self, attribute: str, group: int, question: str) -> bool:
        """Whether a group's answers to a question may be shown."""
        return bool(self.cells[attribute][group, self.responses.questions.index(question)])


def open_release(responses: Responses) -> Release:
    """Everything may be shown."""
    q = len(responses.questions)
    return Release(
        1,
        responses,
        frozenset(),
        {n: np.ones((len(g.names), q), dtype=bool) for n, g in responses.attributes.items()},
        {n: np.ones(len(g.names), dtype=bool) for n, g in responses.attributes.items()},
    )
