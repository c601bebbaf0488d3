"""A Spark cluster of the tests' own: a master, two workers, and the server that Spark Connect talks to.

Everything runs on loopback, from the package ``pyspark`` in a folder beside the environment; the client is
``pyspark-client``, the one that users have, which needs no Java. `make test-spark` prepares both.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

import pytest

if TYPE_CHECKING:
    import duckdb

# `make test` has no Spark, and no time for a cluster
collect_ignore_glob = [] if find_spec("pyspark") else ["test_*.py"]

SPARK_HOME = Path(os.environ.get("SPARK_HOME", Path(sys.prefix) / "spark" / "pyspark"))
WORKERS = 2
SECONDS = 120
"""How long a part may take to start."""
JAVA = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1"
"""Six of these processes share a small machine, and none lives long."""


@dataclass(frozen=True)
class Cluster:
    """Where the parts of the cluster answer."""

    address: str
    """What Spark Connect takes: ``sc://…``."""
    master: str
    """The master's page, which has what it knows as JSON."""
    driver: str
    """The page of the server that runs the queries."""

    def workers(self) -> list[dict[str, Any]]:
        """The workers, as the master sees them."""
        found: list[dict[str, Any]] = _json(f"{self.master}/json/")["workers"]
        return found

    def tasks(self) -> list[int]:
        """How many tasks each worker has completed; known some time after a query has its result."""
        (application,) = _json(f"{self.driver}/api/v1/applications")
        executors = _json(f"{self.driver}/api/v1/applications/{application['id']}/executors")
        tasks = {each["id"]: each["completedTasks"] for each in executors if each["id"] != "driver"}
        return [tasks[name] for name in sorted(tasks)]


@pytest.fixture(scope="session")
def spark_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """The cluster, with both workers at the service of the one server."""
    missing = [
        what
        for what, there in {
            "Java": shutil.which("java") or os.environ.get("JAVA_HOME"),
            f"Spark in {SPARK_HOME}": (SPARK_HOME / "bin" / "spark-class").exists(),
        }.items()
        if not there
    ]
    if missing:
        reason = f"{' and '.join(missing)} is not here; see make test-spark"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    folder = tmp_path_factory.mktemp("spark")
    with ExitStack() as running:
        master = running.enter_context(
            _started(folder, "master", "spark-class", "org.apache.spark.deploy.master.Master", *_LOCAL)
        )
        (address,) = master.said(r"Starting Spark master at (spark://\S+)")
        workers = [
            running.enter_context(
                _started(
                    *(
                        folder,
                        f"worker-{number}",
                        "spark-class",
                        "org.apache.spark.deploy.worker.Worker",
                        *_LOCAL,
                    ),
                    *("--cores", "1", "--memory", "600m", "--work-dir", str(folder / f"worker-{number}")),
                    address,
                )
            )
            for number in range(WORKERS)
        ]
        server = running.enter_context(
            _started(
                *(folder, "server", "spark-submit", "--master", address),
                *("--class", "org.apache.spark.sql.connect.service.SparkConnectServer"),
                *_configuration(folder),
                "spark-internal",
            )
        )
        for worker in workers:
            worker.said("(Successfully registered) with master")
        (port,) = server.said(r"Spark Connect server started at: \S+:(\d+)")
        server.said("(Registered executor) ", times=WORKERS)
        (master_page,) = master.said(r"service 'MasterUI' on port (\d+)")
        (driver_page,) = server.said(r"service 'SparkUI' on port (\d+)")
        page = "http://127.0.0.1:"
        yield Cluster(f"sc://127.0.0.1:{port}", page + master_page, page + driver_page)


@pytest.fixture(scope="session")
def spark(spark_cluster: Cluster) -> str:
    """The address of the cluster: ``sc://127.0.0.1:…``."""
    return spark_cluster.address


@pytest.fixture(scope="session")
def load_into_spark(
    spark: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str, duckdb.DuckDBPyRelation], None]]:
    """``load_into_spark("orders", relation)`` makes a table of what DuckDB holds, in several parts."""
    from pyspark.sql import SparkSession

    session = SparkSession.builder.remote(spark).create()

    def load(table: str, rows: duckdb.DuckDBPyRelation) -> None:
        file = str(tmp_path_factory.mktemp("rows") / "rows.parquet")
        rows.write_parquet(file)
        session.sql(f"DROP TABLE IF EXISTS {table}")
        session.read.parquet(file).repartition(2 * WORKERS).write.saveAsTable(table)

    yield load
    session.stop()


# ------------------------------------------------------------------------------------ its processes


_LOCAL = ("--host", "127.0.0.1", "--port", "0", "--webui-port", "0")


@dataclass(frozen=True)
class Process:
    """A part of the cluster, which says in its log what it does."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def said(self, pattern: str, *, times: int = 1) -> list[str]:
        """Wait until a line of the log holds this; gives what the pattern's group is in each."""
        until = time.monotonic() + SECONDS
        while True:
            text = self.log.read_text(encoding="utf-8", errors="replace")
            if len(found := re.findall(pattern, text)) >= times:
                return found
            if self.process.poll() is not None or time.monotonic() > until:
                last = "\n".join(text.splitlines()[-50:])
                pytest.fail(f"The {self.name} of the cluster does not say {pattern}, but at last\n{last}")
            time.sleep(0.1)


@contextmanager
def _started(folder: Path, name: str, program: str, *arguments: str) -> Iterator[Process]:
    """A process of the cluster, ended with all that it started."""
    log = folder / f"{name}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [SPARK_HOME / "bin" / program, *arguments],
            cwd=folder,
            env=_environment(folder),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # so that what it starts can be ended with it
        )
    try:
        yield Process(name, process, log)
    finally:
        for last in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(process.pid, last)
                process.wait(15)
            except ProcessLookupError:
                break
            except subprocess.TimeoutExpired:
                continue


def _environment(folder: Path) -> dict[str, str]:
    """The environment of all parts: nothing of a Spark or Hadoop that the machine may have."""
    others = ("SPARK_", "PYSPARK_", "HADOOP_", "YARN_", "HIVE_")
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(others)},
        "SPARK_HOME": str(SPARK_HOME),
        "SPARK_CONF_DIR": str(folder),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_HOSTNAME": "127.0.0.1",
        "SPARK_LOCAL_DIRS": str(folder / "scratch"),
        "SPARK_DAEMON_MEMORY": "1g",  # also of the server that runs the queries
        "SPARK_DAEMON_JAVA_OPTS": f"{JAVA} -Dspark.master.rest.enabled=false",
        "PYSPARK_PYTHON": sys.executable,
        "TZ": "UTC",
    }


def _configuration(folder: Path) -> list[str]:
    """What the server is told."""
    settings = {
        "spark.connect.grpc.binding.address": "127.0.0.1",
        "spark.connect.grpc.binding.port": "0",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.extraJavaOptions": JAVA,
        "spark.executor.cores": "1",
        "spark.executor.memory": "512m",
        "spark.executor.extraJavaOptions": JAVA,
        "spark.sql.catalogImplementation": "in-memory",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": str(WORKERS),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.ui.port": "0",
        "spark.ui.showConsoleProgress": "false",
    }
    return [part for name, value in settings.items() for part in ("--conf", f"{name}={value}")]


def _json(address: str) -> Any:
    with urlopen(address, timeout=30) as answer:  # noqa: S310 - the cluster's own pages
        return json.load(answer)
