"""The anonymity minimum, applied once and before anything is scored.

A question that fewer people answered than the minimum is blanked, with who did not know or had no
case: it then enters no mean, no count and no report. What single people wrote is left out altogether.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from cxmaturity.api import State
from cxmaturity.responses.model import NOT_SCORED, Answer, AnswerColumn, Responses, immutable

_SILENT = (Answer(State.UNANSWERED), Answer(State.NOT_SHOWN))


def confidential_view(responses: Responses, minimum: int) -> Responses:
    """The responses as far as they may be used when every group needs ``minimum`` people."""
    few = frozenset(name for name, column in responses.columns.items() if _too_few(column, minimum))
    rows = len(responses.respondents)
    return replace(
        responses,
        columns={name: _blank(rows) if name in few else column for name, column in responses.columns.items()},
        notes={},
        texts={},
        hidden=few,
    )


def _too_few(column: AnswerColumn, minimum: int) -> bool:
    """Whether anybody was heard on the question, but too few answered it."""
    counts = column.counts
    heard = sum(
        count
        for meaning, count in zip(column.meanings, counts.tolist(), strict=True)
        if meaning not in _SILENT
    )
    return heard > 0 and int(counts[: column.answered].sum()) < minimum


def _blank(rows: int) -> AnswerColumn:
    """The column of a question that nobody was shown: so what is blanked lowers no coverage."""
    code = NOT_SCORED.index(Answer(State.NOT_SHOWN))
    return AnswerColumn(immutable(np.full(rows, code, dtype=np.uint8)), NOT_SCORED)
