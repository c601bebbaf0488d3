"""What people wrote, held to the same minimum: without names, and where enough of them wrote something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from cxmaturity.responses.model import Responses

_TEXTS_EACH = 2
"""How many texts one person may have at a question: an answer in words, and a note beside it."""

Written = Mapping[str, tuple[str, ...]]


def texts_to_show(responses: Responses, minimum: int, before: Sequence[Written] = ()) -> Written:
    """By question what people wrote, sorted, where ``minimum`` or more of them wrote something.

    ``before`` is what was shown earlier, the latest first: where what is new, or what has gone, would be of
    fewer than ``minimum`` people, that stays.
    """
    written: dict[str, list[tuple[int, str]]] = {}
    for (row, question), text in (*responses.notes.items(), *responses.texts.items()):
        written.setdefault(question, []).append((row, text))
    shown = {
        question: tuple(sorted(text for _, text in said))
        for question, said in sorted(written.items())
        if len({row for row, _ in said}) >= minimum
    }
    for question in {name: None for texts in (shown, *before) for name in texts}:
        kept = _enough_new(shown.get(question, ()), written.get(question, ()), minimum, _of(question, before))
        if kept:
            shown[question] = kept
        else:
            shown.pop(question, None)
    return shown


def _of(question: str, before: Sequence[Written]) -> list[tuple[str, ...]]:
    return [earlier.get(question, ()) for earlier in before]


def _enough_new(
    texts: tuple[str, ...], said: Sequence[tuple[int, str]], minimum: int, before: Sequence[tuple[str, ...]]
) -> tuple[str, ...]:
    """The ``texts`` to a question, those of before where too few people's have come or gone since.

    ``said`` has all of them with who wrote each. Who wrote what has gone is not known any more, and may
    have written two.
    """
    for former in before:
        came, went = Counter(texts) - Counter(former), Counter(former) - Counter(texts)
        people = {row for row, text in said if text in came}
        if texts and former and (0 < len(people) < minimum or 0 < went.total() < _TEXTS_EACH * minimum):
            return before[0]
    return texts


def with_texts(responses: Responses, texts: Written) -> Responses:
    """Responses that hold these texts, of nobody in particular, and no ids."""
    notes: dict[tuple[int, str], str] = {}
    more: dict[tuple[int, str], str] = {}
    for question, written in texts.items():
        for number, text in enumerate(written):  # a person may have a note and a text: two to a row
            (more if number % 2 else notes)[number // 2, question] = text
    nobody = ("",) * len(responses.respondents)
    return replace(responses, respondents=nobody, notes=notes, texts=more)
