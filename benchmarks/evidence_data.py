"""Made-up customer data of any size in Parquet, and the form in which engines say what they make of it.

    python benchmarks/evidence_data.py FOLDER 1e7 [SEED]      about 10⁷ rows in all, the same ones each time

Survey and orders are nearly three quarters of the rows. A company grows evenly over five years; customers'
numbers are in no order, the logs in order of time, and each customer stays in one segment. Some leave, some
of these come back, some have two contracts at once; some never buy; all logs run on for a month after the
period, as an organisation's do. Nothing needs more than the standard library but writing the data.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from time import perf_counter

START, END = "2025-10-31", "2026-10-31"
"""The day before the first, and the last day, of the period: ``START < day <= END``."""

BEFORE, AFTER = "2024-10-31", "2026-11-01"
"""The same before the period, for who bought in the twelve months before it; and the day after it."""

MARGIN, DISCOUNT, YEAR = 0.3, 0.1, 365.25
"""What lifetime value takes as given: profit in revenue, the discount of a year, and its days."""

TABLES = ("answers", "customers", "complaints", "purchases")

Figures = dict[str, dict[str, float | None]]
"""Figures by name, of each segment."""

_SETTINGS = """
SET VARIABLE customers = (SELECT 0.25 * {rows})::BIGINT;
SET VARIABLE buyers = getvariable('customers') * 49 // 50;
SET VARIABLE purchases = (SELECT 0.43 * {rows})::BIGINT;
SET VARIABLE answers = (SELECT 0.30 * {rows})::BIGINT;
SET VARIABLE complaints = (SELECT 0.02 * {rows})::BIGINT;
SET VARIABLE first = DATE '2021-11-01';
SET VARIABLE last = DATE '2026-11-30';
SET VARIABLE days = getvariable('last') - getvariable('first') + 1;
SET VARIABLE salt = {seed};

-- A number from 0 to 1 for a row and a purpose. Powers of 5 permute the numbers below 2³¹ − 1. DuckDB's own
-- hash is quicker, but may be another in its next version.
CREATE MACRO power(x) AS (x * x % 2147483647) * (x * x % 2147483647) % 2147483647 * x % 2147483647;
CREATE MACRO draw(row, purpose) AS power((row * purpose + getvariable('salt')) % 2147483647) / 2147483647;

-- Of customers counted in the order in which they come: number, segment, first day
CREATE MACRO number(customer) AS customer * 2654435761 % getvariable('customers');
CREATE MACRO segment(customer) AS CASE
    WHEN draw(customer, 15485863) < 0.50 THEN 'consumer' WHEN draw(customer, 15485863) < 0.72 THEN 'family'
    WHEN draw(customer, 15485863) < 0.88 THEN 'business' WHEN draw(customer, 15485863) < 0.95 THEN 'public'
    ELSE 'enterprise' END;
CREATE MACRO day(row, rows) AS getvariable('first') + (row * getvariable('days') // rows)::INTEGER;
CREATE MACRO known(row, rows) AS row * getvariable('customers') // rows;
"""

_QUERIES = {
    "answers": """
WITH given AS (
    SELECT day(i, getvariable('answers')) AS "at",
        floor(draw(i, 32452843) * known(i, getvariable('answers')))::BIGINT AS k,
        draw(i, 49979687) AS mood
    FROM range(getvariable('answers')) AS t(i)
), seen AS (
    SELECT *, segment(k) AS segment FROM given
)
SELECT number(k) AS customer,
    floor(11 * mood ** (0.25 + length(segment) / 30))::TINYINT AS score,
    "at", segment
FROM seen
""",
    "customers": """
WITH joined AS (
    SELECT k, day(k, getvariable('customers')) AS since,
        CASE WHEN draw(k, 67867967) < 0.35
        THEN 30 + floor(1500 * draw(k, 86028121))::INTEGER END AS stays
    FROM range(getvariable('customers')) AS t(k)
), contracts AS (
    SELECT k, since, CASE WHEN since + stays <= getvariable('last') THEN since + stays END AS until
    FROM joined
), again AS (
    SELECT k, coalesce(until + 90, since + 10) AS since, NULL AS until
    FROM contracts WHERE k % 25 = 0
)
SELECT number(k) AS customer, since, until, segment(k) AS segment FROM contracts
UNION ALL
SELECT number(k) AS customer, since, until, segment(k) AS segment FROM again
WHERE since <= getvariable('last')
""",
    "complaints": """
WITH received AS (
    SELECT i, floor(draw(i, 104395301) * known(i, getvariable('complaints')))::BIGINT AS k,
        86400 * getvariable('days')::BIGINT * i // getvariable('complaints') AS opens,
        CASE WHEN draw(i, 122949823) > 0.03
        THEN (60 - 345600 * ln(1 - draw(i, 141650939)))::BIGINT END AS takes
    FROM range(getvariable('complaints')) AS t(i)
)
SELECT i + 1 AS complaint, number(k) AS customer,
    ['billing', 'delivery', 'outage', 'product', 'service', 'other'][
        1 + floor(6 * draw(i, 160481183))::INTEGER
    ] AS type,
    getvariable('first')::TIMESTAMP + to_seconds(opens) AS opened,
    CASE WHEN opens + takes < 86400 * getvariable('days')::BIGINT
    THEN getvariable('first')::TIMESTAMP + to_seconds(opens + takes) END AS closed,
    segment(k) AS segment
FROM received
""",
    # a row is somebody's first purchase wherever the number of buyers reaches the next whole one, and
    # otherwise that of somebody who has bought before, more likely lately
    "purchases": """
WITH ordered AS (
    SELECT i, i * getvariable('buyers') // getvariable('purchases') AS before,
        (i + 1) * getvariable('buyers') // getvariable('purchases') AS after
    FROM range(getvariable('purchases')) AS t(i)
), bought AS (
    SELECT i, CASE WHEN after > before THEN before
        ELSE floor(sqrt(draw(i, 179424673)) * before)::BIGINT END AS b
    FROM ordered
), placed AS (
    SELECT i, b + b // 49 AS k FROM bought
)
SELECT number(k) AS customer, day(i, getvariable('purchases')) AS "at",
    round(5 + 295 * draw(i, 198491317) ** 3, 2) AS amount, segment(k) AS segment
FROM placed
""",
}


def path_of(folder: Path, table: str) -> str:
    """Where a table lies."""
    return str(folder / f"{table}.parquet")


def write(folder: Path, rows: int, seed: int = 7) -> None:
    """Write the tables, with about so many rows in all, unless they are there."""
    if folder.exists():
        return
    import duckdb

    unfinished = folder.with_name(f"{folder.name}-unfinished")
    unfinished.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute(_SETTINGS.format(rows=rows, seed=seed))
        for table in TABLES:
            connection.sql(_QUERIES[table]).write_parquet(path_of(unfinished, table))
    unfinished.rename(folder)


def answer(out: Path, engine: str, metrics: Mapping[str, Callable[[], Figures]]) -> None:
    """Compute each metric, and write how long it took and what it is.

    ``{"engine": name and version, "seconds": {metric: s}, "figures": {metric: {group: {name: number}}}}``
    """
    seconds, figures = {}, {}
    for name, compute in metrics.items():
        start = perf_counter()
        figures[name] = compute()
        seconds[name] = perf_counter() - start
    result = {"engine": engine, "seconds": seconds, "figures": figures}
    out.write_text(json.dumps(result, indent=1), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(float(sys.argv[2])), *map(int, sys.argv[3:]))
