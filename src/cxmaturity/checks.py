"""What a plugin gives, checked: scores on the scale and explained, caps and findings of the right form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from math import isclose
from typing import get_args

from cxmaturity.api import Cap, Contribution, Finding, FindingKind, Score
from cxmaturity.plugins import PluginError, all_of
from cxmaturity.scoring.scale import score_of

_BOTTOM, _TOP = score_of(0.0), score_of(1.0)
_EXACT = 1e-5  # a plugin may well compute in float32, as the answers are


def checked_score(score: Score, about: str) -> Score:
    """A plugin's score as plain numbers. It must lie on the scale, and its contributions make it up."""
    if not isinstance(score, Score):
        raise PluginError(f"the score of {about} is a {type(score).__name__}, not a Score")
    if score.value is None:
        if score.reason is None:
            raise PluginError(f"{about} has neither a score nor a reason")
        return replace(score, interval=None, contributions=())
    value = float(score.value)
    if not _BOTTOM - _EXACT <= value <= _TOP + _EXACT:
        raise PluginError(f"the score of {about} is {value:g}, outside {_BOTTOM:g} to {_TOP:g}")
    parts = tuple(
        Contribution(str(part.id), float(part.value), float(part.share)) for part in score.contributions
    )
    points = sum(part.points for part in parts)
    if not isclose(points, value, abs_tol=_EXACT):
        raise PluginError(f"the contributions to {about} add up to {points:g}, its score is {value:g}")
    if score.interval is not None:
        low, high = map(float, score.interval)
        if not low <= value <= high:
            raise PluginError(f"the interval of {about} is {low:g} to {high:g}, its score {value:g}")
        score = replace(score, interval=(max(low, _BOTTOM), min(high, _TOP)))
    return replace(score, value=min(max(value, _BOTTOM), _TOP), contributions=parts)


def checked_caps(caps: Iterable[Cap]) -> tuple[Cap, ...]:
    """A plugin's caps, if they are caps, between things with names, and whole levels apart."""
    checked = all_of(Cap, caps)
    for cap in checked:
        if type(cap.offset) is not int or not {type(cap.target), type(cap.source)} <= {str}:
            raise PluginError(f"the cap of {cap.target!r} by {cap.source!r} has the offset {cap.offset!r}")
    return checked


def checked_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """A plugin's findings, if they are of a known kind and about something with a name."""
    checked = all_of(Finding, findings)
    for finding in checked:
        if finding.kind not in get_args(FindingKind) or type(finding.about) is not str:
            raise PluginError(f"a finding of the kind {finding.kind!r} about {finding.about!r} is none")
    return checked
