"""Decides which groups' answers may be shown: as many as can be, and none that give few people away.

The whole and the groups of all attributes are looked at together, with everything shown before. A group
that must not be shown by itself is hidden first; then, while any combination of what is left is about too
few people, the smallest group that it needs is hidden with it (complementary suppression, see L. H. Cox,
"Suppression Methodology and Statistical Disclosure Control", Journal of the American Statistical
Association 75 (1980), 377-385). At the end each group is put back that can be, the largest first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cxmaturity.anonymity.batch import Batch, Former, Mask, Meanings, common_codes
from cxmaturity.anonymity.span import Exposure, consequence, exposure
from cxmaturity.anonymity.tables import Answers, Joint, answers_of, counts_of, join, system_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

Shown = Sequence["NDArray[np.bool_]"]
_WHOLE = 0
_AT_ONCE = 2
"""How many questions are looked at side by side: what that takes of memory is the same on every machine."""


@dataclass(frozen=True, slots=True)
class _View:
    """A batch that is to be shown with those before it, and how many people anything must be about."""

    joint: Joint
    batches: tuple[Batch, ...]
    formers: tuple[Former, ...]
    minimum: int


def audit(batch: Batch, formers: Sequence[Former], minimum: int, limit: Mask | None = None) -> Mask:
    """What may be shown of a batch, given what was shown of ``formers``.

    Any combination of what is shown is about ``minimum`` people or more. With ``limit`` nothing is shown
    beyond it: when the batch was shown before, nothing new may come.
    """
    views = _views(batch, tuple(formers), minimum)
    sizes = _sizes(views, batch.groups, np.ones(batch.groups, dtype=bool) if limit is None else limit.sizes)
    cells = np.zeros((batch.groups, len(batch.columns)), dtype=bool)
    whole = np.zeros(len(batch.columns), dtype=bool)

    def look(number: int, question: str) -> NDArray[np.bool_]:
        allowed = np.append([True], sizes)
        if limit is not None:
            allowed = allowed & np.append(limit.whole[number], limit.cells[:, number])
        return _question(views, question, allowed)

    with ThreadPoolExecutor(_AT_ONCE) as pool:  # questions have nothing to do with each other
        found = pool.map(look, range(len(batch.columns)), batch.columns)
        for number, shown in enumerate(found):
            whole[number], cells[:, number] = shown[_WHOLE], shown[1:]
    return Mask(sizes, cells, whole)


def _views(batch: Batch, formers: tuple[Former, ...], minimum: int) -> list[_View]:
    """What an attacker may look at: the batch with those before, under the lowest minimum that there was.

    That is then no promise for what is new: where it was lower before, the batch is looked at alone, too.
    """
    lowest = min([minimum, *(former.minimum for former in formers)])
    batches = (batch, *(former.batch for former in formers))
    views = [_View(join(batches), batches, formers, lowest)]
    return views if lowest == minimum else [*views, _View(join([batch]), (batch,), (), minimum)]


def _sizes(views: Sequence[_View], groups: int, allowed: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Of which groups it may be shown how many people they have: a question that all answer alike."""
    counting, minimum = np.array([True]), views[-1].minimum
    tests: list[Callable[[NDArray[np.bool_]], Exposure | None]] = []
    members = np.empty((0, 1), dtype=np.int64)
    for view in views:
        codes = [np.zeros(len(batch.people), dtype=np.int64) for batch in view.batches]
        answers = answers_of(view.joint, codes)
        members = counts_of(view.joint, answers, 1, groups)
        before = [np.append([True], former.mask.sizes) for former in view.formers]
        tests.append(_test(view, answers, counting, {}, before))
    shown = np.append([True], allowed & (members[1:, 0] >= minimum))
    return _settled(shown, members[:, 0], tests)[1:]


