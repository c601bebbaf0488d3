"""What people wrote, held to the same minimum: without names, and where enough of them wrote something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from cxmaturity.responses.model import Responses

Written = Mapping[str, tuple[str, ...]]


def texts_to_show(responses: Responses, minimum: int, before: Sequence[Written] = ()) -> Written:
    """By question what people wrote, sorted, where ``minimum`` or more of them wrote something.

    ``before`` is what was shown earlier, the latest first: where what is new would be of fewer than
    ``minimum`` people, that stays.
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
        kept = _enough_new(question, shown, minimum, before)
        if kept:
            shown[question] = kept
        else:
            shown.pop(question, None)
    return shown


def _enough_new(question: str, shown: Written, minimum: int, before: Sequence[Written]) -> tuple[str, ...]:
    """The texts to a question, those of before where too few have come or gone since."""
    texts = shown.get(question, ())
    for earlier in before:
        former = earlier.get(question, ())
        came, went = Counter(texts) - Counter(former), Counter(former) - Counter(texts)
        if texts and former and 0 < came.total() + went.total() < minimum:
            return before[0].get(question, ())
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
