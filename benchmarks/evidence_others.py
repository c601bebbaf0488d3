"""The same figures in Polars, pandas and PySpark; benchmarks/evidence.py runs it where these are installed.

    python benchmarks/evidence_others.py polars|pandas|pyspark FOLDER OUT LIMIT TEMPORARY

Polars and pandas know no memory limit; Spark has it as its heap. Each is written as its users would: lazily
and streaming in Polars, only the columns and rows that are needed in pandas, in SQL for Spark.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from evidence_data import AFTER, BEFORE, DISCOUNT, END, MARGIN, START, TABLES, YEAR, Figures, answer, path_of

MISSING = 3
"""The exit code where an engine is not installed."""

Rows = Iterable[Mapping[str, Any]]


# ---------------------------------------------------------------------------------------------------- Polars


def polars(folder: Path, out: Path, memory_limit: str, temporary: Path) -> None:  # noqa: ARG001 - has none
    """All metrics, by lazy scans."""
    import polars as pl

    before, start, end, after = map(date.fromisoformat, (BEFORE, START, END, AFTER))
    scan = {table: pl.scan_parquet(path_of(folder, table)) for table in TABLES}
    at, score, closed = pl.col("at"), pl.col("score"), pl.col("closed")

    def there(day: date) -> Any:
        return (pl.col("since") <= day) & (pl.col("until").is_null() | (pl.col("until") > day))

    def nps() -> Any:
        given = scan["answers"].filter(at > start, at <= end).group_by("segment")
        return given.agg(
            n=pl.len(),
            promoters=(score >= 9).sum(),  # noqa: PLR2004 - NPS is defined by them
            passives=score.is_between(7, 8).sum(),
            detractors=(score <= 6).sum(),  # noqa: PLR2004
        )

    def churn() -> Any:
        customers = scan["customers"].filter(there(start) | there(end)).group_by("segment", "customer")
        known = customers.agg(started=there(start).any(), stays=there(end).any()).filter("started")
        return known.group_by("segment").agg(start=pl.len(), lost=(~pl.col("stays")).sum())

    def complaints() -> Any:
        opened = pl.col("opened")
        received = scan["complaints"].filter(opened >= start + timedelta(days=1), opened < after)
        done = closed < after
        seconds = (closed - opened).dt.total_seconds().filter(done)
        return received.group_by("segment").agg(
            opened=pl.len(),
            closed=done.sum(),
            median=seconds.quantile(0.5, "linear"),
            ninetieth=seconds.quantile(0.9, "linear"),
        )

    def clv() -> Any:
        buyers = scan["purchases"].filter(at <= end).group_by("segment", "customer")
        each = buyers.agg(
            bought=pl.len(),
            paid=pl.col("amount").sum(),
            first=at.min(),
            last=at.max(),
            earlier=((at > before) & (at <= start)).any(),
        )
        return each.group_by("segment").agg(
            customers=pl.len(),
            purchases=pl.col("bought").sum(),
            revenue=pl.col("paid").sum(),
            repeaters=(pl.col("bought") > 1).sum(),
            active_days=(pl.col("last") - pl.col("first")).dt.total_days().sum(),
            observed_days=(end - pl.col("first")).dt.total_days().sum(),
            earlier=pl.col("earlier").sum(),
            kept=(pl.col("earlier") & (pl.col("last") > start)).sum(),
        )

    def rows(query: Callable[[], Any]) -> Rows:
        found: Rows = query().collect(engine="streaming").to_dicts()
        return found

    queries = {"nps": nps, "churn": churn, "complaints": complaints, "clv": clv}
    write(out, f"Polars {pl.__version__}", {name: partial(rows, query) for name, query in queries.items()})


# ---------------------------------------------------------------------------------------------------- pandas


def pandas(folder: Path, out: Path, memory_limit: str, temporary: Path) -> None:  # noqa: ARG001 - has none
    """All metrics, of columns in memory."""
    import pandas as pd

    before, start, end, after = map(pd.Timestamp, (BEFORE, START, END, AFTER))

    def read(table: str, columns: list[str], filters: list[tuple[str, str, object]] | None = None) -> Any:
        kinds = {"date_as_object": False, "categories": [name for name in columns if name == "segment"]}
        return pd.read_parquet(
            path_of(folder, table), columns=columns, filters=filters, to_pandas_kwargs=kinds
        )

    def rows(frame: Any) -> Rows:
        found: Rows = frame.reset_index().to_dict("records")
        return found

    def nps() -> Rows:
        period = [("at", ">", start.date()), ("at", "<=", end.date())]
        answers = read("answers", ["segment", "score"], period)
        score = answers["score"]
        answers["promoters"], answers["detractors"] = score >= 9, score <= 6  # noqa: PLR2004 - by definition
        answers["passives"] = score.between(7, 8)
        groups = answers.groupby("segment", observed=True)
        sums = groups[["promoters", "passives", "detractors"]].sum()
        return rows(sums.assign(n=groups.size()))

    def churn() -> Rows:
        customers = read("customers", ["segment", "customer", "since", "until"])
        for name, day in (("started", start), ("stays", end)):
            until = customers["until"]
            customers[name] = (customers["since"] <= day) & (until.isna() | (until > day))
        customers = customers.loc[customers["started"] | customers["stays"]]
        known = customers.groupby(["segment", "customer"], observed=True, sort=False)[["started", "stays"]]
        at_start = known.any().query("started")
        groups = at_start.groupby("segment", observed=True)["stays"]
        return rows(pd.DataFrame({"start": groups.size(), "lost": groups.size() - groups.sum()}))

    def complaints() -> Rows:
        received = read("complaints", ["segment", "opened", "closed"])
        opened = received["opened"]
        received = received.loc[(opened >= start + pd.Timedelta(days=1)) & (opened < after)]
        closed = received["closed"].where(received["closed"] < after)
        taken = received.assign(seconds=(closed - received["opened"]).dt.total_seconds())
        groups = taken.groupby("segment", observed=True)["seconds"]
        figures = {"opened": groups.size(), "closed": groups.count()}
        quantiles = {"median": groups.quantile(0.5), "ninetieth": groups.quantile(0.9)}
        return rows(pd.DataFrame({**figures, **quantiles}))

    def clv() -> Rows:
        columns = ["segment", "customer", "at", "amount"]
        log = read("purchases", columns, [("at", "<=", end.date())])
        log["earlier"] = (log["at"] > before) & (log["at"] <= start)
        buyers = log.groupby(["segment", "customer"], observed=True, sort=False).agg(
            purchases=("amount", "size"),
            revenue=("amount", "sum"),
            first=("at", "min"),
            last=("at", "max"),
            earlier=("earlier", "any"),
        )
        buyers["repeaters"] = buyers["purchases"] > 1
        buyers["active_days"] = (buyers["last"] - buyers["first"]).dt.days
        buyers["observed_days"] = (end - buyers["first"]).dt.days
        buyers["kept"] = buyers["earlier"] & (buyers["last"] > start)
        groups = buyers.drop(columns=["first", "last"]).groupby("segment", observed=True)
        return rows(groups.sum().assign(customers=groups.size()))

    queries = {"nps": nps, "churn": churn, "complaints": complaints, "clv": clv}
    write(out, f"pandas {pd.__version__}", queries)


# --------------------------------------------------------------------------------------------------- PySpark

SPARK_QUERIES = {
    "nps": """
