"""How wide Inter's characters are, so that charts can measure text without a font library.

A test holds the figures to the fonts that are shipped.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# advances in 1/1000 em from U+0020 to U+007E
_REGULAR = (
    282, 288, 466, 634, 642, 982, 645, 300, 365, 365, 501, 662, 289, 460, 289, 361, 631, 407, 610, 618,
    646, 594, 621, 566, 619, 621, 289, 302, 662, 662, 662, 512, 966, 690, 655, 731, 722, 602, 591, 747,
    744, 269, 571, 672, 566, 904, 754, 765, 639, 765, 644, 642, 646, 745, 690, 986, 683, 679, 629, 365,
    361, 365, 472, 457, 323, 562, 613, 572, 613, 584, 371, 614, 592, 243, 243, 549, 243, 876, 591, 600,
    613, 613, 377, 528, 328, 592, 563, 819, 546, 563, 553, 427, 333, 427, 662,
)  # fmt: skip
_SEMI_BOLD = (
    252, 322, 523, 644, 651, 1005, 663, 326, 374, 374, 540, 673, 319, 466, 319, 379, 660, 423, 624, 637,
    667, 613, 640, 577, 641, 640, 319, 330, 673, 673, 673, 544, 1000, 728, 660, 737, 723, 606, 588, 750,
    746, 277, 580, 704, 566, 923, 760, 769, 646, 773, 653, 651, 661, 736, 728, 1021, 720, 714, 653, 374,
    379, 374, 482, 470, 352, 575, 625, 583, 625, 592, 389, 626, 613, 262, 262, 570, 262, 901, 612, 609,
    625, 625, 397, 550, 354, 613, 587, 840, 569, 589, 566, 455, 359, 455, 673,
)  # fmt: skip
# others: Regular, SemiBold
_OTHERS = {
    "¡": (288, 322), "¿": (512, 544), "§": (569, 569), "©": (915, 915), "®": (667, 664),
    "ª": (454, 461), "º": (483, 488), "½": (848, 870), "ß": (617, 644), "Æ": (994, 1014),
    "æ": (918, 913), "Œ": (1005, 1014), "œ": (1000, 992), "Ø": (765, 769), "ø": (600, 609),
    "Đ": (735, 752), "đ": (613, 625), "Ł": (595, 602), "ł": (243, 262), "ı": (243, 262),
    "ď": (710, 740), "ť": (376, 420), "ľ": (340, 377), "Ð": (735, 752), "ð": (583, 594),
    "Þ": (636, 658), "þ": (613, 625), "°": (456, 459), "·": (289, 319), "–": (500, 500),
    "—": (1000, 1000), "‘": (261, 294), "’": (261, 294), "\N{SINGLE LOW-9 QUOTATION MARK}": (242, 273),
    "“": (441, 507), "”": (441, 502), "„": (421, 480), "«": (583, 635), "»": (583, 635),
    "•": (563, 504), "…": (865, 957), "€": (667, 679), "−": (662, 673), "×": (662, 673),
    "±": (662, 673), "≤": (662, 673), "≥": (662, 673), "→": (955, 955), "↑": (834, 882), "✓": (885, 883),
}  # fmt: skip

_WIDTHS = {
    chr(32 + index): pair for index, pair in enumerate(zip(_REGULAR, _SEMI_BOLD, strict=True))
} | _OTHERS

_WIDE, _LOWER, _OTHER = 1.4, 0.95, 1.2
"""Generous guesses in em for what is in no table: ideographs and emoji, small letters, the rest."""
_ROOM = 1.01
"""Measured text is stretched by this much, for rounding and for a viewer's own rendering."""


@lru_cache(maxsize=4096)  # the few characters of a language make up all its words
def advance(character: str, *, bold: bool) -> float:
    """One character's width in em; accented letters are as wide as their base."""
    pair = _WIDTHS.get(character) or _WIDTHS.get(unicodedata.normalize("NFD", character)[0])
    if pair is not None:
        return pair[bold] / 1000
    if unicodedata.combining(character):
        return 0.0
    if unicodedata.east_asian_width(character) in {"W", "F"}:
        return _WIDE
    return _LOWER if character.islower() else _OTHER


def width(text: str, *, bold: bool) -> float:
    """The width of a line in em."""
    return sum(advance(character, bold=bold) for character in text) * _ROOM
