"""How an answer sheet looks: its colours, formats, page and row heights."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_LINE_HEIGHT, _PADDING = 14.5, 9.0
_TALLEST = 400.0
"""In points; Excel allows 409."""
_CHARACTERS = 1.1
"""Characters of running text in the width of one digit, which is what a column's width counts."""
_LONGEST = 16_000
"""Characters; Excel allows a cell 32,767, and counts some of them twice."""
_LONGEST_PART = 5_000
"""The same for one of several texts in a cell."""
_A4 = 9
_PROTECTED = {"format_columns": True, "format_rows": True}
"""What a person may do besides filling in: widen a column, heighten a row."""


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of a sheet, each as ``#rrggbb``: ``accent`` bears white text, ``wash`` fills inputs."""

    accent: str
    wash: str
    line: str
    muted: str
    ink: str


class Look:
    """The formats of one workbook."""

    def __init__(self, book: Workbook, colours: Colours) -> None:
        self._book, self.colours = book, colours
        banner = {"bg_color": colours.accent, "font_color": "#ffffff", "valign": "vcenter", "indent": 1}
        line = {"bottom": 1, "bottom_color": colours.line}
        header = {"bold": True, "font_color": colours.muted, "valign": "vcenter"}
        header |= {"bottom": 2, "bottom_color": colours.accent}
        box = {"border": 1, "border_color": colours.line, "bg_color": colours.wash, "locked": False}
        box |= {"align": "left", "indent": 1}
        self.title = self._style(bold=True, font_size=18, **banner)
        self.banner = self._style(**banner)
        self.banner_right = self._style(align="right", bold=True, **banner)
        self.heading = self._style(bold=True, font_size=12, font_color=colours.accent, valign="bottom")
        self.header = self._style(**header)
        self.header_right = self._style(align="right", **header)
        self.group = self._style(valign="vcenter", bottom=1, bottom_color=colours.accent)
        top = {"top": 1, "top_color": colours.line}
        self.text = self._style()
        self.question = self._style(**top)
        self.question_number = self._style(font_color=colours.muted, **top)
        self.question_options = self._style(font_color=colours.muted, align="left", indent=1, **top)
        self.label = self._style(bold=True, font_color=colours.accent)
        self.muted = self._style(font_color=colours.muted)
        self.option = self._style(font_color=colours.muted, align="left", indent=1)
        self.figure = self._style(align="right", **line)
        self.total = self._style(align="right", bold=True)
        self.total_label = self._style(bold=True)
        self.bar = self._style(font_color=colours.accent, align="left", indent=1, **line)
        self.link = self._style(font_color=colours.accent, underline=1, **line)
        self.mark = self._style(bold=True, font_color=colours.accent, align="center", **top)
        # text stays text: whatever is typed, no spreadsheet makes a date or a formula of it
        self.input = self._style(num_format="@", **box)
        self.number_input = self._style(**box)
        self.fixed = self._style(**{**box, "locked": True, "bg_color": "#ffffff"})
        self.strong = self._style(bold=True)

    def _style(self, **properties: Any) -> Format:
        plain = {"font_name": "Calibri", "font_size": 11, "text_wrap": True, "valign": "top"}
        return self._book.add_format({**plain, "font_color": self.colours.ink, **properties})


def height(*columns: tuple[str, float]) -> float:
    """The points that a row needs for texts in columns of these widths (in characters)."""
    most = max(
        sum(max(1, ceil(len(line) / (width * _CHARACTERS))) for line in text.split("\n"))
        for text, width in columns
    )
    return min(_TALLEST, most * _LINE_HEIGHT + _PADDING)


def fitting(text: str, *, part: bool = False) -> str:
    """A text as far as a cell can hold it, or as far as it can hold it beside others."""
    longest = _LONGEST_PART if part else _LONGEST
    return text if len(text) <= longest else f"{text[:longest]}…"


def set_up(sheet: Worksheet, colours: Colours, *, footer: str, pages: int = 0) -> None:
    """Protection without a password, and an A4 page in landscape as wide as the sheet.

    ``pages`` is how many it may take, 0 for as many as it needs.
    """
    sheet.hide_gridlines(2)
    sheet.set_tab_color(colours.accent)
    sheet.protect("", _PROTECTED)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, pages)
    sheet.set_footer(f"&L&9{footer.replace('&', '&&')[:200]}&R&9&P / &N")
