"""An assessment on the terminal: levels as bars, gaps, and the next three actions."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cxmaturity.api import PracticeResult, Standing
from cxmaturity.cli.terminal import console
from cxmaturity.engagement import Engagement
from cxmaturity.questionnaire.model import Level
from cxmaturity.report.gaps import apart_sentence, widest_gap
from cxmaturity.report.words import Wording
from cxmaturity.result import Assessment
from cxmaturity.roadmap.model import Roadmap
from cxmaturity.scoring.scale import HIGHEST_LEVEL, SCALE_BOTTOM, SCALE_SPAN
from cxmaturity.texts import Texts

BAR = 20
GAPS, ACTIONS = 3, 3


def print_summary(engagement: Engagement, assessment: Assessment, roadmap: Roadmap) -> None:
    """Print an assessment for people."""
    levels = engagement.workspace.questionnaire.levels
    texts = engagement.texts
    out = console()
    out.print()
    out.print(
        Text(assessment.organisation.name, style="bold"), *(f"· {each}" for each in _basis(assessment, texts))
    )
    out.print(_headline(assessment.overall, levels, texts))
    out.print(_bars(assessment, levels, texts))
    notes = (texts.message(note) for note in assessment.notes)
    said = (*_apart(engagement, assessment), _hidden(assessment, texts), *notes)
    remarks = [Text(each) for each in said if each]
    if remarks:
        out.print(Padding(Group(*remarks), (0, 0, 1, 0)))
    for title, lines in (
        (texts("terminal.gaps"), _gaps(assessment, texts)),
        (texts("terminal.next"), _actions(roadmap, texts)),
    ):
        if lines:
            out.print(Text(title, style="bold"))
            out.print(Padding(Group(*lines), (0, 0, 1, 2)))


def _basis(assessment: Assessment, texts: Texts) -> Iterator[str]:
    """Who answered, what was left out, and the day."""
    quality = assessment.quality
    yield texts("terminal.people", n=sum(assessment.raters.values()))
    if quality.response_rate is not None:
        yield texts("terminal.asked", invited=quality.invited, rate=quality.response_rate)
    left_out = sum(file.left_out for file in quality.files)
    if left_out:
        yield texts("terminal.left-out", n=left_out)
    if assessment.as_of:
        yield texts.write(assessment.as_of, "date")


def _hidden(assessment: Assessment, texts: Texts) -> str:
    """What confidentiality keeps from being shown, or nothing."""
    quality = assessment.quality
    counts = {
        "questions": quality.hidden,
        "groups": sum(group.suppressed for group in assessment.groups),
        "held-back": quality.held_back,
    }
    parts = [texts(f"terminal.hidden.{name}", n=n) for name, n in counts.items() if n]
    return texts("terminal.hidden.line", parts=parts, minimum=assessment.minimum) if parts else ""


def _apart(engagement: Engagement, assessment: Assessment) -> Iterator[str]:
    """The widest clear gap of each two groups that are compared."""
    questionnaire = engagement.workspace.questionnaire
    wording = Wording(engagement.texts, questionnaire.levels, questionnaire.roles)
    for comparison in assessment.comparisons:
        gap = widest_gap(assessment, comparison)
        if gap is not None:
            yield engagement.texts("report.sentence", text=apart_sentence(wording, comparison, gap))


def _headline(overall: Standing, levels: tuple[Level, ...], texts: Texts) -> Text:
    if overall.score is None:
        reason = texts.message(overall.reason) if overall.reason else ""
        return Text(texts("terminal.not-assessed", reason=reason))
    line = Text(texts("terminal.score", score=overall.score), style="bold")
    if overall.level is not None:
        line.append(f" · {texts('terminal.level', level=overall.level, name=levels[overall.level - 1].name)}")
    if overall.interval:
        low, high = overall.interval
        line.append(f" · {texts('terminal.interval', low=low, high=high)}", style="not bold dim")
    for cap in overall.caps:
        line.append(f"\n{texts.message(cap.reason)}", style="not bold yellow")
    if overall.level is None and overall.reason:
        line.append(f"\n{texts.message(overall.reason)}", style="not bold yellow")
    return line


def _bars(assessment: Assessment, levels: tuple[Level, ...], texts: Texts) -> Padding:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=False, ratio=None, max_width=30)
    table.add_column(no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for dimension in assessment.dimensions:
        table.add_row(
            dimension.title,
            _bar(dimension.score),
            _score(dimension, texts),
            _interval(dimension, texts),
            _remark(dimension, levels, texts),
        )
    return Padding(table, (1, 0))


def _bar(score: float | None) -> Text:
    """A bar from 1 to 5; a dotted line for what was not assessed, so that it is not taken for a 1."""
    if score is None:
        return Text("·" * BAR, style="dim")
    filled = max(1, round((score - SCALE_BOTTOM) / SCALE_SPAN * BAR))
    return Text("█" * filled, style="cyan").append("░" * (BAR - filled), style="dim")


def _score(standing: Standing, texts: Texts) -> str:
    return "–" if standing.score is None else texts.write(standing.score, "score")


def _interval(standing: Standing, texts: Texts) -> str:
    if standing.interval is None:
        return ""
    low, high = standing.interval
    return texts("report.confidence.range", low=low, high=high)


def _remark(standing: Standing, levels: tuple[Level, ...], texts: Texts) -> Text:
    if standing.level is None:
        reason = texts.message(standing.reason) if standing.reason else ""
        said = reason if standing.score is not None else texts("terminal.not-assessed", reason=reason)
        return Text(said, "dim").append(_measured(standing, texts))
    text = Text(texts("terminal.level", level=standing.level, name=levels[standing.level - 1].name))
    if standing.uncapped_level != standing.level:
        text.append(f" {texts('terminal.capped', level=standing.uncapped_level)}", style="yellow")
    return text.append(_measured(standing, texts), style="dim")


def _measured(standing: Standing, texts: Texts) -> str:
    """What customer data shows, to be added to a remark."""
    return "" if standing.measured is None else f" · {texts('terminal.measured', score=standing.measured)}"


def _gaps(assessment: Assessment, texts: Texts) -> list[Text]:
    """The lowest practices below the highest level, by score."""
    scored = [p for p in assessment.practices() if p.score is not None and (p.level or 0) < HIGHEST_LEVEL]
    lowest = sorted(scored, key=lambda practice: (practice.score, practice.id))[:GAPS]
    titles = {practice.id: d.title for d in assessment.dimensions for practice in d.practices.values()}
    return [_gap(practice, titles[practice.id], texts) for practice in lowest]


def _gap(practice: PracticeResult, dimension: str, texts: Texts) -> Text:
    return Text(f"{_score(practice, texts)}  {practice.title}").append(f"  {dimension}", style="dim")


def _actions(roadmap: Roadmap, texts: Texts) -> list[Text]:
    return [
        Text(f"{each.number}.   {each.recommendation.title}").append(
            f"  {texts('terminal.effort', days=each.days, owner=each.recommendation.owner)}", style="dim"
        )
        for each in roadmap.initiatives[:ACTIONS]
    ]
