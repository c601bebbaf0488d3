from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.report.theme import Theme, contrast, lightness

COLOURS = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


@given(COLOURS)
def test_the_ramp_keeps_its_order_in_greyscale(colour: str) -> None:
    steps = [lightness(step) for step in Theme.from_brand(colour).ramp]

    assert len(steps) == 5
    assert all(lighter - darker >= 10 for lighter, darker in pairwise(steps))


@given(COLOURS)
def test_text_is_readable_on_everything_it_stands_on(colour: str) -> None:
    theme = Theme.from_brand(colour)

    on_steps = zip(theme.ramp, theme.ramp_ink, strict=True)
    assert all(contrast(step, ink) >= 4.5 for step, ink in on_steps)
    for ink in (theme.ink, theme.muted, theme.accent):
        assert contrast(theme.paper, ink) >= 4.5
    assert contrast(theme.wash, theme.ink) >= 4.5
    assert contrast(theme.wash, theme.muted) >= 4.5


@given(COLOURS)
def test_the_lightest_step_is_still_seen_on_paper(colour: str) -> None:
    theme = Theme.from_brand(colour)

    assert lightness(theme.paper) - lightness(theme.ramp[0]) >= 7
    assert lightness(theme.paper) > lightness(theme.wash) > lightness(theme.ramp[0])


@pytest.mark.parametrize(
    "colour",
    ["#000000", "#ffffff", "#808080", "#ffee00", "#00ffff", "#0000ff", "#ff0000", "#0b6e4f", "#010101"],
)
def test_any_brand_colour_will_do(colour: str) -> None:
    theme = Theme.from_brand(colour)

    assert theme.brand == colour
    assert len(set(theme.ramp)) == 5


def test_a_dark_brand_colour_is_its_own_accent_and_a_light_one_is_darkened() -> None:
    assert Theme.from_brand("#0B6E4F").accent == "#0b6e4f"
    assert Theme.from_brand("#ffee00").accent == Theme.from_brand("#ffee00").ramp[3]


def test_a_grey_brand_has_a_grey_ramp() -> None:
    for step in Theme.from_brand("#777777").ramp:
        red, green, blue = (int(step[start : start + 2], 16) for start in (1, 3, 5))
        assert max(red, green, blue) - min(red, green, blue) <= 1


@pytest.mark.parametrize(
    "colour", ["", "green", "#abc", "#12345g", "0b6e4f", "#0b6e4f;", "#0b6e4f\n", "url(x)", "#00112233"]
)
def test_what_is_not_a_colour_is_refused(colour: str) -> None:
    with pytest.raises(ValueError, match="not a colour of the form #rrggbb"):
        Theme.from_brand(colour)


def test_the_contrast_of_black_and_white_is_21() -> None:
    # (1 + 0.05) / (0 + 0.05) = 21
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#000000") == pytest.approx(21)


def test_lightness_is_cie_l() -> None:
    # sRGB mid grey 119 has Y = 0.1845, so L* = 116 · 0.1845^⅓ − 16 = 50.03
    assert lightness("#777777") == pytest.approx(50.03, abs=0.01)
    assert lightness("#000000") == 0
