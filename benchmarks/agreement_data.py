"""Made-up customer data for every metric, and workspaces in which some engine computes them all.

The same rows each time, full of what engines take differently: fractions of seconds, days on the edges of
periods, accents and capitals, cells that are empty, that are no number, that lie beyond limits. In the case
``typed`` each column has a type of its own. In ``texts`` all of them hold texts, as exports do, and some
cells say something else than they should. In ``empty`` there are the columns of ``typed``, and no rows. Of
what life writes in two ways, ``texts`` reads the snapshot and the others the dates.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb

CASES = ("typed", "texts", "empty")
ROWS = 2_000

_MACROS = (
    # a number from 0 to 1 for a row and a purpose: powers of 5 permute the numbers below 2³¹ − 1
    "fifth(x) AS (x * x % 2147483647) * (x * x % 2147483647) % 2147483647 * x % 2147483647",
    "draw(i, purpose) AS fifth((i::BIGINT * purpose + 7) % 2147483647) / 2147483647",
    "pick(i, purpose, among) AS among[1 + floor(len(among) * draw(i, purpose))::INTEGER]",
    "whole(i, purpose, most) AS floor(most * draw(i, purpose))::BIGINT",
    # some days are the first or last of a period, some times of day the first or last of a day
    """day(i, purpose) AS CASE WHEN draw(i, purpose + 1) < 0.05 THEN pick(i, purpose + 2, [
        DATE '2023-10-31', '2024-02-29', '2024-10-31', '2024-11-01', '2025-10-31', '2025-11-01', '2026-01-31',
        '2026-02-01', '2026-04-30', '2026-07-31', '2026-10-31', '2026-11-01'
    ]) ELSE DATE '2023-06-01' + whole(i, purpose, 1280)::INTEGER END""",
    """moment(i, purpose) AS day(i, purpose)::TIMESTAMP + to_microseconds(CASE
        WHEN draw(i, purpose + 3) < 0.05 THEN pick(i, purpose + 4, [0, 86399999999])
        ELSE whole(i, purpose + 5, 86400e6) END)""",
    """segment(i) AS CASE WHEN i % 499 = 0 THEN 'three'
        ELSE pick(i, 982451653, ['north', 'North', 'süd', 'Zürich', 'east', '_west', NULL]) END""",
)

_TABLES = {
    # a tenth of the customers come back
    "customers": """
        i % 1800 AS customer,
        CASE WHEN i % 97 = 0 THEN NULL WHEN i % 89 = 0 THEN DATE '1800-01-01' ELSE day(i, 101) END AS since,
        CASE WHEN draw(i, 103) < 0.4 THEN greatest(day(i, 107), day(i, 101) - 20) END AS until,
        draw(i, 109) < 0.2 AS lost,
        segment(i % 1700) AS segment
    """,
    "nps": """
        CASE WHEN i % 83 = 0 THEN 'NaN'::DOUBLE WHEN i % 79 = 0 THEN 'inf'::DOUBLE WHEN i % 73 > 0
            THEN floor(12.2 * draw(i, 113)) - 1 END AS score,
        moment(i, 127) AS "at",
        CASE WHEN draw(i, 131) < 0.5 THEN day(i, 127) + whole(i, 137, 20)::INTEGER - 2 END AS contacted,
        segment(i) AS segment
    """,
    "csat": """
        CASE WHEN i % 71 = 0 THEN 12 WHEN i % 67 = 0 THEN -1 ELSE 1 + whole(i, 139, 5) END::DECIMAL(6, 2)
            AS score,
        day(i, 149) AS "at",
        segment(i) AS segment
    """,
    "ces": """
        (1 + whole(i, 151, 7))::SMALLINT AS score,
        day(i, 157) AS "at",
        segment(i) AS segment
    """,
    "invitations": """
        day(i, 163) AS sent,
        CASE WHEN draw(i, 167) < 0.4 THEN day(i, 163)::TIMESTAMP + to_hours(whole(i, 173, 900)) END
            AS answered,
        draw(i, 179) < 0.3 AS has_answered,
        coalesce(segment(i), 'none') AS segment
    """,
    # more types than are shown, several of them as frequent, some rare, and one that is somebody's address
    "complaints": """
        i * 7 % 1300 AS customer,
        moment(i, 181) AS opened,
        CASE WHEN draw(i, 191) < 0.9
            THEN moment(i, 181) + to_microseconds(whole(i, 193, 9e11) - 20000000000) END AS closed,
        CASE WHEN i % 100 = 3 THEN 'ana@example.org' WHEN i % 900 = 2 THEN 'rare' ELSE [
            'Billing', 'billing', 'Öffnung', 'delivery', 'price', 'a', 'B', 'c', 'D', 'é', 'f', 'G', 'h', NULL
        ][1 + i % 14] END AS type,
        segment(i) AS segment
    """,
    "checks": """
        draw(i, 199) < 0.7 AS passed,
        day(i % 180, 211) AS "at",
        CASE WHEN i % 61 > 0 THEN 'visit ' || i % 180 END AS visit,
        segment(i) AS segment
    """,
    # with time zones
    "mentions": """
        moment(i, 223) AT TIME ZONE 'UTC' AS "at",
        CASE WHEN draw(i, 227) < 0.7 THEN moment(i, 223) + to_microseconds(whole(i, 229, 4e11)) END
            AT TIME ZONE 'Europe/Bucharest' AS answered,
        segment(i) AS segment
    """,
    # some customers buy twice on a day; some things are given away, some taken back
    "purchases": """
        (600 * draw(i, 233) ** 2)::INTEGER AS customer,
        day(i - (i % 9 = 0)::INTEGER, 239) AS "at",
        CASE WHEN i % 59 = 0 THEN 0 WHEN i % 53 = 0 THEN -12.5
            WHEN i % 47 > 0 THEN exp(2 + 3 * draw(i, 241)) END AS amount,
        segment((600 * draw(i, 233) ** 2)::INTEGER) AS segment
    """,
    # more steps than are shown, several of them reached by as many journeys
    "journeys": """
        i % 420 AS journey,
        ['start', 'done', 'é', 'Zahlung', 'zahlung', 'A', 'a', 'ä', '_x', 'X', 'b', 'B', 'c', 'C'][1 + i % 14]
            || ['', ' 1', '-1'][1 + i % 3] AS step,
        moment(i % 420, 263) + to_microseconds((9e11 * draw(i, 269) ** 3)::BIGINT) AS "at",
        segment(i % 420) AS segment
    """,
    # several rows of a customer, who may be called otherwise there; chains of common addresses and numbers
    "crm": """
        'K' || i % 1900 AS customer,
        pick(i, 271, ['Ana', 'ana', 'Élise', 'Žofia', 'Øyvind', 'Li']) || ' '
            || pick(i, 277, ['Pop', 'pop', 'Nováková', 'de Vries', 'O''Neil'])
            || pick(i % 211, 281, ['', ' Jr', ' II', 'escu']) AS name,
        CASE WHEN draw(i, 283) < 0.6 THEN pick(i, 293, ['a', 'B', 'ana.pop', 'Office', 'ÉLISE'])
            || whole(i, 289, 640) || pick(i, 307, ['@example.org', '@Example.org ', ' at example.org']) END
            AS email,
        CASE WHEN draw(i, 311) < 0.5
            THEN pick(i, 313, ['+40 ', '0', '(0)']) || (700000000 + i * 7919 % 811) END AS phone,
        pick(i, 317, ['woman', ' ', '', NULL]) AS who,
        pick(i, 331, ['tea', NULL]) AS likes,
        pick(i, 337, ['shoes', '  ']) AS buys,
        pick(i, 347, ['shop', 'web', NULL]) AS interacts,
        pick(i, 349, ['sister', NULL]) AS relations,
        segment(i % 1850) AS segment
    """,
    "contacts": """
        CASE WHEN draw(i, 353) < 0.6 THEN pick(i, 359, ['c', 'C', '']) END AS customer,
        pick(i, 367, ['web', 'Web', 'téléphone', 'shop', 'post', NULL]) AS channel,
        moment(i, 373) AS "at",
        segment(i) AS segment
    """,
    "staff": """
        'p' || i % 1500 AS person,
        draw(i, 379) < 0.6 AS access,
        CASE WHEN draw(i, 383) < 0.7 THEN day(i, 389) END AS last_used,
        draw(i, 397) < 0.5 AS used,
        segment(i % 1450) AS segment
    """,
    "giving": """
        CASE WHEN draw(i, 401) < 0.8 THEN 90 * draw(i, 409) END::DECIMAL(10, 2) AS amount,
        CASE WHEN draw(i, 419) < 0.9 THEN 1e5 * draw(i, 421) - 300 END AS revenue,
        day(i, 431) AS "at",
        segment(i) AS segment
    """,
    "suppliers": """
        i * 3 % 1700 AS supplier,
        CASE WHEN i % 43 > 0 THEN draw(i, 433) < 0.4 END AS screened,
        segment(i) AS segment
    """,
    "commitments": """
        'promise ' || i % 1600 AS commitment,
        day(i, 439) AS due,
        CASE WHEN draw(i, 443) < 0.6 THEN day(i, 439) + whole(i, 449, 60)::INTEGER - 50 END AS met_on,
        draw(i, 457) < 0.5 AS met,
        draw(i, 461) < 0.5 AS published,
        segment(i % 1550) AS segment
    """,
    "profiles": """
        pick(i, 463, ['woman', 'man', ' ']) AS who,
        pick(i, 467, ['tea', 'été']) AS likes,
        pick(i, 479, ['shoes', NULL, 'x']) AS buys,
        pick(i, 487, ['shop', 'web', '']) AS interacts,
        pick(i, 491, ['sister', 'none']) AS relations,
        'since 2020' AS history,
        segment(i) AS segment
    """,
}
TABLES = tuple(_TABLES)

TEXTS = (
    # days, and what is none
    *("2026-01-15", " 2026-01-15", "2026-01-15 ", "2026-1-5", "2026-01-15Tnoon", "15.01.2026", "2026-02-30"),
    *(
        "2024-02-29",
        "1900-02-29",
        "2000-02-29",
        "1000-01-01",
        "1582-10-10",
        "2199-12-31",
        "9999-12-31",
        "soon",
    ),
    *("0000-01-01", "2026-01-15\n", "2026-01-15\u00a0", "", "  ", "\t"),
    # times, of which those with a zone are other ones in UTC
    *("2026-01-15T10:00", "2026-01-15 10:00:59", "2026-01-15 10:00:59.5", "2026-01-15 10:00:59.999999499"),
    *(
        "2026-01-15 10:00:59.9999999",
        "2026-10-31T23:59:59.999999999Z",
        "2026-01-15T24:00",
        "1582-10-10 10:00",
    ),
    *("2026-01-15T10:00Z", "2026-01-15T10:00:00Z", "2026-01-15T10:00+02", "2026-01-15T10:00:00+02"),
    *("2026-01-15T10:00:00+0200", "2026-01-15T10:00:00+02:00", "2026-01-15 10:00:00.123456789-05:30"),
    *("2026-01-15 10:00+14:00", "2026-01-15 10:00+19:59", "2199-12-31T23:00-02", "1900-01-01 00:30:00+01"),
    *("1899-12-31T23:59:59.999999", "9999-12-31 23:59:59.999999", "2026-01-15 10:00:00.+02"),
    # numbers, and what only looks like one
    *(
        "5",
        "5.",
        "+5",
        ".5",
        "-.5e-3",
        "007",
        "\t5\t",
        "- 5",
        "5 5",
        "5e",
        "5e+3",
        "1e99",
        "1e-99",
        "1e400",
        "-0",
    ),
    *(
        "1_000",
        "1,5",
        "1.000,5",
        "٣",
        "0x10",
        "Infinity",
        "NaN",
        "1" * 200,
        "1" * 201,
        "0." + "3" * 60,
        "4.9e-99",
    ),
    *("123456789012345678901234567890", "2.5000000000000000000000001", "1.7976931348623157e99", "--5", "."),
)
"""What cells may say."""

_KEYS = ("customer", "journey", "supplier")
_ODD = {
    "BOOLEAN": ("maybe", "YES", "N", "", "T", "2", " yes "),
    "DATE": (
        *("2026-02-30", "2025-02-29", "2024-02-29", "0000-01-01", "31.12.2025", "2026-13-01", "2026-01-15x"),
        *(" 2026-01-15 ", "2026-03-29T02:30", "2026-03-29 02:30:00+02:00", "2026-03-01T23:30:00.5-05:00"),
        *("2026-03-01 10:00:59.9999999", "2026-03-01 10:00:00+02", "2026-03-01T24:00", "soon", "", " "),
    ),
    "DOUBLE": (
        *("n/a", "1e400", "1e-400", "1,5", "٣", "NaN", "inf", "-", ".", "0x10", "", " ", " 7 ", "+5", "5."),
        *("0.4e1", "-0", "9e3"),
    ),
}
_ODD |= {"TIMESTAMP": _ODD["DATE"], "TIMESTAMP WITH TIME ZONE": _ODD["DATE"]}
_ODD |= {"DECIMAL": _ODD["DOUBLE"], "SMALLINT": _ODD["DOUBLE"]}

_DATES = {"customers.until", "invitations.answered", "staff.last_used", "commitments.met_on"}
_SNAPSHOT = {"customers.lost", "invitations.has_answered", "staff.used", "commitments.met"}
_WHERE: dict[str, dict[str, Any]] = {
    "nps": {"at": {"from": "2023-07-01", "to": "2026-11-30"}},
    "ces": {"score": {"minimum": 1, "maximum": 7}},
    "csat": {"score": {"minimum": -1, "maximum": 5.5}},
    "contacts": {"channel": {"not": ["post", "fax"]}},
    "mentions": {"segment": ["north", "North", "süd", "three"]},
}
_FLAGS = {"screened": ["true", "YES"]}
_OPTIONS = {
    "ces": {"highest": 7, "easy": "high"},
    "customer-lifetime-value": {"margin": 0.3},
    "predicted-lifetime-value": {"margin": 0.3},
}


def made_up(
    connection: duckdb.DuckDBPyConnection, case: str
) -> Iterator[tuple[str, duckdb.DuckDBPyRelation]]:
    """The tables of a case, each with its name."""
    connection.execute("SET TimeZone = 'UTC'")
    for macro in _MACROS:
        connection.execute(f"CREATE OR REPLACE TEMP MACRO {macro}")
    count = 0 if case == "empty" else ROWS
    for name, columns in _TABLES.items():
        rows = connection.sql(f"SELECT i, {columns} FROM range({count}) AS numbers(i)")  # noqa: S608 - of our own
        kinds = zip(rows.columns[1:], map(str, rows.types[1:]), strict=True)
        yield name, rows.select(", ".join(_cell(case, column, kind) for column, kind in kinds))


def texts(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
    """A table of what cells may say: each text and its number."""
    connection.execute("CREATE OR REPLACE TEMP TABLE cells (number BIGINT, said VARCHAR)")
    connection.executemany("INSERT INTO cells VALUES (?, ?)", list(enumerate(TEXTS)))
    return connection.table("cells")


def _cell(case: str, column: str, kind: str) -> str:
    """A column in SQL; as a text, every thirtieth cell of what is not a text says something odd."""
    if case != "texts":
        return f'"{column}"'
    plain = f'CAST("{column}" AS VARCHAR)'
    odd = _ODD.get(kind.partition("(")[0], ())
    if column in _KEYS or not odd:
        return f'{plain} AS "{column}"'
    among = ", ".join(f"'{each}'" for each in odd)
    purpose = sum(map(ord, column))
    other = f"pick(i, {purpose + 1}, [{among}])"
    return f'CASE WHEN draw(i, {purpose}) < 0.03 THEN {other} ELSE {plain} END AS "{column}"'


def write_file(rows: duckdb.DuckDBPyRelation, path: Path) -> None:
    """Write a table as Parquet or as CSV, in which what is not a number is an empty cell."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".parquet":
        rows.write_parquet(str(path))
        return
    numbers = [name for name, kind in zip(rows.columns, rows.types, strict=True) if str(kind) == "DOUBLE"]
    known = ", ".join(f'CASE WHEN NOT isnan("{name}") THEN "{name}" END AS "{name}"' for name in numbers)
    (rows.select(f"* REPLACE ({known})") if numbers else rows).write_csv(str(path))


def write_workspace(folder: Path, case: str, source: str, table: str = "") -> Path:
    """Write a workspace that reads all tables of a case, and give its folder.

    ``source`` and ``table`` are patterns, in which ``{}`` stands for a table's name.
    """
    tables = {}
    of_the_other_shape = _DATES if case == "texts" else _SNAPSHOT
    for name, columns in _columns().items():
        mapped = [c for c in columns if f"{name}.{c}" not in of_the_other_shape]
        read = {c: {"column": c, "values": _FLAGS[c]} if c in _FLAGS else c for c in mapped}
        tables[name] = {"source": source.format(name), "columns": read}
        if table:
            tables[name]["table"] = table.format(name)
        if name in _WHERE:
            tables[name]["where"] = _WHERE[name]
    settings = {
        "organisation": {"name": "Made-up Ltd"},
        "questionnaire": "customer-centricity",
        "as_of": "2026-10-31",
        "evidence": tables,
        "metrics": _OPTIONS,
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "assessment.yaml").write_text(json.dumps(settings), encoding="utf-8")
    return folder


def _columns() -> dict[str, list[str]]:
    import duckdb

    with duckdb.connect() as connection:
        return {name: rows.columns for name, rows in made_up(connection, "typed")}
