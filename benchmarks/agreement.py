"""Whether engines agree on every metric: what each is on Parquet, and how far other engines are off.

    python benchmarks/agreement.py
    python benchmarks/agreement.py --spark .venv-spark/bin/python     after `make test-spark`

Run it with the environment's own interpreter, in a checkout: PostgreSQL and the Spark cluster are those of
the tests, which start them and say what they found. A number is the largest relative difference among all
that a metric has to say on the made-up data of a case (typed, texts): the figure, its interval and parts,
segments, trend and series. Counts, days, names, reasons, what is hidden and what was left out have to be the
same, or the cell says in how many places they differ.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from math import isclose
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree import ElementTree as ET

from agreement_data import CASES, TEXTS, made_up, texts, write_file, write_workspace

TOLERANCE = 1e-9
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Comparison:
    """How far a metric is off: the largest relative difference, and everything that is not the same."""

    largest: float
    differences: tuple[str, ...]

    def __str__(self) -> str:
        """A cell of the table."""
        return f"{len(self.differences)} differ" if self.differences else f"{self.largest:.1g}"


def workspaces(folder: Path, case: str) -> dict[str, Path]:
    """Write a workspace for each kind of file, with the tables of a case, and give their folders."""
    import duckdb

    found = {
        kind: write_workspace(folder / f"{case}-{kind}", case, f"evidence/{{}}.{kind}")
        for kind in ("parquet", "csv")
    }
    with duckdb.connect() as connection:
        for name, rows in made_up(connection, case):
            for kind, workspace in found.items():
                write_file(rows, workspace / "evidence" / f"{name}.{kind}")
    return found


def measured(workspace: Path) -> dict[str, Any]:
    """All metrics of a workspace by id. What could not be computed at all is an error."""
    import cxmaturity

    # metrics of other people would need data of their own
    selection = cxmaturity.Selection(third_party=False)
    assessment = cxmaturity.assess(cxmaturity.load(workspace, selection=selection))
    failed = [each for each in assessment.warnings if each.key != "warning.row"]
    if failed:
        raise AssertionError(f"{workspace.name}: {failed}")
    return {metric.id: metric for metric in assessment.metrics}


def compared(expected: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Comparison]:
    """Every metric as two engines have it."""
    return {name: _comparison(expected[name], found[name]) for name in expected}


def _comparison(expected: Any, found: Any) -> Comparison:
    ours, theirs = dict(_leaves(expected)), dict(_leaves(found))
    largest, differences = 0.0, []
    for place in ours.keys() | theirs.keys():
        one, other = ours.get(place, "nothing"), theirs.get(place, "nothing")
        if isinstance(one, float) and isinstance(other, float) and one != other:
            largest = max(largest, abs(one - other) / max(abs(one), abs(other)))
            same = isclose(one, other, rel_tol=TOLERANCE)
        else:
            same = type(one) is type(other) and one == other
        if not same:
            differences.append(f"{place}: {one!r} here, {other!r} there")
    return Comparison(largest, tuple(sorted(differences)))


def _leaves(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Every word and number of a result, with its place; not the names of engines."""
    inner: list[tuple[str, Any]]
    if is_dataclass(value):
        names = [field.name for field in fields(value) if field.name != "engine"]
        inner = [(name, getattr(value, name)) for name in names]
    elif isinstance(value, Mapping):
        inner = list(value.items())
    elif isinstance(value, list | tuple):
        inner = [("length", len(value)), *((str(number), each) for number, each in enumerate(value))]
    else:
        yield place, value
        return
    for name, each in inner:
        yield from _leaves(each, f"{place}.{name}" if place else name)


# ----------------------------------------------------------------------- single cells, whatever they say


def cells(folder: Path, source: str, table: str = "") -> dict[tuple[str, str], Any]:
    """What each of the texts says as a date, a time and a number, and what is wrong with it."""
    from cxmaturity.api import Column
    from cxmaturity.evidence.model import ColumnSource, TableSource
    from cxmaturity.evidence.sources.opening import open_tables
    from cxmaturity.evidence.typed import typed, wrong

    mapped = {name: ColumnSource(name) for name in ("number", "said")}
    place = TableSource((source,), folder, mapped, table)
    found = {}
    with open_tables({"cells": place}, {"cells": list(mapped)}) as opened:
        if opened.problems:
            raise AssertionError(str(opened.problems[0]))
        relation = opened.tables["cells"].relation
        for kind in ("date", "time", "number"):
            said = Column("said", kind, empty_allowed=True)
            for row in relation.engine.rows(typed(relation, place, [Column("number", "key"), said])):
                found[kind, TEXTS[int(row["number"] or 0)]] = row["said"], row[wrong("said")]
    return found


def cells_of_parquet(folder: Path) -> dict[tuple[str, str], Any]:
    """The same of the texts as a file, which is written into the folder."""
    import duckdb

    with duckdb.connect() as connection:
        write_file(texts(connection), folder / "cells.parquet")
    return cells(folder, "cells.parquet")


# ------------------------------------------------------------------------------------------ the table


def of_tests(python: Path, tests: str) -> dict[str, list[str]]:
    """What tests recorded of each metric, a cell for each case."""
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        written = ["-o", "junit_family=xunit1", f"--junitxml={report}"]  # the other family has no properties
        command = [python, "-m", "pytest", *written, "-q", "--no-header", tests]
        subprocess.run(command, cwd=ROOT, stdout=sys.stderr, check=False)
        found: dict[str, list[str]] = {}
        for each in ET.parse(report).iter("property"):  # noqa: S314 - of our own tests
            found.setdefault(each.attrib["name"], []).append(each.attrib["value"])
        return found


def of_csv(folder: Path) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """The metrics on typed Parquet, and how far they are off on CSV, a cell for each case."""
    shown: dict[str, Any] = {}
    found: dict[str, list[str]] = {}
    for case in CASES:
        written = workspaces(folder, case)
        on_parquet = measured(written["parquet"])
        shown = shown or on_parquet
        for name, each in compared(on_parquet, measured(written["csv"])).items():
            found.setdefault(name, []).append(str(each))
    return shown, found


def print_table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table in Markdown."""
    print(f"| {' | '.join(titles)} |")
    print(f"|{' --- |' * len(titles)}")
    for row in rows:
        print(f"| {' | '.join(row)} |")


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description="Whether engines agree on every metric.")
    parser.add_argument("--spark", type=Path, help="the interpreter of the environment with Spark's client")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        shown, on_csv = of_csv(Path(folder))
    engines = {"CSV": on_csv}
    engines["PostgreSQL"] = of_tests(Path(sys.executable), "tests/engines/test_agreement.py")
    if options.spark:
        engines["Spark"] = of_tests(options.spark.absolute(), "tests/spark/test_agreement.py")
    rows = []
    for name, metric in shown.items():
        off = [" / ".join(engine.get(name, ["not run"])) for engine in engines.values()]
        rows.append((name, f"{metric.value:.12g}", str(metric.n), *off))
    print_table(("metric", "Parquet", "n", *engines), rows)


if __name__ == "__main__":
    main()
