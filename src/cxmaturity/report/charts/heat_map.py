"""Dimensions and their practices at a glance: one row a dimension, one cell a practice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from cxmaturity.report.charts.axis import SCORES, checked_level, checked_score
from cxmaturity.report.charts.chart import Chart
from cxmaturity.report.charts.marks import CHIP_WIDTH, ON, Chip, chip
from cxmaturity.report.charts.shapes import FULL_WIDTH_MM, MARK, Mark, Rect, mm
from cxmaturity.report.charts.text import BODY, BODY_BOLD, SMALL, Text, Tone, clean, clip, wrap
from cxmaturity.report.charts.words import ChartWords

MOST_CELLS = 8
_LABEL_WIDTH, _GAP, _PADDING = 82.0, 2.0, 4.5
_LABEL_ABOVE, _LEAST_NOTE = 13.0, 22.0
_BESIDE_UP_TO = 6
"""With more cells than this a row's label stands above them, so that practices keep their words."""

CellLook = Literal["level", "no-level", "missing"]


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A practice; ``note`` is a word or two, such as a cap. ``hidden``: its score may not be shown."""

    label: str
    score: float | None
    level: int | None
    note: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A dimension with its practices, best 1 to 8 of them."""

    label: str
    cells: Sequence[HeatCell]


@dataclass(frozen=True, slots=True)
class HeatTile:
    """A drawn cell: filled with its level's step, white, or hollow and dashed."""

    rect: Rect
    look: CellLook
    step: int | None
    mark: Mark | None
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class HeatMap(Chart):
    """Row labels, tiles, and the key of levels."""

    labels: tuple[Text, ...]
    tiles: tuple[HeatTile, ...]
    key_label: Text
    key: tuple[Chip, ...]


@dataclass(frozen=True, slots=True)
class _Layout:
    """How wide cells are and how high, and where a row's label stands."""

    width: float
    columns: int
    cell_height: float = 0.0

    @property
    def beside(self) -> bool:
        return self.columns <= _BESIDE_UP_TO

    @property
    def left(self) -> float:
        return _LABEL_WIDTH if self.beside else 0.0

    @property
    def cell_width(self) -> float:
        return (self.width - self.left - _GAP * (self.columns - 1)) / self.columns

    def rect(self, index: int, top: float) -> Rect:
        """The place of a row's cell; after eight, cells go on underneath."""
        line, column = divmod(index, self.columns)
        left = self.left + column * (self.cell_width + _GAP)
        return Rect(left, top + line * (self.cell_height + _GAP), self.cell_width, self.cell_height)

    def row_height(self, cells: int) -> float:
        lines = -(-cells // self.columns) or 1
        return lines * (self.cell_height + _GAP) - _GAP


def heat_map(rows: Sequence[HeatRow], *, title: str, words: ChartWords) -> HeatMap:
    """The map of all practices. A row of more than eight cells goes on underneath itself."""
    cells = [cell for row in rows for cell in row.cells]
    layout = _Layout(
        mm(FULL_WIDTH_MM), min(MOST_CELLS, max((len(row.cells) for row in rows), default=1)) or 1
    )
    heights = (_height(cell, layout.cell_width, words) for cell in cells)
    layout = replace(layout, cell_height=max(heights, default=_LABEL_ABOVE))
    labels, tiles, top = [], [], 0.0
    for row in rows:
        height = layout.row_height(len(row.cells))
        labels.append(
            _label_beside(row.label, top, height) if layout.beside else _label_above(row.label, top, layout)
        )
        top += 0.0 if layout.beside else _LABEL_ABOVE
        tiles += [_tile(cell, layout.rect(index, top), words) for index, cell in enumerate(row.cells)]
        top += height + (_GAP if layout.beside else 3 * _GAP)
    key_middle = top + 11.0
    key_label = Text(layout.left, SMALL.centred(key_middle), (words.level,), SMALL, tone="muted")
    key_left = layout.left + key_label.width + 5
    return HeatMap(
        title=title,
        width=layout.width,
        height=key_middle + 7.0,
        labels=tuple(labels),
        tiles=tuple(tiles),
        key_label=key_label,
        key=tuple(chip(key_left + (level - 1) * (CHIP_WIDTH + 1.5), key_middle, level) for level in SCORES),
    )


def _label_above(label: str, y: float, layout: _Layout) -> Text:
    return Text(0.0, y + 8.5, (clip(label, layout.width, BODY_BOLD),), BODY_BOLD)


def _label_beside(label: str, y: float, height: float) -> Text:
    lines = wrap(label, _LABEL_WIDTH - 8, BODY_BOLD, max(1, int((height - 4) / BODY.leading)))
    return Text(0.0, BODY.centred(y + height / 2, len(lines)), lines, BODY_BOLD)


def _name(cell: HeatCell, width: float) -> tuple[str, ...]:
    return wrap(cell.label, width - 2 * _PADDING, SMALL, 3)


def _state(cell: HeatCell, width: float, words: ChartWords) -> tuple[str, ...]:
    """What stands at the bottom left: why there is no score, or the note where the score leaves it room."""
    room = width - 2 * _PADDING
    if cell.score is None:
        return wrap(words.without_score(hidden=cell.hidden), room - 2 * MARK - 3, SMALL, 2)
    room -= BODY_BOLD.width(words.score_of(cell.score)) + 4
    return (clip(cell.note, room, SMALL),) if clean(cell.note) and room > _LEAST_NOTE else ()


def _height(cell: HeatCell, width: float, words: ChartWords) -> float:
    name, state = _name(cell, width), max(1, len(_state(cell, width, words)))
    return SMALL.height(max(2, len(name))) + SMALL.height(state) + 2 * (_PADDING + 1) + 6


def _tile(cell: HeatCell, rect: Rect, words: ChartWords) -> HeatTile:
    score, level = checked_score(cell.score), checked_level(cell.level)
    tone: Tone = ON[level - 1] if score is not None and level is not None else "ink"
    left, bottom = rect.x + _PADDING, rect.bottom - _PADDING - 0.5
    name, state = _name(cell, rect.width), _state(cell, rect.width, words)
    texts = [Text(left, rect.y + _PADDING + 1 + SMALL.cap, name, SMALL, tone=tone)] if name else []
    if score is None:
        first = bottom - (len(state) - 1) * SMALL.leading
        texts.append(Text(left + 2 * MARK + 3, first, state, SMALL, tone="muted"))
        mark = Mark("missing", left + MARK, first - SMALL.cap / 2)
        return HeatTile(rect, "missing", None, mark, tuple(texts))
    if state:
        texts.append(Text(left, bottom, state, SMALL, tone=tone))
    texts.append(Text(rect.right - _PADDING, bottom, (words.score_of(score),), BODY_BOLD, "end", tone))
    return HeatTile(rect, "no-level" if level is None else "level", level, None, tuple(texts))
