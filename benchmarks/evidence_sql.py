"""The reference: the metrics by segment in DuckDB's SQL, as somebody who knows it well would write them.

benchmarks/evidence.py runs it. Variants were measured: ``count_if`` instead of sums, groups by segment and
customer instead of any segment of the customer, both quantiles in one pass, and customers who joined within
the period looked at only for whether somebody has come back.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from evidence_data import AFTER, BEFORE, DISCOUNT, END, MARGIN, START, TABLES, YEAR, Figures, answer, path_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NPS = """
SELECT segment, count(*) AS n, count_if(score >= 9) AS promoters,
    count_if(score BETWEEN 7 AND 8) AS passives, count_if(score <= 6) AS detractors,
    100 * (promoters - detractors) / n AS nps
FROM answers
WHERE "at" > DATE '{start}' AND "at" <= DATE '{end}'
GROUP BY segment
"""

CHURN = """
WITH there AS (
    SELECT segment, customer, bool_or(until IS NULL OR until > DATE '{end}') AS stays
    FROM customers
    WHERE since <= DATE '{start}' AND (until IS NULL OR until > DATE '{start}')
    GROUP BY segment, customer
), back AS (
    SELECT customer
    FROM customers
    WHERE since > DATE '{start}' AND since <= DATE '{end}' AND (until IS NULL OR until > DATE '{end}')
), started AS (
    SELECT segment, count(*) AS customers FROM there GROUP BY segment
), gone AS (
    SELECT segment, count(*) AS customers
    FROM there ANTI JOIN back USING (customer)
    WHERE NOT stays
    GROUP BY segment
)
SELECT segment, started.customers AS start, coalesce(gone.customers, 0) AS lost, lost / start AS churn
FROM started LEFT JOIN gone USING (segment)
"""

COMPLAINTS = """
WITH handled AS (
    SELECT segment, count(*) AS opened, count_if(closed < TIMESTAMP '{after}') AS closed,
        quantile_cont(epoch(closed) - epoch(opened), [0.5, 0.9])
            FILTER (closed < TIMESTAMP '{after}') AS seconds
    FROM complaints
    WHERE opened >= DATE '{start}' + INTERVAL 1 DAY AND opened < TIMESTAMP '{after}'
    GROUP BY segment
)
SELECT segment, opened, closed, opened - closed AS still_open,
    seconds[1] AS median, seconds[2] AS ninetieth
FROM handled
"""

CLV = """
WITH buyers AS (
    SELECT segment, count(*) AS bought, sum(amount) AS paid, min("at") AS first, max("at") AS last,
        bool_or("at" > DATE '{before}' AND "at" <= DATE '{start}') AS earlier
    FROM purchases
    WHERE "at" <= DATE '{end}'
    GROUP BY segment, customer
), sums AS (
    SELECT segment, count(*) AS customers, sum(bought) AS purchases, sum(paid) AS revenue,
        count_if(bought > 1) AS repeaters, sum(last - first) AS active_days,
        sum(DATE '{end}' - first) AS observed_days,
        count_if(earlier) AS earlier, count_if(earlier AND last > DATE '{start}') AS kept
    FROM buyers
    GROUP BY segment
)
SELECT *, kept / earlier AS retention,
    revenue / purchases * (purchases / (observed_days / {year}))
        * {margin} * retention / (1 + {discount} - retention) AS clv
FROM sums
"""

QUERIES = {"nps": NPS, "churn": CHURN, "complaints": COMPLAINTS, "clv": CLV}


def figures(connection: DuckDBPyConnection, query: str) -> Figures:
    """What a query gives: groups in its first column, a figure in each other."""
    done = connection.execute(query)
    _, *names = [column[0] for column in done.description or ()]
    return {
        group: {name: None if value is None else float(value) for name, value in zip(names, row, strict=True)}
        for group, *row in done.fetchall()
    }


def main(folder: Path, out: Path, memory_limit: str, temporary: Path) -> None:
    """Compute all metrics."""
    import duckdb

    days = {"before": BEFORE, "start": START, "end": END, "after": AFTER}
    given = {"year": YEAR, "margin": MARGIN, "discount": DISCOUNT}
    with duckdb.connect(
        config={"memory_limit": memory_limit, "temp_directory": str(temporary)}
    ) as connection:
        for table in TABLES:
            connection.read_parquet(path_of(folder, table)).create_view(table)
        metrics: dict[str, Callable[[], Figures]] = {
            name: partial(figures, connection, query.format(**days, **given))
            for name, query in QUERIES.items()
        }
        answer(out, f"DuckDB {duckdb.__version__}", metrics)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4]))
