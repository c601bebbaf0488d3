"""Rounding what adds up to a score, so that what is shown adds up as well."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor


def rounded_to_sum(values: Sequence[float]) -> list[float]:
    """The values with two decimals, so rounded (largest remainders) that they add up to their rounded sum."""
    cents = [floor(value * 100) for value in values]
    missing = round(sum(values) * 100) - sum(cents)
    by_remainder = sorted(range(len(values)), key=lambda i: (cents[i] - values[i] * 100, i))
    for index in by_remainder[:missing]:
        cents[index] += 1
    return [cent / 100 for cent in cents]
