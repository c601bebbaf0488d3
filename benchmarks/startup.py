"""How long `cxmaturity --help` takes, and bare Python on the same machine.

Run it with the environment's own interpreter: .venv/bin/python benchmarks/startup.py. The ratio is what
carries over from one machine to another; the tests assert what is imported, never a time.
"""

from __future__ import annotations

import subprocess
import sys
from statistics import median
from time import perf_counter

RUNS = 10


def seconds(*arguments: str) -> float:
    """The wall time of one run of Python with these arguments."""
    start = perf_counter()
    subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)
    return perf_counter() - start


def main() -> None:
    """Print both medians and their ratio."""
    commands = {"cxmaturity --help": ("-m", "cxmaturity", "--help"), "python -c pass": ("-c", "pass")}
    for arguments in commands.values():
        seconds(*arguments)  # not counted: it writes the byte code and fills the disk cache
    # taking turns, so that a slow moment of the machine falls on both
    rounds = [{name: seconds(*arguments) for name, arguments in commands.items()} for _ in range(RUNS)]
    program, bare = (median(times[name] for times in rounds) for name in commands)
    for name, time in zip(commands, (program, bare), strict=True):
        print(f"{name:<18} {time * 1000:6.0f} ms  (median of {RUNS})")
    print(f"{'ratio':<18} {program / bare:6.1f}")


if __name__ == "__main__":
    main()
