"""Wall time and peak memory of the demo's report, against importing WeasyPrint alone.

python benchmarks/report.py
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

RUNS = 3


def measure(*command: str) -> tuple[float, float]:
    """Median seconds of some runs of a command, and the peak memory in MB of all children so far."""
    seconds = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run([sys.executable, *command], check=True, capture_output=True)
        seconds.append(time.perf_counter() - start)
    return median(seconds), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> None:
    """Print both, and the ratio."""
    imported, memory_imported = measure("-c", "import weasyprint")
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "demo.pdf"
        rendered, memory = measure("-m", "cxmaturity", "demo", "-o", str(target))
        size = target.stat().st_size / 1024
    print(f"import weasyprint   {imported:6.2f} s  {memory_imported:6.0f} MB")
    print(f"cxmaturity demo     {rendered:6.2f} s  {memory:6.0f} MB  {size:.0f} kB of PDF")
    print(f"ratio               {rendered / imported:6.1f}")


if __name__ == "__main__":
    main()
