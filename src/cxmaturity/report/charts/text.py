"""Text in charts: how wide it is in Inter, how it wraps, and where its lines stand.

SVG neither wraps nor clips text, so each line is measured before it is drawn. Widths are exact for
the characters of the table and guessed generously for all others.
"""

from __future__ import annotations

import unicodedata
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from cxmaturity.report.charts import inter
from cxmaturity.report.charts.shapes import Rect

Anchor = Literal["start", "middle", "end"]
Tone = Literal["ink", "muted", "accent", "paper", "on-1", "on-2", "on-3", "on-4", "on-5"]
"""A text's colour by its role; ``on-3`` is the colour that is readable on the ramp's third step."""

ELLIPSIS = "…"
_CAP_HEIGHT, _LEADING, _ASCENT = 0.7275, 1.22, 0.78
_FEWEST_LETTERS = 3
"""A broken word keeps so many letters on either side, so that the reader is not left with a crumb."""


@dataclass(frozen=True, slots=True)
class Face:
    """A size in points and a weight."""

    size: float
    bold: bool = False

    @property
    def leading(self) -> float:
        """From baseline to baseline."""
        return self.size * _LEADING

    @property
    def cap(self) -> float:
        """The height of a capital: what makes a line look centred."""
        return self.size * _CAP_HEIGHT

    def width(self, text: str) -> float:
        """The width of a line of text in points."""
        return inter.width(text, bold=self.bold) * self.size

    def height(self, lines: int) -> float:
        """The height of so many lines, from the first capital's top to the last baseline."""
        return (lines - 1) * self.leading + self.cap if lines else 0.0

    def centred(self, middle: float, lines: int = 1) -> float:
        """The first baseline of so many lines whose capitals are centred on ``middle``."""
        return middle - self.height(lines) / 2 + self.cap


SMALL, SMALL_BOLD = Face(7.5), Face(7.5, bold=True)
BODY, BODY_BOLD = Face(8.5), Face(8.5, bold=True)
LARGE = Face(12.0, bold=True)
"""The faces of charts; nothing is smaller than the first."""


def clean(text: str) -> str:
    """One line of drawable text: composed accents, single spaces, no control or format characters."""
    kept = "".join(
        " " if character.isspace() else character
        for character in unicodedata.normalize("NFC", text)
        if character.isspace() or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Cn", "Co"}
    )
    return " ".join(kept.split())


def clip(text: str, width: float, face: Face) -> str:
    """The text, cut with an ellipsis where it is wider than ``width``."""
    text = clean(text)
    if face.width(text) <= width:
        return text
    room = width - face.width(ELLIPSIS)
    widths = accumulate(map(face.width, text))
    return text[: sum(used <= room for used in widths)].rstrip(" ,;:.–-") + ELLIPSIS


def wrap(text: str, width: float, face: Face, most: int, *, balanced: bool = False) -> tuple[str, ...]:
    """The text in at most ``most`` lines no wider than ``width``, the last one clipped where needed.

    ``balanced`` evens the lines out instead of filling the first ones. Empty text has no lines.
    """
    words = _words(text)
    lines = _wrapped(words, width, face, most)
    return _balanced(words, width, face, lines) if balanced else lines


def _wrapped(words: Sequence[str], width: float, face: Face, most: int) -> tuple[str, ...]:
    """The words in lines that are filled one after the other."""
    left = deque(words)
    lines: list[str] = []
    while left:
        if len(lines) == most - 1:
            lines.append(clip("".join(left), width, face))
            break
        lines.append(_line(left, width, face))
    return tuple(lines)


def _balanced(words: Sequence[str], width: float, face: Face, lines: tuple[str, ...]) -> tuple[str, ...]:
    """As many lines, as narrow as the longest word allows."""
    widest = max((face.width(word.strip()) for word in words), default=width)
    while (width := width * 0.95) >= widest > 0:
        closer = _wrapped(words, width, face, len(lines) + 1)
        if len(closer) > len(lines):
            break
        lines = closer
    return lines


def _words(text: str) -> list[str]:
    """Words with the space that follows them; a hyphen or slash inside a word may end a line too."""
    words = (word.replace("-", "-\n").replace("/", "/\n").rstrip("\n") + " " for word in clean(text).split())
    return [part for word in words for part in word.split("\n")]


def _line(words: deque[str], width: float, face: Face) -> str:
    """Takes the words of one line; of a word wider than a line, what fits and a hyphen."""
    line = ""
    while words and face.width((line + words[0]).rstrip()) <= width:
        line += words.popleft()
    if not line:
        line, rest = _broken(words.popleft(), width, face)
        words.extendleft([rest] if rest.strip() else [])
    return line.rstrip()


def _broken(word: str, width: float, face: Face) -> tuple[str, str]:
    letters = len(word.rstrip())
    if letters == 1:
        return word, ""
    room = width - face.width("-")
    fitting = sum(used <= room for used in accumulate(map(face.width, word)))
    end = max(1, min(fitting, letters - _FEWEST_LETTERS))
    return word[:end] + "-", word[end:]


@dataclass(frozen=True, slots=True)
class Text:
    """Lines of text; ``x`` is where they are anchored, ``y`` the baseline of the first."""

    x: float
    y: float
    lines: tuple[str, ...]
    face: Face = SMALL
    anchor: Anchor = "start"
    tone: Tone = "ink"

    @property
    def rows(self) -> tuple[tuple[float, str], ...]:
        """Each line with its baseline."""
        return tuple((self.y + index * self.face.leading, line) for index, line in enumerate(self.lines))

    @property
    def width(self) -> float:
        """Of the longest line."""
        return max(map(self.face.width, self.lines), default=0.0)

    @property
    def box(self) -> Rect:
        """The area the text covers, descenders included."""
        left = self.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor] * self.width
        height = (len(self.lines) - 1) * self.face.leading + self.face.size if self.lines else 0.0
        return Rect(left, self.y - _ASCENT * self.face.size, self.width, height)
