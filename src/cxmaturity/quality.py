"""What the answers rest on: who was asked, who answered, what was left out."""

from __future__ import annotations

from collections.abc import Mapping

from cxmaturity.anonymity.release import Release
from cxmaturity.api import State
from cxmaturity.result import DataQuality, Flag
from cxmaturity.settings import InvitedFile

_BY_GROUP = ("role", "department", "country", "tenure", "wave")


def invited_in_all(invited: InvitedFile) -> int | None:
    """How many people were asked: as the workspace says, else the sum over the groups of an attribute."""
    if invited.total is not None:
        return invited.total
    sums = [sum(getattr(invited, attribute).values()) for attribute in _BY_GROUP]
    return next((count for count in sums if count), None)


def quality_of(
    release: Release, invited: InvitedFile, states: Mapping[State, int], flags: tuple[Flag, ...]
) -> DataQuality:
    """The data's quality, as far as it may be shown."""
    responses, asked = release.responses, invited_in_all(invited)
    count = len(responses.respondents)
    return DataQuality(
        respondents=count,
        invited=asked,
        response_rate=count / asked if asked else None,
        files=responses.files,
        left_out=responses.left_out,
        states=states,
        flags=flags,
        held_back=release.held_back,
        hidden=len(release.whole),
    )
