"""An explanation on the terminal: in 80 columns, without colour, each bar after the figures that it draws."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cxmaturity.api import OptionCount, QuestionResult, Standing
from cxmaturity.cli.basis import facts_of
from cxmaturity.cli.terminal import console
from cxmaturity.explaining import Explanation, Part
from cxmaturity.questionnaire.model import Questionnaire
from cxmaturity.report.words import MISSING, Wording
from cxmaturity.scoring.rounding import rounded_to_sum
from cxmaturity.scoring.scale import score_of
from cxmaturity.scoring.tornado import Swing
from cxmaturity.texts import Texts

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

WIDTH = 80
HALF_BAR = 10
"""Characters to either side of a tornado's middle."""
BAR = 20


def print_explanation(explanation: Explanation, texts: Texts, asked: Questionnaire) -> None:
    """Print an explanation for people."""
    wording = Wording(texts, asked.levels, asked.roles)
    out = console(at_most=WIDTH)
    out.print()
    out.print(_heading(explanation, texts))
    out.print(_position(explanation, wording))
    subject = explanation.subject
    if isinstance(subject, QuestionResult):
        out.print(Text(subject.text))
        _section(out, texts("explain.answers.title"), _answers(subject, texts))
    else:
        _section(out, texts("explain.sum.title"), _sum(explanation, subject, wording))
        _section(out, texts("explain.level.title"), [*_level(explanation, subject, wording)])
    if subject.score is not None:
        _section(out, texts("explain.raise.title"), [_raise(explanation, texts)])
    if isinstance(subject, Standing) and subject.score is not None:
        _section(out, texts("explain.weights.title"), _weights(explanation, subject.score, texts))
    _section(out, texts("explain.fact.title"), [_facts(explanation, wording)])


def _section(out: Console, title: str, content: Sequence[RenderableType]) -> None:
    if content:
        out.print()
        out.print(Text(title, style="bold"))
        for each in content:
            out.print(Padding(each, (0, 0, 0, 2)))


def _heading(explanation: Explanation, texts: Texts) -> Text:
    about = texts(f"explain.kind.{explanation.kind}")
    if explanation.kind != "overall":
        about += f" {explanation.id}"
    return Text(explanation.title, style="bold").append(f" · {about}", style="not bold")


def _position(explanation: Explanation, wording: Wording) -> str:
    """Score, level and interval in a line, or why there are none."""
    texts, subject = wording.texts, explanation.subject
    reason = texts.message(explanation.reason) if explanation.reason else ""
    if subject.score is None:
        return ": ".join(each for each in (texts("explain.no-score"), reason) if each)
    said = [texts("explain.score", score=subject.score)]
    if isinstance(subject, Standing):
        said.append(wording.level(subject.level) if subject.level else reason)
    if subject.interval:
        said.append(texts("explain.interval", low=subject.interval[0], high=subject.interval[1]))
    return " · ".join(said)


def _sum(explanation: Explanation, standing: Standing, wording: Wording) -> list[RenderableType]:
    """The table that adds up to the score, and what does not count."""
    texts = wording.texts
    counting = [part for part in explanation.parts if part.share > 0]
    others = [part for part in explanation.parts if part.share == 0]
    content: list[RenderableType] = []
    if standing.score is not None:
        content.append(_sum_table(counting, standing.score, wording))
    if others:
        content.append(Text(texts("explain.sum.left-out")))
        content += [Padding(Text(_left_out(part, texts)), (0, 0, 0, 2)) for part in others]
    return content


def _sum_table(parts: Sequence[Part], score: float, wording: Wording) -> Table:
    texts = wording.texts
    table = Table(box=box.SIMPLE, pad_edge=False, show_footer=True)
    table.add_column(texts("explain.sum.part"), texts("explain.sum.total"), overflow="fold")
    with_levels = any(part.level is not None for part in parts)
    for key, foot in (
        ("score", ""),
        ("share", texts.write(sum(part.share for part in parts), "percent")),
        ("points", texts.write(score, "points")),
    ):
        table.add_column(texts(f"explain.sum.{key}"), foot, justify="right", no_wrap=True)
    if with_levels:
        table.add_column(texts("explain.sum.level"), overflow="fold")
    for part, points in zip(parts, rounded_to_sum([each.points for each in parts]), strict=True):
        cells = [
            part.title,
            MISSING if part.score is None else texts.write(part.score, "points"),
            texts.write(part.share, "percent1"),
            texts.write(points, "points"),
        ]
        table.add_row(*cells, *([wording.level(part.level)] if with_levels else []))
    return table


