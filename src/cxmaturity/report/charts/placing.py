"""Labels among lines: where text stands so that it covers nothing and nothing runs through it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cxmaturity.report.charts.shapes import MARK, Line, Mark, Rect
from cxmaturity.report.charts.text import Face, Text, Tone

CLEAR = MARK + 0.8
"""From a mark's centre to where text may begin."""
_OVER, _OVERHANG, _SLACK = 2.4, 3.5, 0.01


@dataclass(slots=True)
class Canvas:
    """An area with what is drawn in it so far."""

    area: Rect
    boxes: list[Rect] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    def mark(self, mark: Mark) -> None:
        """Keep a mark's place free of text."""
        self.boxes.append(Rect(mark.x - MARK, mark.y - MARK, 2 * MARK, 2 * MARK))

    def place(self, candidates: Iterable[Text]) -> Text | None:
        """The first candidate that covers nothing, best one that no line crosses; its place is taken then.

        ``None`` where each would leave the area or cover a mark or another text.
        """
        free = [text for text in candidates if self._holds(text.box)]
        clear = (text for text in free if not any(crosses(line, text.box) for line in self.lines))
        chosen = next(clear, free[0] if free else None)
        if chosen is not None:
            self.boxes.append(chosen.box)
        return chosen

    def _holds(self, box: Rect) -> bool:
        area = self.area
        across = area.x - _SLACK <= box.x and box.right <= area.right + _SLACK
        down = area.y - _SLACK <= box.y and box.bottom <= area.bottom + _SLACK
        return across and down and not any(box.overlaps(other) for other in self.boxes)


def around(
    x: float, top: float, bottom: float, lines: tuple[str, ...], face: Face, tone: Tone = "ink"
) -> Iterator[Text]:
    """The places of a label around what stands at ``x`` from ``top`` to ``bottom``: above it before all."""
    above = top - _OVER - (len(lines) - 1) * face.leading
    below = bottom + _OVER + face.cap
    for y in (above, below):
        yield Text(x, y, lines, face, "middle", tone)
        yield Text(x - _OVERHANG, y, lines, face, "start", tone)
        yield Text(x + _OVERHANG, y, lines, face, "end", tone)
    beside = face.centred((top + bottom) / 2, len(lines))
    yield Text(x + CLEAR + 1, beside, lines, face, "start", tone)
    yield Text(x - CLEAR - 1, beside, lines, face, "end", tone)


def crosses(line: Line, box: Rect) -> bool:
    """Whether a line runs through a rectangle (Liang and Barsky's clipping)."""
    across, down = line.x2 - line.x1, line.y2 - line.y1
    enter, leave = 0.0, 1.0
    for step, room in (
        (-across, line.x1 - box.x),
        (across, box.right - line.x1),
        (-down, line.y1 - box.y),
        (down, box.bottom - line.y1),
    ):
        if step == 0:
            if room <= 0:
                return False
        elif step < 0:
            enter = max(enter, room / step)
        else:
            leave = min(leave, room / step)
    return enter < leave
