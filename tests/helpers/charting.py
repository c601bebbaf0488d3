"""What the tests of charts share: how a chart is drawn, what is in it, and whether anything collides."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from hypothesis import settings
from hypothesis import strategies as st

from cxmaturity.report.charts import Chart
from cxmaturity.report.charts.shapes import MARK, Line, Mark, Point, Rect
from cxmaturity.report.charts.text import Text
from cxmaturity.report.html import environment
from cxmaturity.report.theme import Theme
from cxmaturity.report.words import chart_words
from cxmaturity.texts import load_texts

if TYPE_CHECKING:
    from jinja2 import Template

WORDS = chart_words(load_texts("en"))
THEME = Theme.from_brand("#0b6e4f")
PALETTE = {THEME.ink, THEME.muted, THEME.line, THEME.paper, THEME.wash, THEME.accent, *THEME.ramp, "none"}
MINIMA = (1.0, 1.8, 2.6, 3.4, 4.2)
SVG = "{http://www.w3.org/2000/svg}"
TAGS = {"svg", "title", "desc", "text", "rect", "line", "circle", "polygon", "polyline"}
"""The elements that charts are made of."""

HOSTILE = (
    "<script>alert('x')</script>",
    '"/><svg onload="x">',
    "W" * 300,
    "many words " * 30,
    "",
    "\x00\x1b[31m\u202ebidi\ud800\ufffe",
    "Ș̦ă和😀 …",
)
labels = st.one_of(st.text(max_size=60), st.sampled_from(HOSTILE))
many = settings(max_examples=50)


# ------------------------------------------------------------------------------------ what is drawn


def svg_of(chart: Chart, name: str = "c1") -> str:
    """A chart as text, by the macro that is called as it is."""
    macro = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(chart).__name__.replace("ProjectionChart", "Projection"))
    svg: str = _template().render(chart=chart, theme=THEME, macro=macro.lower(), name=name)
    return svg.strip()


def drawn(chart: Chart) -> ET.Element:
    """A chart as its elements."""
    return ET.fromstring(svg_of(chart))  # noqa: S314 - our own output


@cache
def _template() -> Template:
    return environment().from_string(
        '{% import "charts.svg.j2" as charts %}{{ charts[macro](chart, theme, name) }}'
    )


def tags(svg: ET.Element) -> set[str]:
    """The names of all elements."""
    return {element.tag.removeprefix(SVG) for element in svg.iter()}


def colours(svg: ET.Element) -> set[str]:
    """All colours that something has."""
    return {colour for element in svg.iter() for name in ("fill", "stroke") if (colour := element.get(name))}


# ----------------------------------------------------------------------------------- what is in a chart


def parts(value: Any, *kinds: type) -> Iterator[Any]:
    """Everything of these kinds inside a chart."""
    if isinstance(value, kinds):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from parts(each, *kinds)
    elif is_dataclass(value):
        for field in fields(value):
            yield from parts(getattr(value, field.name), *kinds)


def words_in(value: Any) -> list[str]:
    """Every text inside a chart, its lines in a row."""
    return [" ".join(text.lines) for text in parts(value, Text)]


def marks(chart: Chart, kind: str) -> list[Mark]:
    """The marks of a kind."""
    return [mark for mark in parts(chart, Mark) if mark.kind == kind]


def middle(rect: Rect) -> float:
    """Half way between the upper and the lower edge."""
    return rect.y + rect.height / 2


# ---------------------------------------------------------------------------------------- what is sound


def boxes(value: Any) -> Iterator[Rect]:
    """What everything inside a chart covers."""
    for part in parts(value, Rect, Text, Mark, Line, Point):
        match part:
            case Text():
                yield part.box
            case Mark():
                yield Rect(part.x - MARK, part.y - MARK, 2 * MARK, 2 * MARK)
            case Line():
                left, top = min(part.x1, part.x2), min(part.y1, part.y2)
                yield Rect(left, top, abs(part.x2 - part.x1), abs(part.y2 - part.y1))
            case Point():
                yield Rect(part.x, part.y, 0.0, 0.0)
            case _:
                yield part


def assert_inside(chart: Chart) -> None:
    """Nothing leaves the chart."""
    for box in boxes(chart):
        assert all(map(math.isfinite, (box.x, box.y, box.width, box.height)))
        assert min(box.x, box.y, box.width, box.height) >= -0.5, (box, chart)
        assert box.right <= chart.width + 0.5, (box, chart)
        assert box.bottom <= chart.height + 0.5, (box, chart)


def assert_apart(all_boxes: list[Rect], slack: float = 0.2) -> None:
    """No box covers another by more than a hair's breadth."""
    ordered = sorted(all_boxes, key=lambda box: box.y)
    for number, one in enumerate(ordered):
        for other in ordered[number + 1 :]:
            if other.y >= one.bottom:
                break  # as do all that follow
            assert not one.overlaps(other, slack), (one, other)


def assert_sound(chart: Chart) -> None:
    """Nothing leaves the chart, and no text covers another or a mark."""
    assert_inside(chart)
    texts = [text.box for text in parts(chart, Text) if text.width]
    assert_apart(texts, slack=0.3)
    for mark in boxes(tuple(parts(chart, Mark))):
        for box in texts:
            assert not box.overlaps(mark, slack=0.8)