SELECT segment, count(*) AS n, count_if(score >= 9) AS promoters,
    count_if(score BETWEEN 7 AND 8) AS passives, count_if(score <= 6) AS detractors
FROM answers
WHERE at > DATE '{start}' AND at <= DATE '{end}'
GROUP BY segment
""",
    "churn": """
WITH known AS (
    SELECT segment, bool_or(until IS NULL OR until > DATE '{end}') AS stays
    FROM customers
    WHERE since <= DATE '{end}' AND (until IS NULL OR until > DATE '{start}')
    GROUP BY segment, customer
    HAVING min(since) <= DATE '{start}'
)
SELECT segment, count(*) AS start, count_if(NOT stays) AS lost FROM known GROUP BY segment
""",
    "complaints": """
WITH handled AS (
    SELECT segment, count(*) AS opened, count_if(closed < TIMESTAMP_NTZ '{after}') AS closed,
        percentile(timestampdiff(SECOND, opened, closed), array(0.5, 0.9))
            FILTER (WHERE closed < TIMESTAMP_NTZ '{after}') AS seconds
    FROM complaints
    WHERE opened >= DATE '{start}' + INTERVAL '1' DAY AND opened < TIMESTAMP_NTZ '{after}'
    GROUP BY segment
)
SELECT segment, opened, closed, seconds[0] AS median, seconds[1] AS ninetieth FROM handled
""",
    "clv": """
