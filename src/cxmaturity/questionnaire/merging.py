"""Several questionnaires asked together: a whole one, and the parts that are added to it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cxmaturity.questionnaire.model import Questionnaire


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why the questionnaire at a position (from 0) cannot be asked with those before it."""

    position: int
    what: str
    fix: str


def conflicts(questionnaires: Sequence[Questionnaire]) -> Iterator[Conflict]:
    """Everything that keeps questionnaires from being asked together."""
    first = questionnaires[0] if questionnaires else None
    if first is not None and not first.whole:
        fix = "list a whole questionnaire before it, such as [customer-centricity, …]"
        yield Conflict(0, f"'{first.id}' is a part and has no levels of its own", fix)
    for position, later in enumerate(questionnaires):
        for earlier in questionnaires[:position]:
            yield from (Conflict(position, *words) for words in _between(earlier, later))


def _between(earlier: Questionnaire, later: Questionnaire) -> Iterator[tuple[str, str]]:
    if earlier.whole and later.whole and earlier.scale != later.scale:
        what = f"the levels of '{later.id}' begin at other scores than those of '{earlier.id}'"
        yield what, "assess the two in workspaces of their own"
    taken = {dimension.id for dimension in earlier.dimensions}
    for dimension in later.dimensions:
        if dimension.id in taken:
            what = f"the dimension '{dimension.id}' of '{later.id}' is in '{earlier.id}' too"
            yield what, "leave one of the two out"
    for ref, citation in later.sources.items():
        if " ".join(earlier.sources.get(ref, citation).split()) != " ".join(citation.split()):
            what = f"the source '{ref}' of '{later.id}' is another one in '{earlier.id}'"
            yield what, "have one of them name its source otherwise"


def merge(questionnaires: Sequence[Questionnaire]) -> Questionnaire:
    """Questionnaires without conflicts as one. Levels, title and description are those of the first."""
    first = questionnaires[0]
    if len(questionnaires) == 1:
        return first
    digest = hashlib.sha256("".join(each.sha256 for each in questionnaires).encode())
    return replace(
        first,
        id="+".join(each.id for each in questionnaires),
        version="+".join(each.version for each in questionnaires),
        languages=tuple(
            language
            for language in first.languages
            if all(language in each.languages for each in questionnaires)
        ),
        minutes=sum(each.minutes for each in questionnaires),
        roles=_united([each.roles for each in questionnaires]),
        sources=_united([each.sources for each in questionnaires]),
        dimensions=tuple(dimension for each in questionnaires for dimension in each.dimensions),
        sha256=digest.hexdigest(),
        merged=tuple(questionnaires),
    )


def _united(mappings: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """All entries; where a key stands in several, the first one's."""
    united: dict[str, str] = {}
    for mapping in mappings:
        for key, value in mapping.items():
            united.setdefault(key, value)
    return united


def with_weights(questionnaire: Questionnaire, weights: Mapping[str, float]) -> Questionnaire:
    """The questionnaire with some of its dimensions weighing otherwise."""
    dimensions = tuple(
        replace(dimension, weight=weights.get(dimension.id, dimension.weight))
        for dimension in questionnaire.dimensions
    )
    return replace(questionnaire, dimensions=dimensions)
