"""Values that hold in place of what the raters' answers come to, and who set them."""

from __future__ import annotations

from collections.abc import Iterator

from cxmaturity.api import Agreed, DimensionResult
from cxmaturity.report.context import AgreedView
from cxmaturity.report.words import Wording


def build_agreed(wording: Wording, dimension: DimensionResult) -> tuple[AgreedView, ...]:
    """Those of a dimension: its own, its practices' and their questions'."""
    return tuple(_view(wording, about, agreed) for about, agreed in _all(dimension))


def _all(dimension: DimensionResult) -> Iterator[tuple[str, Agreed]]:
    if dimension.agreed:
        yield dimension.title, dimension.agreed
    for practice in dimension.practices.values():
        if practice.agreed:
            yield practice.title, practice.agreed
        for question in practice.questions:
            if question.agreed:
                yield question.topic, question.agreed


def _view(wording: Wording, about: str, agreed: Agreed) -> AgreedView:
    texts = wording.texts
    day = texts.write(agreed.at, "date") if agreed.at else ""
    return AgreedView(
        about=about,
        score=wording.score(agreed.score),
        mean=wording.score(agreed.mean),
        kind=texts(f"report.agreed.{agreed.kind}"),
        who=", ".join(filter(None, (agreed.by, day))),
        why=agreed.why,
    )


def agreed_sentence(wording: Wording, agreed: Agreed) -> str:
    """One of them in a sentence, for the list of all questions."""
    view = _view(wording, "", agreed)
    return wording.texts(
        "report.agreed.sentence", kind=view.kind, score=view.score, mean=view.mean, who=view.who, why=view.why
    )