WITH buyers AS (
    SELECT segment, count(*) AS bought, sum(amount) AS paid, min(at) AS first, max(at) AS last,
        bool_or(at > DATE '{before}' AND at <= DATE '{start}') AS earlier
    FROM purchases
    WHERE at <= DATE '{end}'
    GROUP BY segment, customer
)
SELECT segment, count(*) AS customers, sum(bought) AS purchases, sum(paid) AS revenue,
    count_if(bought > 1) AS repeaters, sum(datediff(last, first)) AS active_days,
    sum(datediff(DATE '{end}', first)) AS observed_days,
    count_if(earlier) AS earlier, count_if(earlier AND last > DATE '{start}') AS kept
FROM buyers
GROUP BY segment
""",
}


def pyspark(folder: Path, out: Path, memory_limit: str, temporary: Path) -> None:
    """All metrics, by Spark's SQL on two threads of this machine."""
    import pyspark as spark
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.chdir(temporary)
    settings = {
        "spark.master": "local[2]",
        "spark.app.name": "evidence",
        "spark.driver.memory": memory_limit.lower().removesuffix("b"),  # as Java's -Xmx wants it
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.local.dir": str(temporary),
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "16",
        "spark.ui.enabled": "false",
        "spark.log.level": "ERROR",
    }
    conf = spark.SparkConf().setAll(list(settings.items()))
    gateway = launch_gateway(conf)
    session = SparkSession(spark.SparkContext(gateway=gateway, conf=conf))
    for table in TABLES:
        session.read.parquet(path_of(folder, table)).createOrReplaceTempView(table)
    days = {"before": BEFORE, "start": START, "end": END, "after": AFTER}

    def rows(query: str) -> Rows:
        return [row.asDict() for row in session.sql(query.format(**days)).collect()]

    queries = {name: partial(rows, query) for name, query in SPARK_QUERIES.items()}
    write(out, f"PySpark {spark.__version__}", queries)
    session.stop()
    gateway.shutdown()
    gateway.proc.stdin.close()  # which ends it
    gateway.proc.wait()  # only then do its time and its memory count as this process's children's


# -------------------------------------------------------------------------------------------------- in common


def retention(row: Mapping[str, float]) -> float:
    """The share of those who bought in the year before that bought again in the period."""
    return row["kept"] / row["earlier"]


def lifetime_value(row: Mapping[str, float]) -> float:
    """Mean purchase × purchases in a customer's year × margin × r ÷ (1 + discount − r)."""
    value, yearly = row["revenue"] / row["purchases"], row["purchases"] / (row["observed_days"] / YEAR)
    kept = retention(row)
    return value * yearly * MARGIN * kept / (1 + DISCOUNT - kept)


DERIVED: dict[str, dict[str, Callable[[Mapping[str, float]], float]]] = {
    "nps": {"nps": lambda row: 100 * (row["promoters"] - row["detractors"]) / row["n"]},
    "churn": {"churn": lambda row: row["lost"] / row["start"]},
    "complaints": {"still_open": lambda row: row["opened"] - row["closed"]},
    "clv": {"retention": retention, "clv": lifetime_value},
}
"""What follows from a group's sums."""


def write(out: Path, engine: str, queries: Mapping[str, Callable[[], Rows]]) -> None:
    """Compute all metrics from the sums that an engine gives."""

    def figures(metric: str, query: Callable[[], Rows]) -> Figures:
        found: Figures = {}
        for row in query():
            sums = {name: float(value) for name, value in row.items() if name != "segment"}
            found[row["segment"]] = {**sums, **{name: of(sums) for name, of in DERIVED[metric].items()}}
        return found

    answer(out, engine, {name: partial(figures, name, query) for name, query in queries.items()})


ENGINES = {"polars": polars, "pandas": pandas, "pyspark": pyspark}


def main(engine: str, folder: Path, out: Path, memory_limit: str, temporary: Path) -> None:
    """Compute all metrics with one of them, which the system shall end first if memory runs out."""
    score = Path("/proc/self/oom_score_adj")
    if score.exists():
        score.write_text("1000", encoding="utf-8")
    try:
        ENGINES[engine](folder, out, memory_limit, temporary)
    except ModuleNotFoundError:
        sys.exit(MISSING)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4], Path(sys.argv[5]))
