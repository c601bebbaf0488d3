"""What a user sees of files that are broken or made to do harm, and what they cost: seconds and MB.

Run it with the environment's own interpreter: .venv/bin/python benchmarks/hostile.py. It writes each file
into a workspace of its own and assesses that. With the name of a file it prints that run as JSON, by which
tests/responses/test_hostile.py holds the same files to their limits.
"""

from __future__ import annotations

import codecs
import json
import os
import random
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

QUESTION = "culture.shared-understanding.meaning"
SETTINGS = (
    "organisation: {name: Acme}\nquestionnaire: quick-scan\nresponses: [responses/*]\nconfidential: false\n"
)
CPU_SECONDS = 30

Write = Callable[[Path], object]


@dataclass(frozen=True)
class Run:
    """How an assessment ended: exit code, what stderr says, wall time, peak memory in MB."""

    code: int
    said: str
    seconds: float
    megabytes: float


# ------------------------------------------------------------------------------------------- workbooks


def workbook(
    path: Path, rows: str | bytes, extra: Mapping[str, str | bytes] | None = None, head: str = ""
) -> None:
    """A workbook with one sheet that holds these rows."""
    first = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{QUESTION}</t></is></c></row>'
    sheet = rows if isinstance(rows, bytes) else rows.encode()
    parts: dict[str, str | bytes] = {
        "xl/workbook.xml": '<workbook xmlns:r="r"><sheets><sheet name="A" r:id="1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": (
            '<R><Relationship Id="1" Type="r/worksheet" Target="worksheets/a.xml"/></R>'
        ),
        "xl/worksheets/a.xml": (
            f"{head}<worksheet><sheetData>{first}".encode() + sheet + b"</sheetData></worksheet>"
        ),
        **(extra or {}),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def many_cells(path: Path) -> None:
    """Four million rows, which pack no better than real ones."""
    numbers = random.Random(1).choices(range(5), k=1000)  # noqa: S311 - no secret
    rows = "".join(f"<row><c><v>{number}</v></c></row>" for number in numbers)
    workbook(path, rows.encode() * 4000, {"noise": random.Random(1).randbytes(1_000_000)})  # noqa: S311


def many_texts(path: Path) -> None:
    """Three million shared texts."""
    texts = "".join(f"<si><t>{number:x}</t></si>" for number in range(3_000_000))
    workbook(path, "", {"xl/sharedStrings.xml": f"<sst>{texts}</sst>"})


def many_parts(path: Path) -> None:
    """A zip with 60,000 parts."""
    workbook(path, "", {f"part-{number}": "" for number in range(60_000)})


ENTITIES = "<!DOCTYPE w [" + "".join(
    f'<!ENTITY e{level} "{f"&e{level - 1};" * 10 if level else "ha"}">' for level in range(10)
)
OUTSIDE = '<!DOCTYPE w [<!ENTITY e9 SYSTEM "file:///etc/passwd">'
ENTITY_CELL = '<row><c t="inlineStr"><is><t>&e9;</t></is></c></row>'
FORMULAS = '<row><c><f>HYPERLINK("http://example.org")</f><v>3</v></c></row>' * 3


# --------------------------------------------------------------------------------------------- Parquet


def parquet(query: str) -> Write:
    """A Parquet file of what a query gives."""

    def write(path: Path) -> None:
        import duckdb  # lazy: only some of the files need it

        duckdb.sql(f"COPY ({query}) TO '{path}' (FORMAT parquet)")

    return write


def cut(path: Path) -> None:
    """A Parquet file that lacks its end."""
    parquet("SELECT 1 AS a")(path)
    path.write_bytes(path.read_bytes()[:-20])


def damaged(path: Path) -> None:
    """A Parquet file with noise in the place of its data."""
    parquet(f"SELECT 'x' || i AS \"{QUESTION}\" FROM range(100000) t(i)")(path)  # noqa: S608 - no input
    content = bytearray(path.read_bytes())
    content[100:4000] = random.Random(1).randbytes(3900)  # noqa: S311 - no secret
    path.write_bytes(content)


def lying(path: Path) -> None:
    """A Parquet file whose footer is longer than itself."""
    path.write_bytes(b"PAR1" + b"\0" * 100 + (2**31).to_bytes(4, "little") + b"PAR1")