def _left_out(part: Part, texts: Texts) -> str:
    reason = texts.message(part.reason) if part.reason else ""
    return texts("explain.sum.none", title=part.title, reason=reason)


def _level(explanation: Explanation, standing: Standing, wording: Wording) -> Iterator[Text]:
    """How far it is to the next level, and what caps cost."""
    texts = wording.texts
    above = explanation.next_level
    if above is not None:
        name = wording.levels[above.level - 1].name
        # of the figures as they are shown; but what is missing is never nothing
        distance = max(above.minimum - round(above.minimum - above.distance, 2), 0.01)
        values = {"level": above.level, "minimum": above.minimum, "distance": distance}
        yield Text(texts("explain.level.next", name=name, **values))
    elif standing.score is not None:
        yield Text(texts("explain.level.top"))
    if standing.caps and standing.level is not None and standing.uncapped_level is not None:
        lost = standing.uncapped_level - standing.level
        name = wording.levels[standing.uncapped_level - 1].name
        yield Text(texts("explain.level.cost", n=lost, level=standing.uncapped_level, name=name))
        yield from (Text(reason) for reason in wording.caps(standing.caps))


def _raise(explanation: Explanation, texts: Texts) -> Text:
    lever, subject = explanation.lever, explanation.subject
    if lever is not None:
        part = explanation.title_of(lever.id)
        values = {"value": lever.value, "after": lever.after, "gain": lever.gain}
        return Text(texts("explain.raise.lever", part=part, **values))
    if explanation.step is not None and isinstance(subject, QuestionResult):
        return Text(_step(explanation.step, subject, texts))
    return Text(texts("explain.raise.none"))


def _step(step: OptionCount, question: QuestionResult, texts: Texts) -> str:
    anchor = step.text.rstrip(". ")
    if question.kind == "multiple":
        return texts("explain.raise.tick", anchor=anchor, count=step.count, n=question.n)
    return texts("explain.raise.step", anchor=anchor, score=question.score, worth=score_of(step.fraction))


def _weights(explanation: Explanation, score: float, texts: Texts) -> list[RenderableType]:
    """The tornado as a table, or why there is none; and how it was worked out."""
    if explanation.steady is not None:
        return [Text(texts.message(explanation.steady))]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(texts("explain.weights.part"), overflow="fold")
    for key in ("lower", "higher", "width"):
        table.add_column(texts(f"explain.weights.{key}"), justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    most = max(
        (abs(end - score) for each in explanation.swings for end in (each.lower, each.higher)), default=0
    )
    for each in explanation.swings:
        figures = [texts.write(value, "points") for value in (each.lower, each.higher, each.width)]
        table.add_row(explanation.title_of(each.id), *figures, tornado_bar(each, score, most))
    return [
        table,
        Text(texts("explain.weights.combined" if explanation.combined else "explain.weights.shares")),
    ]


def tornado_bar(swing: Swing, score: float, most: float) -> str:
    """A bar around the score: what the score moves down to the left of the middle, up to the right.

    ``most`` is the move that fills a side.
    """
    ends = [(end - score) / most * HALF_BAR if most else 0.0 for end in (swing.lower, swing.higher)]
    left, right = round(max(0.0, -min(ends))), round(max(0.0, *ends))
    return f"{'█' * left:>{HALF_BAR}}│{'█' * right}"


def _answers(question: QuestionResult, texts: Texts) -> list[RenderableType]:
    """How many gave each answer."""
    if question.suppressed or not question.distribution:
        return []
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(texts("explain.answers.answer"), overflow="fold")
    table.add_column(texts("explain.answers.count"), justify="right", no_wrap=True)
    table.add_column(texts("explain.answers.share"), justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    for option in question.distribution:
        share = option.count / question.n if question.n else 0.0
        count = texts.write(option.count, "whole")
        table.add_row(option.text, count, texts.write(share, "percent"), "█" * round(share * BAR))
    return [table]


def _facts(explanation: Explanation, wording: Wording) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for name, said in facts_of(explanation, wording):
        table.add_row(name, said)
    return table
