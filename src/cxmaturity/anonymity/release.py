"""What is released of the answers: the only ground of everything that is published."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from cxmaturity.anonymity.audit import audit
from cxmaturity.anonymity.batch import Batch, Former, Mask
from cxmaturity.anonymity.ledger import Kept, Ledger
from cxmaturity.anonymity.matching import changed, contents, hashed, label
from cxmaturity.anonymity.texts import Written, texts_to_show, with_texts
from cxmaturity.api import State
from cxmaturity.responses.model import NOT_SCORED, Answer, AnswerColumn, Responses, immutable

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAST = 3
"""No anonymity minimum is lower."""


@dataclass(frozen=True)
class Release:
    """What may be shown of the answers, and the answers as far as that goes.

    In ``responses`` the questions in ``whole`` are blanked, and whoever wrote something has no name.
    ``cells`` says per attribute of which groups it may be shown what they answered to a question, (groups,
    questions), ``sizes`` of which it may be shown how many they are, (groups,). ``held_back`` people came,
    left or answered otherwise since the last result, too few to show another: this is the last one
    again. ``earlier`` says whether there are results that this one must not be held against.
    """

    minimum: int
    responses: Responses
    whole: frozenset[str]
    cells: Mapping[str, NDArray[np.bool_]]
    sizes: Mapping[str, NDArray[np.bool_]]
    held_back: int = 0
    earlier: bool = False
    _keep: Callable[[], Ledger | None] = lambda: None

    @cached_property
    def ledger(self) -> Ledger | None:
        """What must be kept once this was shown, ``None`` where that is kept already.

        It is put together only for who keeps results: with many people their ids alone take a second.
        """
        return self._keep()

    @property
    def confidential(self) -> bool:
        """Whether the anonymity minimum binds."""
        return self.minimum > 0

    def shown(self, attribute: str, questions: Sequence[str]) -> NDArray[np.bool_]:
        """Of which groups it may be shown what they answered to all of some questions: bool (groups,)."""
        place = {name: number for number, name in enumerate(self.responses.columns)}
        cells = self.cells[attribute][:, [place[name] for name in questions]]
        shown: NDArray[np.bool_] = np.all(cells, axis=1)
        return shown


def open_release(responses: Responses, free_text: bool | None) -> Release:  # noqa: FBT001 - as the file says it
    """Everything: among named people groups of any size are shown. ``free_text`` False leaves that out."""
    shown = replace(responses, notes={}, texts={}) if free_text is False else responses
    groups = {name: len(grouping.names) for name, grouping in responses.attributes.items()}
    questions = len(responses.columns)
    return Release(
        minimum=0,
        responses=shown,
        whole=frozenset(),
        cells={name: np.ones((count, questions), dtype=bool) for name, count in groups.items()},
        sizes={name: np.ones(count, dtype=bool) for name, count in groups.items()},
    )


def release(
    responses: Responses, minimum: int, former: Ledger | None = None, *, free_text: bool | None
) -> Release:
    """What may be shown when everything must be about ``minimum`` people or more.

    ``former`` is what earlier results were made from. Where fewer than ``minimum`` people came, left or
    answered otherwise since the last, that one is given again. What people wrote is left out unless
    ``free_text`` is True. Raises ``ValueError`` for a minimum under 3.
    """
    if minimum < LEAST:
        raise ValueError(f"the anonymity minimum is {LEAST} or more, not {minimum}")
    earlier = former.kept if former else ()
    now = _Now.after(responses, earlier, minimum)
    before = [each.texts for each in earlier]
    texts: Written = {}
    if free_text:
        texts = earlier[0].texts if now.held_back else texts_to_show(responses, minimum, before)
    mask = audit(now.batch, [each.former for each in now.others], minimum, now.limit)
    return Release(
        minimum=minimum,
        responses=_view(now.responses, mask, texts),
        whole=frozenset(name for name, shown in zip(now.batch.columns, mask.whole, strict=True) if not shown),
        cells=_by_attribute(now.batch, mask.cells),
        sizes=_by_attribute(now.batch, mask.sizes),
        held_back=now.held_back,
        earlier=bool(now.others),
        _keep=lambda: now.ledger(mask, texts, minimum),
    )


@dataclass(frozen=True, slots=True)
class _Now:
    """What is to be shown: the answers as they are, or those of the last result once more.

    ``others`` are the results before it; ``last`` is the one that it repeats, if it does. ``ids`` are the
    hashed ids of the people, if they have been needed.
    """

    responses: Responses
    batch: Batch
    others: tuple[Kept, ...]
    ids: NDArray[np.uint64] | None = None
    last: Kept | None = None
    held_back: int = 0

    @classmethod
    def after(cls, responses: Responses, earlier: tuple[Kept, ...], minimum: int) -> _Now:
        """What is to be shown after earlier results."""
        batch = Batch(np.arange(len(responses.respondents)), responses.attributes, responses.columns)
        if not earlier:
            return cls(responses, batch, ())
        ids = hashed(responses.respondents)
        last = earlier[0]
        said = contents(batch, last.former.batch)
        people = label(ids, said, [(each.ids, each.former.batch.people) for each in earlier])
        batch = replace(batch, people=people)
        moved, otherwise = changed(batch, last.former.batch, said)
        if not moved + otherwise:
            return cls(responses, batch, earlier[1:], ids, last)
        if moved + otherwise >= minimum and (not moved or moved >= minimum):
            return cls(responses, batch, earlier, ids)
        batch = _asked_now(last.former.batch, responses)
        again = replace(
            responses,
            respondents=("",) * len(batch.people),
            attributes=batch.attributes,
            columns=batch.columns,
            seconds=None,
        )
        return cls(again, batch, earlier[1:], last.ids, last, moved + otherwise)

    @property
    def limit(self) -> Mask | None:
        """What of the batch was shown before, to a result that repeats it."""
        if self.last is None:
            return None
        before = self.last.former
        place = {name: number for number, name in enumerate(before.batch.columns)}
        at = [place.get(name, -1) for name in self.batch.columns]
        # a question that has come since, and that nobody has answered, may be shown as just that
        whole, cells = np.append(before.mask.whole, [True]), np.pad(before.mask.cells, ((0, 0), (0, 1)))
        cells[:, -1] = before.mask.sizes
        return Mask(before.mask.sizes, cells[:, at], whole[at])

    def ledger(self, mask: Mask, texts: Written, minimum: int) -> Ledger | None:
        """What is to be kept once this was shown, ``None`` if that is kept already."""
        if self.last is None:
            ids = hashed(self.responses.respondents) if self.ids is None else self.ids
            return Ledger(self.others).followed_by(Kept(Former(self.batch, mask, minimum), ids, texts))
        if not texts or texts == self.last.texts:
            return None
        return Ledger((replace(self.last, texts=texts), *self.others))


def _asked_now(batch: Batch, responses: Responses) -> Batch:
    """A former batch with the questions that are asked now."""
    rows = len(batch.people)
    columns = {
        name: batch.columns.get(name) or _all(column, Answer(State.UNANSWERED), rows)
        for name, column in responses.columns.items()
    }
    return replace(batch, columns=columns)


def _view(responses: Responses, mask: Mask, texts: Written) -> Responses:
    """The responses without what must not be shown of everybody, and without names."""
    nobody_was_asked = AnswerColumn(np.empty(0, dtype=np.uint8), NOT_SCORED)  # so blanks lower no coverage
    blank = _all(nobody_was_asked, Answer(State.NOT_SHOWN), len(responses.respondents))
    shown = dict(zip(responses.columns, mask.whole.tolist(), strict=True))
    columns = {name: column if shown[name] else blank for name, column in responses.columns.items()}
    hidden = frozenset(name for name, seen in shown.items() if not seen)
    texts = {name: written for name, written in texts.items() if shown.get(name, False)}
    return replace(with_texts(responses, texts), columns=columns, hidden=hidden)


def _all(column: AnswerColumn, answer: Answer, rows: int) -> AnswerColumn:
    """A column with the meanings of another, in which everybody gave one answer."""
    code = column.meanings.index(answer)
    return AnswerColumn(immutable(np.full(rows, code, dtype=column.codes.dtype)), column.meanings)


def _by_attribute(batch: Batch, mask: NDArray[np.bool_]) -> dict[str, NDArray[np.bool_]]:
    """What a mask says of the groups of each attribute."""
    result, start = {}, 0
    for name, grouping in batch.attributes.items():
        result[name] = mask[start : start + len(grouping.names)]
        start += len(grouping.names)
    return result
