"""What is written out for PostgreSQL comes to the same there as what is written for DuckDB does in DuckDB."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
import yaml

from cxmaturity.evidence.configuring import evidence_of
from cxmaturity.evidence.engines.model import cell_of
from cxmaturity.evidence.exporting import export
from cxmaturity.plugins import load_plugins
from cxmaturity.settings import AssessmentFile

DEMO = Path(__file__).parents[2] / "examples" / "demo"

Loaded = Callable[[str, duckdb.DuckDBPyRelation], None]


def as_cells(rows: list[tuple[object, ...]]) -> list[str]:
    """Rows in an order, numbers whatever type they are of."""
    return sorted(
        str([float(cell) if isinstance(cell, int | float) else cell for cell in map(cell_of, row)])
        for row in rows
    )


@pytest.mark.parametrize("texts", [False, True], ids=["typed", "all of them texts"])
def test_the_demo_comes_to_the_same(
    texts: bool,  # noqa: FBT001 - pytest hands it in
    postgres: str,
    load_into_postgres: Loaded,
) -> None:
    import psycopg

    content = yaml.safe_load((DEMO / "assessment.yaml").read_text(encoding="utf-8"))
    for name in content["evidence"]:
        content["evidence"][name]["table"] = f"exported_{name}"
    content["as_of"] = str(content["as_of"])
    content = {key: content[key] for key in ("organisation", "questionnaire", "as_of", "evidence")}
    request, plugins = evidence_of(AssessmentFile.model_validate(content), DEMO), load_plugins(None)
    with duckdb.connect() as here, psycopg.connect(postgres) as there:
        for name, source in request.sources.items():
            rows = here.sql(f"FROM read_csv('{DEMO / source.sources[0]}', all_varchar={texts})")
            rows.create(f"exported_{name}")
            load_into_postgres(f"exported_{name}", rows)
        ours = export(request, plugins, "duckdb").queries
        theirs = export(request, plugins, "postgres").queries
        assert len(ours) == len(theirs) > len(request.sources)
        for mine, yours in zip(ours, theirs, strict=True):
            expected = as_cells(here.execute(mine.sql).fetchall())
            assert (yours.name, as_cells(there.execute(yours.sql.encode()).fetchall())) == (
                mine.name,
                expected,
            )
