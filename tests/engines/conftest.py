"""A PostgreSQL server of the tests' own: begun when the first test asks for it, gone after the last.

It is set up as servers out there are and DuckDB is not: in the time zone of New York, sorting text as English
does, and with a user who may read tables and do nothing else.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    import duckdb

OWNER, READER, PASSWORD = "owner", "reader", "for-these-tests"
SERVERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin")
"""Where servers are that are not on the path: on Debian and Ubuntu, on Fedora, on macOS."""


@dataclass(frozen=True)
class Server:
    """Where the server is, and who may do what there."""

    address: str
    """As a workspace names it: with neither user nor password."""
    environment: dict[str, str]
    """Which user may read, in the variables that PostgreSQL's clients know."""
    owner: str
    """Its address for who may do everything."""


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """The server, with the empty database ``test``."""
    programs = _programs()
    if programs is None:
        reason = "PostgreSQL's server is not here; scripts/system-libraries --engines installs it"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    folder = Path(tempfile.mkdtemp(prefix="cxmaturity-postgres-"))
    try:
        yield from _serve(programs, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres(postgres_server: Server, monkeypatch: pytest.MonkeyPatch) -> str:
    """The server's address; the environment says which user reads there."""
    for name, value in postgres_server.environment.items():
        monkeypatch.setenv(name, value)
    return postgres_server.address


@pytest.fixture(scope="session")
def load_into_postgres(
    postgres_server: Server, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str, duckdb.DuckDBPyRelation], None]:
    """``load_into_postgres("orders", relation)`` makes a table of what DuckDB holds."""
    import psycopg
    from psycopg import sql

    def load(table: str, rows: duckdb.DuckDBPyRelation) -> None:
        # DuckDB's names of types are PostgreSQL's but for this one
        types = [str(kind).replace("DOUBLE", "DOUBLE PRECISION") for kind in rows.types]
        columns = [
            sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(kind))
            for name, kind in zip(rows.columns, types, strict=True)
        ]
        name = sql.Identifier(table)
        # as text: Python's own objects of times with zones would need one package more
        file = tmp_path_factory.mktemp("rows") / "rows.csv"
        rows.write_csv(str(file))
        with psycopg.connect(postgres_server.owner) as connection:
            connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(name))
            connection.execute(sql.SQL("CREATE TABLE {} ({})").format(name, sql.SQL(", ").join(columns)))
            statement = sql.SQL("COPY {} FROM STDIN (FORMAT csv, HEADER true)").format(name)
            with connection.cursor().copy(statement) as copy:
                copy.write(file.read_bytes())

    return load


def _programs() -> Path | None:
    """The folder of PostgreSQL's programs, of its newest version."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    folders = [folder for pattern in SERVERS for folder in Path("/").glob(pattern.removeprefix("/"))]
    usable = [folder for folder in folders if (folder / "initdb").exists()]
    return max(usable, key=lambda folder: int("0" + "".join(filter(str.isdigit, str(folder)))), default=None)


def _serve(programs: Path, folder: Path) -> Iterator[Server]:
    """Start the server, give it, and stop it."""
    password, data, log = folder / "password", folder / "data", folder / "log"
    password.write_text(PASSWORD, encoding="utf-8")
    someone: dict[str, Any] = {"cwd": folder}
    if os.geteuid() == 0:  # as which PostgreSQL refuses to run
        someone |= {"user": "postgres", "group": "postgres", "extra_groups": ()}
        for path in (folder, password):
            shutil.chown(path, "postgres", "postgres")
    make = [
        *(str(programs / "initdb"), "--pgdata", str(data), "--no-sync", "--username", OWNER),
        *("--auth", "scram-sha-256", "--pwfile", str(password), "--encoding", "UTF8", "--locale", "C"),
        *("--locale-provider", "icu", "--icu-locale", "en-US"),
    ]
    made = subprocess.run(make, **someone, capture_output=True, text=True, check=False)
    assert made.returncode == 0, f"initdb ended with {made.returncode}\n{made.stdout}\n{made.stderr}"
    port = _free_port()
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": port,
        "unix_socket_directories": "",
        "fsync": "off",
        "timezone": "America/New_York",
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [programs / "postgres", "-D", data, *options], **someone, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        _wait(process, programs, port, log)
        yield _with_users(port)
    finally:
        process.send_signal(2)  # SIGINT ends sessions that tests left open; SIGTERM would wait for them
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(process: subprocess.Popen[bytes], programs: Path, port: int, log: Path) -> None:
    """Return once the server answers; fail with what it said if it ends or takes too long."""
    ask = [str(programs / "pg_isready"), "--quiet", "--host", "127.0.0.1", "--port", str(port)]
    until = time.monotonic() + 30
    while subprocess.run(ask, check=False).returncode:
        assert process.poll() is None, f"postgres ended with {process.returncode}\n{log.read_text()}"
        assert time.monotonic() < until, f"postgres does not answer\n{log.read_text()}"
        time.sleep(0.05)


def _with_users(port: int) -> Server:
    """The server once it has its database and the user who may read."""
    import psycopg

    owner = f"postgresql://{OWNER}:{PASSWORD}@127.0.0.1:{port}"
    with psycopg.connect(f"{owner}/postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE test")
        connection.execute(f"CREATE ROLE {READER} LOGIN PASSWORD '{PASSWORD}' IN ROLE pg_read_all_data")
    reader = {"PGUSER": READER, "PGPASSWORD": PASSWORD}
    return Server(f"postgresql://127.0.0.1:{port}/test", reader, f"{owner}/test")
