"""How large a file of answers may be, and why: what is larger is no survey, or is meant to do harm.

Files come from other people. Each limit is far above what surveys need and low enough that a file made to
exhaust the machine is refused within seconds, in less than 300 MB. Sizes are bytes unless they say otherwise.
"""

from __future__ import annotations

MAX_ROWS = 5_000_000
"""Rows of a table: five times the largest survey that an assessment is made for."""

MAX_COLUMNS = 5_000
"""Columns of a table: survey tools that give each option a column of its own stay below 2,000."""

MAX_CELL = 100_000
"""Characters of a cell, fifty pages of text: more is a quote that is never closed."""

MAX_LINE = 1_000_000
"""Characters of a line of a text file, so that one without line ends is not read whole."""

MAX_RECORD = 4_000_000
"""Characters of a row that goes over several lines, its cells holding line ends."""

MAX_TEXT = 600_000_000
"""What all different cells of a table may take in memory, each counted with what Python adds to it."""

MAX_LEFT_OUT = 1_000
"""Rows of a table that cannot be understood: with more of them it is the file that is wrong."""

MAX_JSON = 16_000_000
"""A JSON file is read whole: with four bytes for each of its characters, this is 80 MB."""

MAX_JSON_VALUES = 1_000_000
"""Values in a JSON file: an empty list takes 64 bytes where the file has two."""

MAX_ZIP_DIRECTORY = 1_000_000
"""A workbook's table of contents: Python builds an object from each 46 bytes of it."""

MAX_UNZIPPED = 200_000_000
"""All that is packed in a workbook, unpacked."""

MAX_ZIP_RATIO = 200
"""How much larger a workbook may be unpacked: spreadsheet programs reach 50, a bomb 1,000."""

MAX_WORKBOOK_CELLS = 2_000_000
"""Cells of a sheet: 33,000 respondents with 60 answers, which take seconds."""

MAX_SHEETS_LISTED = 1_000_000
"""The list of sheets of a workbook that may be an answer sheet."""

MAX_SHEET_UNPACKED = 5_000_000
"""An answer sheet, unpacked: sixty questions take a third of a million, and openpyxl forty times as much."""

MAX_SHEET_ROWS, MAX_SHEET_COLUMNS, MAX_SHEET_CELLS = 20_000, 6, 200_000
"""What is looked at of an answer sheet: rows and columns of each of its sheets, and cells of all of them."""

MAX_XML_ELEMENTS = 5_000_000
"""Elements in a part of a workbook: two or three for each cell."""

MAX_TOKEN = 2_000_000
"""A tag of XML, which is kept in memory until it ends."""

MAX_WORKBOOK_TEXT = 100_000_000
"""All texts in a workbook, which are kept in memory."""

MAX_PARQUET_FOOTER = 2_000_000
"""The table of contents of a Parquet file: every few bytes of it become an object."""

MAX_PARQUET_CHUNK = 20_000_000
"""A column of a row group, unpacked: from here on it is looked at whether one text is too long."""

DUCKDB_MEMORY = "200MB"
"""What DuckDB may take to unpack a file: it needs 20 MB for a million rows."""
