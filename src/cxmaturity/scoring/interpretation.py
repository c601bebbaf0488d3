"""What the figures of many raters are called, by the bands of the literature.

The bands are conventions, not tests: docs/statistics.md has their sources and cautions.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Kind = Literal["agreement", "krippendorff", "icc-1", "icc-2", "consistency"]
"""r_wg and r_wg(J); Krippendorff's alpha; ICC(1); ICC(2); Cronbach's alpha and McDonald's omega."""

BANDS: Mapping[Kind, tuple[tuple[float, str], ...]] = {
    # J. M. LeBreton & J. L. Senter, Organizational Research Methods 11, 2008, table 3
    "agreement": ((0.91, "very-strong"), (0.71, "strong"), (0.51, "moderate"), (0.31, "weak")),
    # K. Krippendorff, Content Analysis, 4th ed. 2018, ch. 12
    "krippendorff": ((0.8, "reliable"), (0.667, "tentative")),
    # LeBreton & Senter 2008: as effect sizes
    "icc-1": ((0.25, "large"), (0.1, "medium"), (0.01, "small")),
    # LeBreton & Senter 2008
    "icc-2": ((0.85, "high"), (0.7, "enough")),
    # J. C. Nunnally, Psychometric Theory, 2nd ed. 1978, p. 245
    "consistency": ((0.8, "good"), (0.7, "acceptable")),
}
"""From which value on a figure is called what, highest first; under the last it is lacking."""


def interpret(kind: Kind, value: float) -> str:
    """The key of the text that names a figure: ``report.agreement.strong``; the text takes ``value``."""
    return f"report.{kind}.{called(kind, value)}"


def called(kind: Kind, value: float) -> str:
    """The name of the band that a figure lies in: ``strong``."""
    return next((name for start, name in BANDS[kind] if value >= start), "lack")