def long_footer(path: Path) -> None:
    """A Parquet file that is nothing but a footer of 50 MB."""
    path.write_bytes(b"PAR1" + b"\x19" * 50_000_000 + (50_000_000).to_bytes(4, "little") + b"PAR1")


# ------------------------------------------------------------------------------------------- text files


def long_line(path: Path) -> None:
    """One line of a gigabyte, most of which is a hole."""
    with path.open("wb") as file:
        file.write(f"respondent,{QUESTION}\nr1,".encode())
        file.truncate(1_000_000_000)


def link_outside(path: Path) -> None:
    """A link to a file elsewhere."""
    outside = path.parents[2] / "outside.csv"
    outside.write_text(f"{QUESTION}\n1\n", encoding="utf-8")
    path.symlink_to(outside)


def as_is(content: str | bytes, repeated: str = "", times: int = 0, end: str = "") -> Write:
    """A file with this content, then something many times, then its end."""
    start = content if isinstance(content, bytes) else content.encode()
    return lambda path: path.write_bytes(start + repeated.encode() * times + end.encode())


HEAD = f"respondent,{QUESTION}\n"
LAUGHS = "a0: &a0 [ha, ha]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)
)

FILES: dict[str, tuple[str, Write]] = {
    "cell in the last row and column": (
        "far.xlsx",
        lambda path: workbook(path, '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    ),
    "headings up to the last column": (
        "far.xlsx",
        lambda path: workbook(
            path, "", {"xl/worksheets/a.xml": '<w><row><c r="XFD1"><v>1</v></c></row></w>'}
        ),
    ),
    "zip bomb (1 MB, 300 MB unpacked)": ("bomb.xlsx", lambda path: workbook(path, b" " * 300_000_000)),
    "zip bomb (190 MB unpacked)": ("bomb.xlsx", lambda path: workbook(path, b" " * 190_000_000)),
    "four million rows": ("cells.xlsx", many_cells),
    "three million texts": ("texts.xlsx", many_texts),
    "60,000 parts": ("parts.xlsx", many_parts),
    "a tag of 100 MB": (
        "tag.xlsx",
        lambda path: workbook(
            path,
            b'<row a="' + b"x" * 100_000_000,
            {"noise": random.Random(1).randbytes(1_000_000)},  # noqa: S311
        ),
    ),
    "entity bomb": ("entities.xlsx", lambda path: workbook(path, ENTITY_CELL, head=ENTITIES + "]>")),
    "entity from outside": ("entity.xlsx", lambda path: workbook(path, ENTITY_CELL, head=OUTSIDE + "]>")),
    "formula cells": ("formula.xlsx", lambda path: workbook(path, FORMULAS)),
    "password, or old .xls": ("old.xlsx", as_is(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5000)),
    "cut off workbook": (
        "cut.xlsx",
        lambda path: (workbook(path, ""), path.write_bytes(path.read_bytes()[:-100])),
    ),
    "text called .xlsx": ("text.xlsx", as_is("a,b\n1,2\n")),
    "folder": ("folder.csv", lambda path: path.mkdir()),
    "pipe": ("pipe.csv", os.mkfifo),
    "link out of the workspace": ("link.csv", link_outside),
    "Latin-1": ("latin.csv", as_is(HEAD.encode() + "r1,prêt\n".encode("latin-1"))),
    "UTF-16 without mark": ("utf16.csv", as_is((HEAD + "r1,1\n").encode("utf-16-le"))),
    "UTF-16 cut in half": ("utf16.csv", as_is(codecs.BOM_UTF16_LE + HEAD.encode("utf-16-le")[:-1])),
    "NUL bytes": ("nul.csv", as_is(HEAD + "r1,\0\n")),
    "ten million columns": ("columns.csv", as_is(HEAD.strip(), ",a", 10_000_000)),
    "line of 1 GB": ("line.csv", long_line),
    "quote that is never closed, 100 MB": ("quote.csv", as_is(HEAD + 'r1,"', "r2,1\n", 20_000_000)),
    "a row that never ends, 100 MB": ("row.csv", as_is(HEAD, '"\n",', 20_000_000)),
    "rows of other lengths": ("rows.csv", as_is(HEAD, "r1,1,2\n", 5000)),
    "YAML laughs": ("laughs.yaml", as_is(LAUGHS)),
    "deep YAML": ("deep.yaml", as_is("", "[", 100_000)),
    "deep JSON": ("deep.json", as_is("", "[", 1_000_000)),
    "key twice in JSON": ("twice.json", as_is('{"respondents": [], "respondents": []}')),
    "NaN in JSON": ("nan.json", as_is('{"respondents": [{"id": "a", "answers": {"x": NaN}}]}')),
    "number of a million digits in JSON": ("digits.json", as_is("[", "9", 1_000_000, "]")),
    "five million lists in JSON": ("lists.json", as_is("[", "[],", 5_000_000, "[]]")),
    "half a million objects in JSON": ("objects.json", as_is("[", "{},", 490_000, "{}]")),
    "text called .parquet": ("text.parquet", as_is("a,b\n1,2\n")),
    "cut off Parquet": ("cut.parquet", cut),
    "damaged Parquet": ("damaged.parquet", damaged),
    "footer longer than the file": ("lying.parquet", lying),
    "footer of 50 MB": ("footer.parquet", long_footer),
    "lists and structures": ("nested.parquet", parquet("SELECT [1] AS a, {'b': 1} AS b")),
    "twenty million equal rows": (
        "equal.parquet",
        parquet(f'SELECT 1 AS "{QUESTION}" FROM range(20000000)'),  # noqa: S608 - no input
    ),
    "text of 200 MB": ("text.parquet", parquet(f"SELECT repeat('x', 200000000) AS \"{QUESTION}\"")),
    "a hundred long texts, 400 times each": (
        "texts.parquet",
        parquet(
            f'SELECT repeat(chr(97 + (i % 26)::INT), 50000 + (i % 100)::INT) AS "{QUESTION}" '  # noqa: S608
            "FROM range(40000) t(i)"
        ),
    ),
    **{
        f"nothing in a {kind}": (f"nothing.{kind}", as_is(b""))
        for kind in ("yaml", "json", "jsonl", "csv", "tsv")
    },
    **{f"nothing in a {kind}": (f"nothing.{kind}", as_is(b"")) for kind in ("xlsx", "parquet")},
}
"""Each file by what is wrong with it: its name, and what writes it."""


def write(name: str, folder: Path) -> None:
    """Write a workspace that holds one of the files."""
    file, make = FILES[name]
    (folder / "acme" / "responses").mkdir(parents=True)
    (folder / "acme" / "assessment.yaml").write_text(SETTINGS, encoding="utf-8")
    make(folder / "acme" / "responses" / file)


def assess(workspace: Path) -> Run:
    """Assess a workspace in a process of its own, which is ended after too long."""
    command = [sys.executable, "-m", "cxmaturity", "assess", workspace.name]
    said = workspace.parent / "said"
    start = perf_counter()
    with said.open("wb") as stderr, Path(os.devnull).open("wb") as nothing:
        process = os.posix_spawn(
            command[0],
            command,
            {**os.environ, "PYTHONSAFEPATH": "1"},
            file_actions=[
                (os.POSIX_SPAWN_DUP2, nothing.fileno(), 1),
                (os.POSIX_SPAWN_DUP2, stderr.fileno(), 2),
            ],
        )
        resource.prlimit(process, resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        _, status, used = os.wait4(process, 0)
    seconds = perf_counter() - start
    return Run(os.waitstatus_to_exitcode(status), said.read_text(), seconds, used.ru_maxrss / 1024)


def run_of(name: str) -> Run:
    """Assess a workspace with one of the files.

    Another process writes the file: what a process has ever taken counts for those that it starts.
    """
    with TemporaryDirectory() as folder:
        subprocess.run([sys.executable, __file__, name, folder], check=True)
        os.chdir(folder)
        return assess(Path(folder) / "acme")


def table() -> None:
    """Print the table of all files."""
    print("| file | exit | seconds | MB | what a user sees |\n| --- | --- | --- | --- | --- |")
    for name in FILES:
        run = run_of(name)
        seen = run.said.strip().splitlines() or [""]
        more = f" (and {len(seen) - 1} more)" if len(seen) > 1 else ""
        shown = seen[0].replace("acme/", "").replace("|", "\\|")
        print(
            f"| {name} | {run.code} | {run.seconds:.1f} | {run.megabytes:.0f} | `{shown}`{more} |", flush=True
        )


if __name__ == "__main__":
    match sys.argv[1:]:
        case [name, folder]:
            write(name, Path(folder))
        case [name]:
            print(json.dumps(asdict(run_of(name))))
        case _:
            table()
