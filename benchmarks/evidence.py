"""What metrics from customer data cost: NPS, churn, complaints and lifetime value by segment.

    python benchmarks/evidence.py --rows 1e6 1e7 --memory-limit 4GB --repeat 3 --data /tmp/evidence
    python benchmarks/evidence.py … --python /tmp/venv-bench/bin/python     where Polars, pandas, PySpark are

Run it with the environment's own interpreter. The reference is SQL written by hand for DuckDB, and everything
else is a ratio to that in the same run. All take turns, each time in a process of its own, after a run of the
reference that does not count. Times are medians, memory is the highest. `wall s` is what the metrics take,
`with start s` the whole process with interpreter, imports and start of the engine; CPU time and peak memory
are those of the whole process, and with PySpark memory is that of Python or Java, whichever has more. The
memory limit is that of the hand-written SQL and of the subject, and Spark's heap; Polars and pandas take what
they find. Data are written once: remove them after a change to how they are made.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf, isclose
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import evidence_others

HERE = Path(__file__).parent
REFERENCE, SUBJECT, WHOLE = "hand-written SQL", "cxmaturity", "cxmaturity, all of it"
COSTS = ("wall s", "with start s", "CPU s", "peak MB")
METRICS = ("nps", "churn", "complaints", "clv", "all")
TOLERANCE = 1e-9
UNITS = {"MB": 1, "GB": 1000}

Key = tuple[str, str, str]
"""Metric, group and name of a figure."""


@dataclass(frozen=True)
class Run:
    """What a process took, in seconds and MB, and the result that it wrote."""

    start_to_end: float
    cpu: float
    memory: float
    result: dict[str, Any]

    @property
    def wall(self) -> float:
        """The seconds of all metrics."""
        return float(sum(self.result["seconds"].values()))

    @property
    def figures(self) -> dict[Key, float | None]:
        """All figures."""
        return {
            (metric, group, name): value
            for metric, groups in self.result["figures"].items()
            for group, figures in groups.items()
            for name, value in figures.items()
        }


class Failed(Exception):  # noqa: N818 - says why there is no result
    """An engine gave no result."""


def run(command: Sequence[str], folder: Path, memory_limit: str, scratch: Path) -> Run:
    """Let an engine compute everything in a process of its own."""
    with TemporaryDirectory(dir=scratch) as own:
        out, said, temporary = Path(own, "out.json"), Path(own, "said"), Path(own, "temporary")
        temporary.mkdir()
        arguments = [*command, str(folder), str(out), memory_limit, str(temporary)]
        start = perf_counter()
        with said.open("wb") as output:
            duplicates = [(os.POSIX_SPAWN_DUP2, output.fileno(), number) for number in (1, 2)]
            process = os.posix_spawn(arguments[0], arguments, os.environ, file_actions=duplicates)
            _, status, used = os.wait4(process, 0)
        seconds = perf_counter() - start
        code = os.waitstatus_to_exitcode(status)
        if code == evidence_others.MISSING:
            raise Failed("not installed")
        if code:
            last = said.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:]
            raise Failed(f"ended by signal {-code}" if code < 0 else "".join(last) or f"exit code {code}")
        result = json.loads(out.read_text(encoding="utf-8"))
        return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / 1e6, result)


def engines(python: str) -> dict[str, list[str]]:
    """How each engine is started."""
    others = {name: [python, str(HERE / "evidence_others.py"), name] for name in evidence_others.ENGINES}
    return {
        REFERENCE: [sys.executable, str(HERE / "evidence_sql.py")],
        SUBJECT: [sys.executable, str(HERE / "evidence_subject.py"), "queries"],
        WHOLE: [sys.executable, str(HERE / "evidence_subject.py"), "everything"],
        **others,
    }


def measured(
    commands: dict[str, list[str]], folder: Path, options: argparse.Namespace
) -> tuple[dict[str, list[Run]], dict[str, str]]:
    """The runs of each engine, taken in turns, and why others have none."""
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    failed: dict[str, str] = {}
    run(commands[REFERENCE], folder, options.memory_limit, options.data)  # not counted: fills the disk cache
    for _ in range(options.repeat):
        for name in list(runs):
            try:
                runs[name].append(run(commands[name], folder, options.memory_limit, options.data))
            except Failed as error:
                failed[name] = str(error)
                del runs[name]
    return runs, failed


def agreement(expected: dict[Key, float | None], runs: Iterable[Run]) -> str:
    """Whether all figures are those expected, or the first that is not."""
    lacking = 0
    for figures in (each.figures for each in runs):
        for key, value in expected.items():
            given = figures.get(key, value)
            if not (given == value or (given and value and isclose(given, value, rel_tol=TOLERANCE))):
                return f"no: {' '.join(key)} is {given} and not {value}"
        lacking = len(expected.keys() - figures.keys())
    return f"yes, but {lacking} of {len(expected)} not given" if lacking else f"yes, all {len(expected)}"


def table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table in Markdown."""
    for row in (heading, ["---"] * len(heading), *rows):
        print(f"| {' | '.join(row)} |")
    print(flush=True)


