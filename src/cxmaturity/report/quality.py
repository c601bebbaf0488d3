"""The page on what the answers rest on: who was asked, who answered, what stands out, what is hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cxmaturity.api import State
from cxmaturity.report.agreed import build_agreed
from cxmaturity.report.charts import ChartWords, ShareBar, ShareKind, SharePart, share_bar
from cxmaturity.report.context import DataQualityPage, Figure
from cxmaturity.report.words import MISSING, Wording
from cxmaturity.result import Assessment, DataQuality, Flag, GroupResult

GROUPS, FILES, REASONS, NAMES = 20, 4, 10, 10
"""So many are listed; the rest is counted."""

STATES: Mapping[State, ShareKind] = {
    State.ANSWERED: "strong",
    State.DONT_KNOW: "middle",
    State.UNANSWERED: "weak",
    State.NOT_APPLICABLE: "missing",
    State.NOT_SHOWN: "missing",
}
"""How the states of cells are drawn: hollow is what nobody was to answer."""


def state_name(wording: Wording, state: State) -> str:
    """A state in words."""
    return wording.texts(f"report.state.{state.name.lower().replace('_', '-')}")


def build_quality(wording: Wording, words: ChartWords, assessment: Assessment) -> DataQualityPage:
    """The page of an assessment."""
    texts, quality = wording.texts, assessment.quality
    return DataQualityPage(
        title=_title(wording, quality),
        figures=tuple(_figures(wording, quality)),
        groups=tuple(_groups(wording, assessment)),
        cells=_cells(wording, words, quality),
        files=tuple(
            texts(
                "report.quality.file",
                file=file.name or texts("report.quality.all-files"),
                n=file.rows,
                left=file.left_out,
            )
            for file in quality.files[:FILES]
        )
        + _rest(wording, len(quality.files) - FILES),
        left_out=tuple(str(problem) for problem in quality.left_out[:REASONS])
        + _rest(wording, len(quality.left_out) - REASONS),
        flags=tuple(_flags(wording, quality.flags, assessment.minimum)),
        notes=tuple(_notes(wording, assessment)),
    )


def rows_left_out(quality: DataQuality) -> int:
    """How many rows of response files do not count."""
    return sum(file.left_out for file in quality.files)


def _rest(wording: Wording, n: int) -> tuple[str, ...]:
    """That there are ``n`` more than are listed, as one more of them."""
    return (wording.texts("report.more", n=n),) if n > 0 else ()


def _title(wording: Wording, quality: DataQuality) -> str:
    texts = wording.texts
    if quality.response_rate is None:
        return texts("report.quality.title.unknown", n=quality.respondents)
    return texts(
        "report.quality.title.known",
        n=quality.respondents,
        invited=quality.invited,
        rate=quality.response_rate,
    )


def _figures(wording: Wording, quality: DataQuality) -> Iterator[Figure]:
    texts = wording.texts
    asked = texts("report.quality.asked", n=quality.invited) if quality.invited is not None else ""
    yield Figure(
        texts.write(quality.respondents, "whole"),
        texts("report.figure.people", n=quality.respondents),
        asked,
    )
    if quality.response_rate is not None:
        yield Figure(wording.percent(quality.response_rate), texts("report.quality.rate"), "")
    applicable = sum(count for state, count in quality.states.items() if STATES[state] != "missing")
    if applicable:
        answered = quality.states.get(State.ANSWERED, 0)
        yield Figure(
            wording.percent(answered / applicable),
            texts("report.quality.answered"),
            texts("report.quality.cells", answered=answered, applicable=applicable),
        )
    yield Figure(
        texts.write(rows_left_out(quality), "whole"),
        texts("report.quality.left-out", n=rows_left_out(quality)),
        texts("report.quality.of-rows", n=sum(file.rows for file in quality.files)) if quality.files else "",
    )


def _groups(wording: Wording, assessment: Assessment) -> Iterator[tuple[str, ...]]:
    """Group, asked, answered, rate, score, interval; roles first, as they are asked for most."""
    groups = sorted(assessment.groups, key=lambda group: group.attribute != "role")
    for group in groups[:GROUPS]:
        name = wording.group(group.attribute, group.name)
        named = wording.texts(
            "report.quality.named-group", attribute=wording.attribute(group.attribute), name=name
        )
        yield (named, *_group(wording, group))
    for more in _rest(wording, len(groups) - GROUPS):
        yield (more, *("",) * 5)


def _group(wording: Wording, group: GroupResult) -> tuple[str, ...]:
    if group.suppressed:
        return (MISSING, wording.texts("report.quality.hidden-group"), MISSING, MISSING, MISSING)
    return (
        _count(wording, group.invited),
        _count(wording, group.n),
        wording.percent(group.response_rate),
        wording.score(group.score),
        wording.interval(group.interval),
    )


def _count(wording: Wording, count: int | None) -> str:
    return MISSING if count is None else wording.texts.write(count, "whole")


def _cells(wording: Wording, words: ChartWords, quality: DataQuality) -> ShareBar | None:
    """All cells of scored questions by their state."""
    if not sum(quality.states.values()):
        return None
    return share_bar(
        [
            SharePart(state_name(wording, state), quality.states.get(state, 0), kind)
            for state, kind in STATES.items()
        ],
        title=wording.texts("report.chart.states"),
        words=words,
    )


def _flags(wording: Wording, flags: Sequence[Flag], minimum: int) -> Iterator[str]:
    """A sentence for each sign with a number, and one for all the others together."""
    yield from (_flag(wording, flag) for flag in flags if flag.count is not None)
    others = [wording.texts(f"report.quality.flag.{flag.kind}.name") for flag in flags if flag.count is None]
    if others:
        yield wording.texts("report.quality.uncounted", minimum=minimum, kinds=others)


def _flag(wording: Wording, flag: Flag) -> str:
    texts = wording.texts
    said = texts(f"report.quality.flag.{flag.kind}.counted", n=flag.count)
    names = (*flag.respondents[:NAMES], *_rest(wording, len(flag.respondents) - NAMES))
    if names:
        said = texts("report.quality.named", said=said, names=", ".join(names))
    return texts("report.sentence", text=said)


def _notes(wording: Wording, assessment: Assessment) -> Iterator[tuple[str, str]]:
    """How the figures are to be read: each with a heading of one or two words."""
    said = {
        "confidentiality": _confidentiality(wording, assessment),
        "weighing": _weighing(wording, assessment),
        "agreed": _agreed(wording, assessment),
        "comparisons": _comparisons(wording, assessment),
        "interval": wording.texts("report.quality.note.interval") if assessment.overall.interval else "",
    }
    for name, text in said.items():
        if text:
            yield wording.texts(f"report.quality.note-title.{name}"), text


def _confidentiality(wording: Wording, assessment: Assessment) -> str:
    texts, quality = wording.texts, assessment.quality
    if not assessment.confidential:
        return texts("report.quality.note.open")
    sentences = [texts("report.quality.note.confidential", minimum=assessment.minimum)]
    hidden = sum(group.suppressed for group in assessment.groups)
    for name, n in (("questions", quality.hidden), ("groups", hidden), ("held-back", quality.held_back)):
        if n:
            sentences.append(texts(f"report.quality.note.{name}", n=n))
    return " ".join(sentences)


def _weighing(wording: Wording, assessment: Assessment) -> str:
    texts = wording.texts
    if assessment.quality.respondents <= 1:
        return ""
    if not assessment.balanced:
        return texts("report.quality.note.everyone")
    return texts("report.quality.note.balanced", attribute=wording.attribute(assessment.balanced))


def _agreed(wording: Wording, assessment: Assessment) -> str:
    """How many values hold in place of a mean."""
    n = sum(len(build_agreed(wording, dimension)) for dimension in assessment.dimensions)
    return wording.texts("report.quality.note.agreed", n=n) if n else ""


def _comparisons(wording: Wording, assessment: Assessment) -> str:
    """Which groups cannot be compared at all."""
    texts = wording.texts
    if not assessment.comparisons:
        return texts("report.quality.note.no-comparison")
    return " ".join(
        texts(
            "report.quality.note.not-compared",
            first=wording.group(each.attribute, each.first),
            second=wording.group_inside(each.attribute, each.second),
        )
        for each in assessment.comparisons
        if all(gap.difference is None for gap in each.gaps)
    )
