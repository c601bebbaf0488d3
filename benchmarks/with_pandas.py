"""The figures of `assess` as somebody would get them with pandas; respondents.py runs it where pandas is.

Per question, practice, dimension and for the whole: n, mean and 95 % interval, of all and by role; and of
each question how many are in each state. A person's practice is the mean over what they answered of it.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import numpy as np
import pandas as pd

RUNS = 3
OPTIONS, ITEMS, PRACTICES, DIMENSIONS = 5, 3, 4, 5
NORMAL = 1.96
STATES = ["unanswered", "dont-know", "n/a", "not-shown"]


def frames(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame, pd.Series]:
    """Scores with gaps as NaN, states as categories, and each person's role."""
    codes = np.load(folder / "codes.npy")
    scores = pd.DataFrame({n: np.where(c < OPTIONS, c + 1.0, np.nan) for n, c in enumerate(codes)})
    names = ["answered", *STATES]
    states = pd.DataFrame(
        {
            n: pd.Categorical.from_codes(np.maximum(c, OPTIONS - 1) - (OPTIONS - 1), names)
            for n, c in enumerate(codes)
        }
    )
    with np.load(folder / "groups.npz") as groups:
        return scores, states, pd.Series(groups["role"])


def summary(scores: pd.DataFrame, states: pd.DataFrame, role: pd.Series) -> list[pd.DataFrame]:
    """All figures."""
    practices = {
        f"p{number}": scores.iloc[:, number * ITEMS : (number + 1) * ITEMS].mean(axis=1)
        for number in range(PRACTICES * DIMENSIONS)
    }
    dimensions = {
        f"d{number}": pd.concat(
            [practices[f"p{number * PRACTICES + part}"] for part in range(PRACTICES)], axis=1
        ).mean(axis=1)
        for number in range(DIMENSIONS)
    }
    overall = pd.concat(dimensions, axis=1).mean(axis=1).rename("overall")
    columns = pd.concat([scores, pd.DataFrame({**practices, **dimensions}), overall], axis=1)
    groups = [columns, *(part for _, part in columns.groupby(role))]
    return [*map(intervals, groups), states.apply(lambda column: column.value_counts())]


def intervals(columns: pd.DataFrame) -> pd.DataFrame:
    """The number, mean and 95 % interval of each column."""
    table = columns.agg(["count", "mean", "sem"]).T
    table["low"] = table["mean"] - NORMAL * table["sem"]
    table["high"] = table["mean"] + NORMAL * table["sem"]
    return table


def main(folder: Path) -> None:
    """Print the medians of seconds, of CPU seconds, and the peak of memory in MB."""
    data = frames(folder)
    summary(*data)
    wall, cpu = [], []
    for _ in range(RUNS):
        clock, processor = perf_counter(), process_time()
        summary(*data)
        wall.append(perf_counter() - clock)
        cpu.append(process_time() - processor)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([median(wall), median(cpu), memory]))


if __name__ == "__main__":
    main(Path(sys.argv[-1]))
