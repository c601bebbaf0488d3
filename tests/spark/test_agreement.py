"""Every metric comes to the same on Parquet and in a Spark cluster, to a billionth."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import duckdb
import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"

Load = Callable[[str, duckdb.DuckDBPyRelation], None]
Record = Callable[[str, object], None]


@pytest.fixture(scope="module")
def agreement() -> Iterator[Any]:
    """What prints the table for people."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(BENCHMARKS)
        yield import_module("agreement")


@pytest.fixture(scope="module")
def data(agreement: Any) -> Any:
    """What has the data."""
    return sys.modules[agreement.made_up.__module__]


@pytest.fixture(params=["typed", "texts", "empty"])
def case(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture
def in_spark(case: str, data: Any, tmp_path: Path, spark: str, load_into_spark: Load) -> Path:
    """A workspace that reads the tables of a case where they were loaded."""
    with duckdb.connect() as here:
        for name, rows in data.made_up(here, case):
            load_into_spark(f"{case}_{name}", rows)
    workspace: Path = data.write_workspace(tmp_path / "spark", case, spark, f"{case}_{{}}")
    return workspace


def test_spark_agrees_with_duckdb(
    case: str, in_spark: Path, agreement: Any, tmp_path: Path, record_property: Record
) -> None:
    on_parquet = agreement.measured(agreement.workspaces(tmp_path, case)["parquet"])
    found = agreement.compared(on_parquet, agreement.measured(in_spark))
    for name, each in found.items():
        record_property(name, str(each))
    assert {name: each.differences for name, each in found.items() if each.differences} == {}


def test_a_text_says_the_same_in_spark(
    agreement: Any, data: Any, tmp_path: Path, spark: str, load_into_spark: Load
) -> None:
    with duckdb.connect() as here:
        load_into_spark("cells", data.texts(here))
    assert agreement.cells(tmp_path, spark, "cells") == agreement.cells_of_parquet(tmp_path)
