"""What the tests of the command line share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cxmaturity import assess, load
from cxmaturity.engagement import Engagement
from cxmaturity.result import Assessment

DEMO = Path(__file__).parents[2] / "examples" / "demo"
LOW = {"culture.meaning.same": 1, "retention.churn-insight.known": False}
CUSTOMERS = {
    "customers": {
        "source": "evidence/customers.csv",
        "columns": {"customer": "id", "since": "joined", "until": "left"},
    }
}


@pytest.fixture(scope="session")
def assessed_demo() -> tuple[Engagement, Assessment]:
    """What ``load_and_assess`` gives of the demo, for tests of how a large result is shown."""
    engagement = load(DEMO)
    return engagement, assess(engagement)


@pytest.fixture
def small_ships(workspace: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """As if the small questionnaire came with the product; gives its folder."""
    folder = tmp_path / "shipped" / "small"
    folder.mkdir(parents=True)
    text = (workspace() / "questionnaire.yaml").read_text(encoding="utf-8")
    (folder / "questionnaire.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr("cxmaturity.questionnaire.shipped.files", lambda _: folder.parent)
    return folder


@pytest.fixture
def with_customers(workspace: Callable[..., Path]) -> Callable[..., Path]:
    """``with_customers(rows)`` is a workspace with one respondent and a table of customers."""

    def write(rows: str, **settings: Any) -> Path:
        return workspace(
            [{"id": "r1", "role": "leadership", "answers": LOW}],
            {"evidence": CUSTOMERS, "as_of": "2026-10-31", **settings},
            {"evidence/customers.csv": f"id,joined,left\n{rows}"},
        )

    return write
