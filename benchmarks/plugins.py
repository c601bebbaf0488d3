"""What 30 installed plugins cost `cxmaturity --help` and `cxmaturity plugins`, as ratios to none.

Run it with the environment's own interpreter: .venv/bin/python benchmarks/plugins.py. The plugins are written
by `cxmaturity plugins new` and laid into a folder on the path with their metadata, as pip would.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

RUNS = 10
PLUGINS = 30


def seconds(path: str, *arguments: str) -> float:
    """The wall time of one run of the program with a folder on the path."""
    environment = {**os.environ, "PYTHONPATH": path}
    command = [sys.executable, "-m", "cxmaturity", *arguments]
    start = perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, env=environment, check=True)
    return perf_counter() - start


def install(number: int, site: Path) -> None:
    """Write a new plugin and lay its package and its metadata into a folder."""
    name = f"dimension-{number:02}"
    project = site / name
    subprocess.run(
        [sys.executable, "-m", "cxmaturity", "plugins", "new", name, "--yes", "--output", str(project)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    package = next((project / "src").iterdir())
    shutil.move(package, site / package.name)
    metadata = site / f"{package.name}-0.1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: cxmaturity-{name}\nVersion: 0.1.0\n")
    (metadata / "entry_points.txt").write_text(f"[cxmaturity]\n{name} = {package.name}\n")
    shutil.rmtree(project)


def main() -> None:
    """Print both medians and their ratio for each command."""
    with TemporaryDirectory() as with_plugins, TemporaryDirectory() as without:
        for number in range(PLUGINS):
            install(number, Path(with_plugins))
        for arguments in (("--help",), ("plugins",)):
            for path in (with_plugins, without):
                seconds(path, *arguments)  # not counted: it writes the byte code and fills the disk cache
            # taking turns, so that a slow moment of the machine falls on both
            rounds = [(seconds(with_plugins, *arguments), seconds(without, *arguments)) for _ in range(RUNS)]
            many, none = (median(times) for times in zip(*rounds, strict=True))
            print(
                f"cxmaturity {arguments[0]:<8} {PLUGINS} plugins {many * 1000:5.0f} ms, "
                f"none {none * 1000:5.0f} ms, ratio {many / none:.2f}  (medians of {RUNS})"
            )


if __name__ == "__main__":
    main()
