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

MAX_JSON = 24_000_000
"""A JSON file is read whole: with four bytes for each of its characters, this is 120 MB."""

MAX_JSON_VALUES = 1_500_000
"""Values in a JSON file: an empty list takes 64 bytes where the file has two."""

MAX_ZIP_DIRECTORY = 1_000_000
"""A workbook's table of contents: Python builds an object from each 46 bytes of it."""

MAX_UNZIPPED = 200_000_000
"""All that is packed in a workbook, unpacked."""

MAX_ZIP_RATIO = 200
"""How much larger a workbook may be unpacked: spreadsheet programs reach 50, a bomb 1,000."""

MAX_WORKBOOK_CELLS = 3_000_000
"""Cells of a sheet: 50,000 respondents with 60 answers, which take seconds."""

MAX_WORKBOOK_TEXT = 60_000_000
"""Characters of all texts in a workbook, which are kept in memory."""

MAX_PARQUET_FOOTER = 2_000_000
"""The table of contents of a Parquet file: every few bytes of it become an object."""

MAX_PARQUET_CELLS = 1_000_000_000
"""Rows times columns of a Parquet file: a few bytes can stand for a billion equal cells."""
