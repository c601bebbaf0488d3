"""Addresses of databases: none holds a user or a password, and no message repeats one."""

from __future__ import annotations

from pathlib import Path

import pytest

from cxmaturity.errors import UserError
from cxmaturity.evidence.model import TableSource
from cxmaturity.evidence.sources.addresses import address_of, is_address


def source(*addresses: str) -> TableSource:
    return TableSource(addresses, Path(), {})


@pytest.mark.parametrize(
    ("address", "kind", "shown"),
    [
        ("postgresql://db.example.org:5433/crm", "PostgreSQL", "postgresql://db.example.org:5433/crm"),
        ("postgres://db/crm?sslmode=require", "PostgreSQL", "postgres://db/crm"),
        ("postgresql:///?service=crm", "PostgreSQL", "postgresql:///"),
        ("postgresql:///crm", "PostgreSQL", "postgresql:///crm"),
        ("sc://spark:15002", "Spark", "sc://spark:15002"),
        ("sc://spark/;use_ssl=true", "Spark", "sc://spark"),
    ],
)
def test_addresses_that_can_be_read(address: str, kind: str, shown: str) -> None:
    assert is_address(source(address))
    found = address_of(source(address), "customers")
    assert (found.kind, found.url, found.shown) == (kind, address, shown)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://ana:hunter2@db/crm",
        "postgresql://hunter2@db/crm",
        "postgresql://:hunter2@db/crm",
        "postgresql://db/crm?password=hunter2",
        "postgresql://db/crm?user=hunter2",
        "postgresql://db/crm?sslmode=require&password=hunter2",
        "postgresql://db/crm?passfile=hunter2",
        "postgresql://db/crm?options=-c%20hunter2",
        "postgresql://db/crm?host=hunter2",
        "postgresql://db/crm?hunter2",
        "postgresql://db:hunter2/crm",
        "postgresql://[hunter2/crm",
        "postgresql://a/b@c:hunter2",
        "sc://ana:hunter2@spark:15002",
        "sc://spark:15002/;token=hunter2",
        "sc://spark:15002/;user_id=hunter2",
        "sc://spark:15002/;use_ssl=true;token=hunter2",
        "sc://spark:15002/;x-header=hunter2",
        "sc://spark:15002/hunter2",
        "mysql://ana:hunter2@db/crm",
        "https://ana:hunter2@example.org/customers.csv",
        "s3://hunter2/customers.parquet",
        "POSTGRESQL://ana:hunter2@db/crm",
    ],
)
def test_what_may_be_secret_is_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(UserError) as caught:
        address_of(source(address), "customers")
    (problem,) = caught.value.problems
    assert "hunter2" not in str(problem)
    assert "ana" not in str(problem)
    assert problem.fix


def test_a_table_in_a_database_has_one_address() -> None:
    with pytest.raises(UserError, match="beside other sources"):
        address_of(source("postgresql://db/crm", "customers.csv"), "customers")


def test_a_path_is_no_address() -> None:
    assert not is_address(source("customers.csv", "a:b/c.csv"))
