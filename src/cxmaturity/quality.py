"""What the answers rest on: who was asked, who answered, what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from cxmaturity.anonymity.release import Release
from cxmaturity.api import Message, State
from cxmaturity.errors import Problem
from cxmaturity.invited import invited_in_all
from cxmaturity.responses.model import ResponseFileRead
from cxmaturity.result import DataQuality, Flag
from cxmaturity.settings import InvitedFile


def quality_of(
    release: Release, invited: InvitedFile, states: Mapping[State, int], flags: tuple[Flag, ...]
) -> DataQuality:
    """The data's quality, as far as it may be shown.

    A file may be of one group or one person, so where the anonymity minimum binds files are counted
    together, and nothing is said of single rows.
    """
    responses = release.responses
    asked = invited_in_all(invited, responses)
    count = len(responses.respondents)
    return DataQuality(
        respondents=count,
        invited=asked,
        response_rate=count / asked if asked else None,
        files=_together(responses.files) if release.confidential else responses.files,
        left_out=() if release.confidential else by_row(responses.left_out),
        states=states,
        flags=flags,
        held_back=release.held_back,
        hidden=len(release.whole),
    )


def _together(files: tuple[ResponseFileRead, ...]) -> tuple[ResponseFileRead, ...]:
    """All files as one without a name."""
    rows, left_out = sum(each.rows for each in files), sum(each.left_out for each in files)
    return (ResponseFileRead("", rows, left_out),) if files else ()


def by_row(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """One problem for each row that does not count: the first found in it, and how many more there are.

    Problems whose line is not known stay apart, as nobody can tell whether they are of one row.
    """
    rows: dict[tuple[object, ...], list[Problem]] = {}
    for problem in problems:
        place = (problem.file, problem.line) if problem.line else (problem,)
        rows.setdefault(place, []).append(problem)
    return tuple(
        replace(first, what=f"{first.what}, and {len(others)} more in this row") if others else first
        for first, *others in rows.values()
    )


def rows_warning(release: Release) -> tuple[Message, ...]:
    """That rows do not count: each with its place, or how many where nobody is to be named."""
    responses = release.responses
    count = sum(each.left_out for each in responses.files)
    if release.confidential:
        return (Message("warning.rows", {"n": count}),) if count else ()
    return tuple(Message("warning.row", {"problem": str(problem)}) for problem in by_row(responses.left_out))
