"""The figures of `assess` as somebody would get them with a spreadsheet; respondents.py writes and runs it.

One sheet has the answers, a row a person, and beside them each person's practices, dimensions and whole. The
other has n, mean and 95 % interval of each column, of all and by role, and how many are in each state. It is
a flat OpenDocument file without results, so that opening it calculates everything.

    python benchmarks/spreadsheet.py with_figures FOLDER     what LibreOffice takes to open and save it
"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np
import survey

STATES = ("unanswered", "dont-know", "n/a", "not-shown")
ROLES = survey.GROUPS["role"]
NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{what}"'
    for name, what in {
        "office": "office:1.0",
        "table": "table:1.0",
        "text": "text:1.0",
        "of": "of:1.2",
    }.items()
)


def letters(number: int) -> str:
    """The name of a column, counted from 0: A, B, …, AA."""
    return (letters(number // 26 - 1) if number >= 26 else "") + chr(ord("A") + number % 26)  # noqa: PLR2004


def formula(text: str) -> str:
    """A cell that is calculated."""
    return f'<table:table-cell table:formula="of:={escape(text)}"/>'


def written(text: str) -> str:
    """A cell with a text."""
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def number(value: int) -> str:
    """A cell with a number."""
    return f'<table:table-cell office:value-type="float" office:value="{value}"/>'


def write_sheet(folder: Path, path: Path, *, formulas: bool) -> None:
    """Write the answers of a folder as a spreadsheet, with the figures or without."""
    codes = np.load(folder / "codes.npy")
    with np.load(folder / "groups.npz") as groups:
        roles = [ROLES[number] for number in groups["role"].tolist()]
    with path.open("w", encoding="utf-8") as file:
        file.write(
            f'<?xml version="1.0" encoding="UTF-8"?><office:document {NAMESPACES} office:version="1.3" '
        )
        file.write('office:mimetype="application/vnd.oasis.opendocument.spreadsheet">')
        file.write('<office:body><office:spreadsheet><table:table table:name="A">')
        for row, (role, answers) in enumerate(zip(roles, codes.T.tolist(), strict=True), 1):
            cells = [
                number(code + 1) if code < survey.OPTIONS else written(STATES[code - 5]) for code in answers
            ]
            own = personal(row) if formulas else ()
            file.write(f"<table:table-row>{written(role)}{''.join([*cells, *own])}</table:table-row>")
        file.write('</table:table><table:table table:name="B">')
        for cells in figures(len(roles)) if formulas else ():
            file.write(f"<table:table-row>{''.join(cells)}</table:table-row>")
        file.write("</table:table></office:spreadsheet></office:body></office:document>")


def personal(row: int) -> list[str]:
    """A person's practices, dimensions and whole, each the mean over what is there of it."""
    cells, start = [], 1
    for parts, count in ((survey.ITEMS, 20), (survey.PRACTICES, 5), (5, 1)):
        for _ in range(count):
            average = f"AVERAGE([.{letters(start)}{row}:.{letters(start + parts - 1)}{row}])"
            cells.append(formula(f'IFERROR({average};"")'))
            start += parts
    return cells


def figures(rows: int) -> Iterator[list[str]]:
    """A row of figures for each column of the first sheet."""
    for column in range(1, len(survey.QUESTIONS) + 27):
        cells = f"[$A.{letters(column)}1:.{letters(column)}{rows}]"
        yield [*of_all(cells), *by_role(cells, f"[$A.A1:.A{rows}]")]


def of_all(cells: str) -> Iterator[str]:
    """The number, the mean, the two ends of its interval, and how many are in each state."""
    half = f"TINV(0.05;COUNT({cells})-1)*STDEV({cells})/SQRT(COUNT({cells}))"
    yield formula(f"COUNT({cells})")
    yield formula(f"AVERAGE({cells})")
    yield formula(f"AVERAGE({cells})-{half}")
    yield formula(f"AVERAGE({cells})+{half}")
    for state in STATES:
        yield formula(f'COUNTIF({cells};"{state}")')


def by_role(cells: str, roles: str) -> Iterator[str]:
    """The same of each role, whose standard deviation follows from a sum of squares."""
    for role in ROLES:
        count, mean = f'COUNTIFS({roles};"{role}";{cells};"<9")', f'AVERAGEIFS({cells};{roles};"{role}")'
        squares = f'SUMPRODUCT({roles}="{role}";{cells};{cells})'
        deviation = f"SQRT(({squares}/{count}-{mean}^2)/({count}-1))"
        yield formula(count)
        yield formula(mean)
        yield formula(f"{mean}-TINV(0.05;{count}-1)*{deviation}")
        yield formula(f"{mean}+TINV(0.05;{count}-1)*{deviation}")


def recalculated(path: Path) -> Sequence[float]:
    """Seconds by the clock and of the CPU, and peak MB, of opening, calculating and saving a sheet."""
    program = shutil.which("soffice") or ""
    with TemporaryDirectory() as folder:
        own = f"-env:UserInstallation=file://{folder}/profile"
        start = perf_counter()
        subprocess.run(
            [program, own, "--headless", "--convert-to", "ods", "--outdir", folder, path],
            check=True,
            capture_output=True,
        )
        wall = perf_counter() - start
        saved = Path(folder, path.name).with_suffix(".ods")
        if not saved.is_file():  # LibreOffice ends with 0 even if it could not read the sheet
            raise FileNotFoundError(saved)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main(name: str, folder: Path) -> None:
    """Write a sheet, which does not count, and print what LibreOffice takes, as JSON."""
    path = folder / f"{name}.fods"
    write_sheet(folder, path, formulas=name == "with_figures")
    print(json.dumps(recalculated(path)))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