def costs(runs: Sequence[Run]) -> tuple[float, float, float, float]:
    """The medians of wall time without and with start, and of CPU time; the highest peak of memory."""
    return (
        median(each.wall for each in runs),
        median(each.start_to_end for each in runs),
        median(each.cpu for each in runs),
        max(each.memory for each in runs),
    )


def compared(runs: Sequence[Run], reference: Sequence[Run], limit: float) -> list[str]:
    """What an engine took, the ratios to the reference, and whether it says the same."""
    wall, start_to_end, cpu, memory = own = costs(runs)
    over = " (over the limit)" if memory > limit else ""
    shown = [f"{wall:.3f}", f"{start_to_end:.2f}", f"{cpu:.2f}", f"{memory:.0f}{over}"]
    ratios = [f"{each / other:.2f}" for each, other in zip(own, costs(reference), strict=True)]
    return [*shown, *ratios, agreement(reference[0].figures, runs)]


def by_metric(runs: Sequence[Run]) -> Iterable[str]:
    """An engine's seconds for each metric."""
    for metric in METRICS:
        seconds = [each.result["seconds"].get(metric) for each in runs]
        yield "–" if None in seconds else f"{median(seconds):.3f}"


def compare(rows: int, options: argparse.Namespace) -> None:
    """Measure all engines on data of a size, and print the tables."""
    folder = options.data / f"rows-{rows}"
    # by another process, as is everything: memory is inherited as a peak
    subprocess.run([sys.executable, HERE / "evidence_data.py", folder, str(rows)], check=True)
    runs, failed = measured(engines(options.python), folder, options)
    names = {name: each[0].result["engine"] for name, each in runs.items()}
    names |= {name: f"{name} ({names[name]})" for name in (REFERENCE, SUBJECT) if name in runs}
    print(f"## {rows:,} rows, memory limit {options.memory_limit}, runs: {options.repeat}\n")
    amount, unit = options.memory_limit[:-2], options.memory_limit[-2:]
    limits = dict.fromkeys((REFERENCE, SUBJECT), int(amount) * UNITS[unit])
    table(
        (
            "what",
            *COSTS,
            *(f"{cost.removesuffix(' s').removesuffix(' MB')} ratio" for cost in COSTS),
            "agrees",
        ),
        (
            (names[name], *compared(each, runs[REFERENCE], limits.get(name, inf)))
            for name, each in runs.items()
        ),
    )
    table(
        ("seconds for", *METRICS),
        ((names[name], *by_metric(each)) for name, each in runs.items()),
    )
    for name, why in failed.items():
        print(f"{name}: {why}\n", flush=True)


def main() -> None:
    """Compare on data of each size asked for."""
    parser = argparse.ArgumentParser(description="What metrics from customer data cost.")
    parser.add_argument("--rows", nargs="+", type=float, default=[1e6], help="about so many in all tables")
    parser.add_argument("--memory-limit", default="4GB", type=memory_limit, help="like 4GB or 500MB")
    parser.add_argument("--repeat", default=3, type=int, help="runs of each engine")
    parser.add_argument("--data", type=Path, required=True, help="where data are kept, with room to spill")
    parser.add_argument("--python", default=sys.executable, help="an interpreter with the other engines")
    options = parser.parse_args()
    options.data = options.data.absolute()
    for rows in options.rows:
        compare(int(rows), options)


def memory_limit(text: str) -> str:
    """A number with its unit."""
    if not re.fullmatch(r"[1-9]\d*[MG]B", text):
        raise argparse.ArgumentTypeError(f"{text} is not like 4GB or 500MB")
    return text


if __name__ == "__main__":
    main()
