"""What many respondents cost, as ratios to a named reference in the same run, with peak memory beside them.

    python benchmarks/respondents.py scoring      a million in memory, over numpy's weighted means
    python benchmarks/respondents.py file         a million from Parquet, over DuckDB reading it and the means
    python benchmarks/respondents.py growth       from a thousand to a million
    python benchmarks/respondents.py pandas       the same figures in pandas, in an environment made for that
    python benchmarks/respondents.py spreadsheet  and recalculated by LibreOffice, where `soffice` is found

Run it with the environment's own interpreter. Everything is measured in a process of its own, several times
after one run that does not count; reference and subject take turns, so that a slow moment of the machine
falls on both. Times are medians; imports are left out. CPU time is that of all cores together, and says more
where others use the machine too. Memory is the peak of the process with all that it has loaded.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import numpy as np
import survey

RUNS, ROUNDS = 3, 3
ONE_THREAD = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
"""numpy's linear algebra as the program itself sets it."""

MILLION = 1_000_000
SIZES = (1_000, 10_000, 100_000, MILLION)
SHEET = 10_000
MATRIX_MB = MILLION * len(survey.QUESTIONS) * 4 / 1e6
"""The million's answers as one float32 matrix."""

_BLOCK = 4096
"""Rows at a time, which the floor is fastest with."""


@dataclass(frozen=True)
class Measured:
    """Seconds by the clock and of the CPU, and the peak of memory in MB."""

    wall: float
    cpu: float
    memory: float


# ------------------------------------------------------------------------------------------- what is measured


def floor(folder: Path) -> Callable[[], object]:
    """The mean of each question over those who answered, and the weighted mean on top."""
    matrix = survey.matrix_of(folder)
    weights = np.full(matrix.shape[1], 1 / matrix.shape[1])

    def means() -> float:
        sums, counts = np.zeros(matrix.shape[1]), np.zeros(matrix.shape[1])
        for start in range(0, len(matrix), _BLOCK):
            block = matrix[start : start + _BLOCK]
            here, ones = ~np.isnan(block), np.ones(len(block), dtype=np.float32)
            sums += ones @ np.where(here, block, np.float32(0))
            counts += ones @ here.astype(np.float32)
        return float(weights @ (sums / counts))

    return means


def counts_and_means(folder: Path) -> Callable[[], object]:
    """How often each answer was given, and the mean of each question."""
    from cxmaturity.responses.model import AnswerColumn

    columns = survey.engagement_of(folder).workspace.responses.columns

    def means() -> list[float]:
        found = [AnswerColumn(column.codes, column.meanings) for column in columns.values()]
        given = [(column.counts[: column.answered], column.worth[: column.answered]) for column in found]
        return [float(counts @ worth) / int(counts.sum()) for counts, worth in given]

    return means


def with_intervals(folder: Path) -> Callable[[], object]:
    """The same, with the intervals of every question, practice and dimension and of the whole."""
    from cxmaturity.sampling import sample_of, tally

    means = counts_and_means(folder)
    responses = survey.engagement_of(folder).workspace.responses
    prefixes = {name[: len(name) - cut] for name in survey.QUESTIONS for cut in (0, 3, 6, len(name))}

    def intervals() -> list[object]:
        means()
        sample = sample_of(responses, tally(responses, survey.QUESTIONS))
        chosen = [[name for name in survey.QUESTIONS if name.startswith(each)] for each in sorted(prefixes)]
        return [sample.interval(3.0, dict.fromkeys(names, 1 / len(names))) for names in chosen]

    return intervals


def everything(folder: Path) -> Callable[[], object]:
    """``assess`` on answers in memory: all that a result has."""
    from cxmaturity.engagement import assess

    engagement = survey.engagement_of(folder)
    return lambda: assess(engagement)


def read_by_duckdb(folder: Path) -> Callable[[], object]:
    """The Parquet file into numpy's arrays, by DuckDB."""
    import duckdb

    path = str(folder / "responses" / "answers.parquet")

    def read() -> object:
        with duckdb.connect() as connection:
            return connection.read_parquet(path).fetchnumpy()

    return read


def assess_from_file(folder: Path) -> Callable[[], object]:
    """``load`` and ``assess`` of a workspace with a Parquet file."""
    import duckdb  # noqa: F401 - imports are left out of the time

    from cxmaturity.engagement import assess, load

    return lambda: assess(load(folder))


SUBJECTS = {
    each.__name__: each
    for each in (floor, counts_and_means, with_intervals, everything, read_by_duckdb, assess_from_file)
}


def measure(name: str, folder: Path) -> None:
    """Run a subject several times and print what it took, as JSON: what a process of its own does."""
    run = SUBJECTS[name](folder)
    run()  # not counted: lazy imports, and memory that is used for the first time
    wall, cpu = [], []
    for _ in range(RUNS):
        clock, processor = perf_counter(), process_time()
        run()
        wall.append(perf_counter() - clock)
        cpu.append(process_time() - processor)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([median(wall), median(cpu), memory]))


# -------------------------------------------------------------------------------------------------- tables


def measured(folder: Path, names: Sequence[str], *, program: Sequence[str] = ()) -> dict[str, Measured]:
    """The medians over rounds in which the subjects take turns, each in a process of its own."""
    command = [*(program or (sys.executable, __file__, "measure"))]
    rounds: dict[str, list[list[float]]] = {name: [] for name in names}
    for _ in range(ROUNDS):
        for name in names:
            done = subprocess.run(
                [*command, name, folder], check=True, capture_output=True, text=True, env=ONE_THREAD
            )
            rounds[name].append(json.loads(done.stdout))
    return {
        name: Measured(*(median(values) for values in zip(*runs, strict=True)))
        for name, runs in rounds.items()
    }


