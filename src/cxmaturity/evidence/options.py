"""What a workspace says of a metric beyond its data, held against what the metric wants to know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isfinite

from cxmaturity.api import Metric, Option
from cxmaturity.evidence.model import NotMeasuredError


def options_of(metric: Metric, said: Mapping[str, float | str]) -> dict[str, float | str]:
    """All options of a metric. What the workspace says wrongly counts as not said.

    Raises :class:`~cxmaturity.evidence.model.NotMeasuredError` for one that neither it nor a default says.
    """
    options = {}
    for option in metric.options:
        value = said.get(option.name)
        if value is None or mistake(option, value):
            value = option.default
        if value is None:
            raise NotMeasuredError("reason.no-option", option=option.name, metric=metric.id)
        options[option.name] = value
    return options


def mistakes(metric: Metric, said: Mapping[str, float | str]) -> Iterator[tuple[str, str, str]]:
    """What is wrong with what a workspace says: the option, what is wrong, and what to do."""
    known = {option.name: option for option in metric.options}
    for name, value in said.items():
        if name not in known:
            fix = f"use one of {', '.join(known)}" if known else "take it out"
            yield name, f"'{metric.id}' has no option '{name}'", fix
        elif wrong := mistake(known[name], value):
            yield name, f"'{name}' is {wrong[0]}", wrong[1]


def mistake(option: Option, value: float | str) -> tuple[str, str] | None:
    """What is wrong with a value, and what to do; ``None`` if nothing is."""
    if option.choices:
        return (
            None
            if value in option.choices
            else ("none of its words", f"use one of {', '.join(option.choices)}")
        )
    if isinstance(option.default, str):  # a word of the workspace's own
        return None if isinstance(value, str) else ("no word", "write it in quotation marks")
    if isinstance(value, str | bool) or not isfinite(value):
        return "no number", "write a number"
    low, high = option.minimum, option.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        limits = f"from {low:g} to {high:g}" if low is not None and high is not None else "within its limits"
        return "out of range", f"write a number {limits}"
    return None
