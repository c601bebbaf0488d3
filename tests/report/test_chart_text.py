"""Text is measured as the shipped fonts draw it, and wrapped so that nothing is lost unseen."""

from __future__ import annotations

import struct
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.report.charts.inter import advance
from cxmaturity.report.charts.text import BODY, SMALL, SMALL_BOLD, Face, clean, clip, wrap


@given(text=st.text(max_size=200), width=st.floats(30, 300), most=st.integers(1, 4), balanced=st.booleans())
def test_wrapped_lines_fit(text: str, width: float, most: int, *, balanced: bool) -> None:
    lines = wrap(text, width, BODY, most, balanced=balanced)

    assert len(lines) <= most
    assert all(lines)
    assert all(BODY.width(line) <= width for line in lines)
    assert bool(lines) == bool(clean(text))


@given(st.text(alphabet="abc de", max_size=120))
def test_wrapping_loses_no_letter(text: str) -> None:
    lines = wrap(text, 60, BODY, 99)

    assert "".join(lines).replace(" ", "").replace("-", "") == text.replace(" ", "")


@given(st.text(max_size=100), st.floats(10, 200))
def test_clipped_text_fits(text: str, width: float) -> None:
    clipped = clip(text, width, SMALL)

    assert SMALL.width(clipped) <= width
    assert clipped == clean(text) or clipped.endswith("…")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Customer-facing technology", ("Customer-", "facing", "technology")),
        ("Yes/no", ("Yes/no",)),
        ("Understanding", ("Understan-", "ding")),
        ("", ()),
        ("   ", ()),
    ],
)
def test_lines_end_where_a_reader_expects_it(text: str, lines: tuple[str, ...]) -> None:
    assert wrap(text, 42, SMALL, 4) == lines


def test_the_last_line_says_that_there_is_more() -> None:
    assert wrap("one two three four five six", 40, SMALL, 2) == ("one two", "three fou…")


def test_balanced_lines_leave_no_orphan() -> None:
    greedy = wrap("Write the customer promise on one page", 125, SMALL, 2)
    balanced = wrap("Write the customer promise on one page", 125, SMALL, 2, balanced=True)

    assert greedy == ("Write the customer promise on", "one page")
    assert balanced == ("Write the customer", "promise on one page")


def test_what_cannot_be_drawn_is_left_out() -> None:
    assert clean("a\x00b\x1b\tc\n\u202ed\ud800\ufffe") == "ab c d"
    assert clean("S\u0326") == "Ș"


def test_a_very_long_text_takes_no_time() -> None:
    assert len(wrap("x" * 200_000, 100, SMALL, 2)) == 2


@pytest.mark.parametrize(("face", "file"), [(SMALL, "Inter-Regular.ttf"), (SMALL_BOLD, "Inter-SemiBold.ttf")])
def test_widths_are_those_of_the_shipped_fonts(face: Face, file: str) -> None:
    widths = _advances(files("cxmaturity.report").joinpath("fonts", file).read_bytes())

    for character in [*map(chr, range(0x20, 0x7F)), *"ăâîșțąćęłńóśźżáéíñúü¿¡àèìòù–—“”„‘’…€•→−×≤≥✓"]:
        assert advance(character, bold=face.bold) == pytest.approx(widths[ord(character)], abs=0.03), (
            character
        )


def _advances(font: bytes) -> dict[int, float]:
    """Each character's advance in em, from a TrueType file's cmap (format 4) and hmtx tables."""
    tables = {
        font[at : at + 4]: struct.unpack_from(">II", font, at + 8)[0]
        for at in range(12, 12 + 16 * struct.unpack_from(">H", font, 4)[0], 16)
    }
    (units,) = struct.unpack_from(">H", font, tables[b"head"] + 18)
    (metrics,) = struct.unpack_from(">H", font, tables[b"hhea"] + 34)
    glyphs = _glyphs(font, tables[b"cmap"])
    return {
        code: struct.unpack_from(">H", font, tables[b"hmtx"] + 4 * min(glyph, metrics - 1))[0] / units
        for code, glyph in glyphs.items()
    }


def _glyphs(font: bytes, cmap: int) -> dict[int, int]:
    (count,) = struct.unpack_from(">H", font, cmap + 2)
    offsets = [cmap + struct.unpack_from(">HHI", font, cmap + 4 + 8 * index)[2] for index in range(count)]
    table = next(offset for offset in offsets if struct.unpack_from(">H", font, offset)[0] == 4)
    segments = struct.unpack_from(">H", font, table + 6)[0] // 2
    ends, starts, deltas, ranges = (table + 14 + 2 * segments * k + (2 if k else 0) for k in range(4))
    glyphs: dict[int, int] = {}
    for index in range(segments):
        end, start, delta, offset = (
            struct.unpack_from(">H", font, column + 2 * index)[0] for column in (ends, starts, deltas, ranges)
        )
        for code in range(start, end + 1):
            if offset == 0:
                glyphs[code] = (code + delta) & 0xFFFF
            else:
                (glyph,) = struct.unpack_from(">H", font, ranges + 2 * index + offset + 2 * (code - start))
                glyphs[code] = (glyph + delta) & 0xFFFF if glyph else 0
    return glyphs