def table(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table in Markdown."""
    for row in (heading, ["---"] * len(heading), *rows):
        print(f"| {' | '.join(map(str, row))} |")
    print()


def against(found: dict[str, Measured], reference: Measured) -> None:
    """Print subjects with their ratios to a reference."""
    table(
        ("what", "wall s", "CPU s", "peak MB", "wall ratio", "CPU ratio"),
        (
            (
                name.replace("_", " "),
                f"{each.wall:.3f}",
                f"{each.cpu:.3f}",
                f"{each.memory:.0f}",
                f"{each.wall / reference.wall:.2f}",
                f"{each.cpu / reference.cpu:.2f}",
            )
            for name, each in found.items()
        ),
    )


def workspace(folder: Path, size: int, *, parquet: bool = False) -> Path:
    """A workspace with so many respondents, made by another process: memory is inherited as a peak."""
    place = folder / str(size)
    command = [sys.executable, __file__, "prepare", place, str(size), *(["parquet"] if parquet else [])]
    subprocess.run(command, check=True)
    return place


def prepare(place: Path, size: int, *, parquet: bool) -> None:
    """Write a workspace."""
    survey.write_workspace(place, responses=parquet)
    survey.write_codes(place, size)
    if parquet:
        survey.write_parquet(place)


def scoring(folder: Path) -> None:
    """A million in memory: what scoring costs over the floor."""
    names = ("floor", "counts_and_means", "with_intervals", "everything")
    found = measured(workspace(folder, MILLION), names)
    print(f"{MILLION:,} × {len(survey.QUESTIONS)} in memory, over numpy's chunked float32 weighted means\n")
    against(found, found["floor"])


def file(folder: Path) -> None:
    """A million from a file: what the whole costs over reading it and the floor."""
    found = measured(
        workspace(folder, MILLION, parquet=True), ("floor", "read_by_duckdb", "assess_from_file")
    )
    parts = found["floor"], found["read_by_duckdb"]
    reference = Measured(sum(p.wall for p in parts), sum(p.cpu for p in parts), MATRIX_MB)
    print(f"{MILLION:,} × {len(survey.QUESTIONS)} from Parquet, over DuckDB reading it plus the floor\n")
    against(found, reference)
    memory = found["assess_from_file"].memory
    print(f"peak memory over the float32 matrix of {MATRIX_MB:.0f} MB: {memory / MATRIX_MB:.2f}\n")


def growth(folder: Path) -> None:
    """From a thousand to a million: time, memory, and the exponent between neighbours and over all."""
    found = {size: measured(workspace(folder, size), ("everything",))["everything"] for size in SIZES}
    print(f"assess in memory, {len(survey.QUESTIONS)} questions\n")
    rows = [(f"{size:,}", f"{m.wall:.3f}", f"{m.cpu:.3f}", f"{m.memory:.0f}") for size, m in found.items()]
    table(("respondents", "wall s", "CPU s", "peak MB"), rows)
    for part in ("wall", "memory"):
        slope = np.polyfit(np.log(SIZES), np.log([getattr(each, part) for each in found.values()]), 1)[0]
        print(f"exponent of the log-log fit, {part}: {slope:.2f}")
    last = [found[size].wall for size in SIZES[-2:]]
    print(f"and of the last step, wall: {np.log10(last[1] / last[0]):.2f}\n")


def pandas(folder: Path) -> None:
    """The same figures in pandas: a hundred thousand and a million."""
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    python = folder / "venv" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", "pandas"], check=True)
    program = (str(python), str(Path(__file__).with_name("with_pandas.py")))
    for size in SIZES[-2:]:
        place = workspace(folder, size)
        ours = measured(place, ("everything",))
        theirs = measured(place, ("pandas",), program=program)
        print(f"{size:,} × {len(survey.QUESTIONS)} in memory, over assess\n")
        against({**ours, **theirs}, ours["everything"])


def spreadsheet(folder: Path) -> None:
    """The same figures in a spreadsheet, opened, calculated and saved by LibreOffice without a window."""
    if shutil.which("soffice") is None:
        print("spreadsheet: skipped, as there is no `soffice`; install libreoffice-calc\n")
        return
    place = workspace(folder, SHEET)
    program = (sys.executable, str(Path(__file__).with_name("spreadsheet.py")))
    ours = measured(place, ("everything",))
    theirs = measured(place, ("without_figures", "with_figures"), program=program)
    print(f"{SHEET:,} × {len(survey.QUESTIONS)}: LibreOffice opening and saving a sheet, over assess\n")
    against({**ours, **theirs}, ours["everything"])


TABLES = {each.__name__: each for each in (scoring, file, growth, pandas, spreadsheet)}


def main(names: Sequence[str]) -> None:
    """Print the tables that are named, all of them by default."""
    for name in names or TABLES:
        with TemporaryDirectory() as folder:
            TABLES[name](Path(folder))


if __name__ == "__main__":
    if sys.argv[1:2] == ["measure"]:
        measure(sys.argv[2], Path(sys.argv[3]))
    elif sys.argv[1:2] == ["prepare"]:
        prepare(Path(sys.argv[2]), int(sys.argv[3]), parquet="parquet" in sys.argv)
    else:
        main(sys.argv[1:])