def _question(views: Sequence[_View], question: str, allowed: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Of whom it may be shown what they answered: (1 + groups,), everybody first."""
    tests: list[Callable[[NDArray[np.bool_]], Exposure | None]] = []
    shown, answered, minimum = allowed, np.empty(0, dtype=np.int64), views[-1].minimum
    for view in views:
        coded, meanings = common_codes([batch.columns.get(question) for batch in view.batches])
        answers = answers_of(view.joint, coded)
        counts = counts_of(view.joint, answers, len(meanings.answered), len(allowed) - 1)
        answered = counts[:, meanings.answered].sum(axis=1)
        shown = shown & ~_sensitive(counts, meanings, view.minimum)
        before = [_shown_before(former, question) for former in view.formers]
        tests += _both(view, answers, meanings, before)
        if view.minimum == minimum:
            barred = np.flatnonzero(~allowed & (answered > 0) & ~_sensitive(counts, meanings, minimum))
            tests += [_derived(view, answers, meanings.answered, before, int(each)) for each in barred]
    return _settled(shown, answered, tests)


def _sensitive(counts: NDArray[np.int64], meanings: Meanings, minimum: int) -> NDArray[np.bool_]:
    """Who must not be shown: too few answered though some were heard, or all of them alike."""
    answered, heard = counts[:, meanings.answered].sum(axis=1), counts[:, meanings.heard].sum(axis=1)
    alike = ((counts[:, meanings.told] == answered[:, None]) & (answered[:, None] > 0)).any(axis=1)
    sensitive: NDArray[np.bool_] = ((heard > 0) & (answered < minimum)) | alike
    return sensitive


def _shown_before(former: Former, question: str) -> NDArray[np.bool_]:
    """Of whom it was shown what they answered."""
    names = list(former.batch.columns)
    if question not in names:
        return np.zeros(former.batch.groups + 1, dtype=bool)
    number = names.index(question)
    return np.append(former.mask.whole[number], former.mask.cells[:, number])


def _both(
    view: _View, answers: Answers, meanings: Meanings, before: Shown
) -> list[Callable[[NDArray[np.bool_]], Exposure | None]]:
    """Two looks at a question: who answered what, and who was heard but gave no answer."""
    told = {int(code): int(code) for code in np.flatnonzero(meanings.told)}
    silent = {int(code): 0 for code in np.flatnonzero(meanings.heard & ~meanings.answered)}
    tests = [_test(view, answers, meanings.answered, told, before)]
    if np.isin(answers.codes, list(silent)).any():
        tests.append(_test(view, answers, meanings.heard, silent, before))
    return tests


def _test(
    view: _View, answers: Answers, counting: NDArray[np.bool_], told: dict[int, int], before: Shown
) -> Callable[[NDArray[np.bool_]], Exposure | None]:
    def look(shown: NDArray[np.bool_]) -> Exposure | None:
        return exposure(system_of(view.joint, answers, counting, told, [shown, *before]), view.minimum)

    return look


def _derived(
    view: _View, answers: Answers, counting: NDArray[np.bool_], before: Shown, group: int
) -> Callable[[NDArray[np.bool_]], Exposure | None]:
    """Whether the answers of a group follow that is hidden for its size: so that hidden means hidden.

    That they follow without any other group cannot be helped: they are everybody's, where nobody else gave
    any. Then no other group is hidden, though its answers may be added up to the same.
    """

    def follows(shown: NDArray[np.bool_]) -> NDArray[np.bool_] | None:
        more = shown.copy()
        more[group] = True
        own = int(np.count_nonzero(more[:group]))
        found = consequence(system_of(view.joint, answers, counting, {}, [more, *before]), own)
        return None if found is None else np.delete(found.involved, own)

    def look(shown: NDArray[np.bool_]) -> Exposure | None:
        involved = follows(shown)
        if involved is None or not involved[1 : shown.sum()].any():
            return None
        everybody = np.arange(len(shown)) == _WHOLE
        return None if follows(everybody) is not None else Exposure(involved, np.zeros_like(involved))

    return look


def _settled(
    wanted: NDArray[np.bool_],
    size: NDArray[np.int64],
    tests: Sequence[Callable[[NDArray[np.bool_]], Exposure | None]],
) -> NDArray[np.bool_]:
    """As many of the ``wanted`` (1 + groups,) as can be shown; ``size`` says who gives way first."""
    if not wanted[_WHOLE]:
        return np.zeros_like(wanted)
    shown = wanted.copy()
    gone = []
    while (found := _first(tests, shown)) is not None:
        giving = _gives_way(found, shown, size)
        if giving == _WHOLE:
            return np.zeros_like(wanted)
        shown[giving] = False
        gone.append(giving)
    for group in sorted(gone[:-1], key=lambda each: (-size[each], each)):
        again = shown.copy()
        again[group] = True
        if _first(tests, again) is None:
            shown = again
    return shown


def _first(
    tests: Sequence[Callable[[NDArray[np.bool_]], Exposure | None]], shown: NDArray[np.bool_]
) -> Exposure | None:
    return next((found for test in tests if (found := test(shown)) is not None), None)


def _gives_way(found: Exposure, shown: NDArray[np.bool_], size: NDArray[np.int64]) -> int:
    """The group to be hidden: the smallest that is needed, else involved; everybody if it is no group."""
    groups = np.flatnonzero(shown)
    for choice in (found.needed, found.involved):
        chosen = [int(each) for each in groups[choice[: len(groups)]] if each != _WHOLE]
        if chosen:
            return min(chosen, key=lambda each: (size[each], each))
    return _WHOLE
