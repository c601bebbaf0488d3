"""A report's colours: one brand colour, greys, and a five-step ramp for the levels.

The ramp has the brand's hue and fixed lightness steps, so that the levels keep their order in
greyscale and to colour-blind eyes, whatever the brand colour is.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_INK, _MUTED, _LINE, _PAPER = "#16191d", "#5b626b", "#cdd2d8", "#ffffff"

_RAMP_LIGHTNESS = (91.0, 77.0, 62.0, 45.5, 28.0)
"""CIE L* of the five steps. None lies near 50, where neither black nor white text is readable."""
_RAMP_CHROMA = (0.42, 0.75, 1.0, 1.0, 0.85)
"""Share of the brand's chroma each step keeps: pale and dark tints look garish at full strength."""
_WASH_LIGHTNESS, _WASH_CHROMA = 97.0, 0.2
_MOST_CHROMA = 0.15
"""Neon brand colours are toned down to this OKLCH chroma: a report is quiet."""
_TEXT_CONTRAST = 4.5
_GAMUT_SLACK = 1e-4
_SRGB_LINEAR_BELOW, _LINEAR_SRGB_BELOW = 0.04045, 0.0031308

Linear = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of a report, each as ``#rrggbb``.

    ``brand`` is the colour as given, ``accent`` the same hue dark enough for text and marks on
    paper. ``ramp[level - 1]`` fills what has that level; ``ramp_ink[level - 1]`` is the colour of
    text on it.
    """

    brand: str
    accent: str
    ink: str
    muted: str
    line: str
    paper: str
    wash: str
    ramp: tuple[str, ...]
    ramp_ink: tuple[str, ...]

    @classmethod
    def from_brand(cls, colour: str) -> Theme:
        """The theme of a brand colour; ``ValueError`` unless it is written ``#rrggbb``."""
        if not _HEX.fullmatch(colour):
            raise ValueError(f"{colour!r} is not a colour of the form #rrggbb")
        brand = colour.lower()
        chroma, hue = _chroma_and_hue(_linear(brand))
        chroma = min(chroma, _MOST_CHROMA)
        ramp = tuple(
            _tint(lightness, chroma * share, hue)
            for lightness, share in zip(_RAMP_LIGHTNESS, _RAMP_CHROMA, strict=True)
        )
        return cls(
            brand=brand,
            accent=brand if contrast(brand, _PAPER) >= _TEXT_CONTRAST else ramp[3],
            ink=_INK,
            muted=_MUTED,
            line=_LINE,
            paper=_PAPER,
            wash=_tint(_WASH_LIGHTNESS, chroma * _WASH_CHROMA, hue),
            ramp=ramp,
            ramp_ink=tuple(_text_on(step) for step in ramp),
        )


def luminance(colour: str) -> float:
    """The relative luminance (WCAG) of a ``#rrggbb`` colour, 0–1."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def lightness(colour: str) -> float:
    """The CIE L* of a ``#rrggbb`` colour, 0–100: what is left of it in greyscale."""
    y = luminance(colour)
    return 116 * math.cbrt(y) - 16 if y > 216 / 24389 else y * 24389 / 27


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two colours, 1–21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _text_on(colour: str) -> str:
    return max((_PAPER, _INK), key=lambda ink: contrast(ink, colour))


def _tint(target: float, chroma: float, hue: float) -> str:
    """The colour of L* ``target`` in this hue, with as much of the chroma as the screen can show."""
    wanted = ((target + 16) / 116) ** 3
    rgb = _at_luminance(wanted, chroma, hue)
    for keep in range(19, -1, -1):
        if all(-_GAMUT_SLACK <= channel <= 1 + _GAMUT_SLACK for channel in rgb):
            break
        rgb = _at_luminance(wanted, chroma * keep / 20, hue)
    return _to_hex(rgb)


def _at_luminance(wanted: float, chroma: float, hue: float) -> Linear:
    """Bisects OKLCH lightness until the colour has the wanted luminance."""
    low, high = 0.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        red, green, blue = _from_oklch(middle, chroma, hue)
        if 0.2126 * red + 0.7152 * green + 0.0722 * blue < wanted:
            low = middle
        else:
            high = middle
    return _from_oklch(high, chroma, hue)


def _linear(colour: str) -> Linear:
    """The channels of ``#rrggbb`` in linear light, 0–1."""

    def channel(start: int) -> float:
        value = int(colour[start : start + 2], 16) / 255
        return value / 12.92 if value <= _SRGB_LINEAR_BELOW else float(((value + 0.055) / 1.055) ** 2.4)

    return channel(1), channel(3), channel(5)


def _to_hex(rgb: Linear) -> str:
    def channel(value: float) -> int:
        value = min(1.0, max(0.0, value))
        encoded = value * 12.92 if value <= _LINEAR_SRGB_BELOW else 1.055 * value ** (1 / 2.4) - 0.055
        return round(encoded * 255)

    return "#" + "".join(f"{channel(value):02x}" for value in rgb)


# Björn Ottosson's OKLab matrices, https://bottosson.github.io/posts/oklab/
def _chroma_and_hue(rgb: Linear) -> tuple[float, float]:
    red, green, blue = rgb
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return math.hypot(a, b), math.atan2(b, a)


def _from_oklch(lightness_: float, chroma: float, hue: float) -> Linear:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness_ + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness_ - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness_ - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
