"""Bands of the literature, and a text for each of their names."""

import re
from pathlib import Path

import pytest

from cxmaturity.scoring.interpretation import BANDS, Kind, interpret
from cxmaturity.texts import load_texts

STATISTICS = Path(__file__).parents[2] / "docs" / "statistics.md"


@pytest.mark.parametrize(
    ("kind", "value", "name"),
    [
        ("agreement", 0.91, "very-strong"),
        ("agreement", 0.9099, "strong"),
        ("agreement", 0.30, "lack"),
        ("krippendorff", 0.8, "reliable"),
        ("krippendorff", 0.667, "tentative"),
        ("krippendorff", -0.2, "lack"),
        ("icc-1", 0.1, "medium"),
        ("icc-1", 0.0, "lack"),
        ("icc-2", 0.7, "enough"),
        ("consistency", 0.79, "acceptable"),
        ("consistency", -1.0, "lack"),
    ],
)
def test_a_band_begins_at_its_limit(kind: Kind, value: float, name: str) -> None:
    assert interpret(kind, value) == f"report.{kind}.{name}"


@pytest.mark.parametrize("kind", BANDS)
def test_every_name_has_a_text_that_shows_the_figure(kind: Kind) -> None:
    texts = load_texts("en")
    for value in (*(start for start, _ in BANDS[kind]), 0.0):
        assert texts(interpret(kind, value), value=value).startswith(f"{value:.2f}, ")


@pytest.mark.parametrize("kind", BANDS)
def test_limits_fall_and_are_documented(kind: Kind) -> None:
    limits = [start for start, _ in BANDS[kind]]
    assert limits == sorted(limits, reverse=True)
    page = STATISTICS.read_text(encoding="utf-8")
    row = re.search(rf"^\| `{kind}` \|(.*)\|$", page, re.MULTILINE)
    assert row is not None
    assert re.findall(r"(?<!\w)0\.\d+", row[1]) == [f"{limit:g}" for limit in limits]
