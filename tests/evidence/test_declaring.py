"""What plugins declare of their metrics in YAML."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cxmaturity.api import Bands, Calculation, Column, Measure, Option, declared_metrics
from cxmaturity.errors import UserError

NOTHING = Calculation(lambda tables, _scope: tables["t"], lambda _rows, _scope: Measure(None))
WHOLE = """format: 1
metrics:
  made-up:
    practice: retention.value
    unit: money
    better: higher
    source: S1
    dated: at
    earlier_years: 2
    weight: 2
    tables:
      purchases:
        customer: key
        at: {kind: date, required: false}
        amount: {kind: number, minimum: 0, empty: true}
        lost: {kind: flag, shape: snapshot}
    options:
      margin: {minimum: 0, maximum: 1}
      easy: {default: high, choices: [high, low]}
    bands:
      - {basis: a made-up rule, sectors: [retail], levels: {2: 1, 3: 2, 4: 3, 5: 4}}
"""


def read(tmp_path: Path, text: str, calculations: dict[str, Any] | None = None) -> Any:
    path = tmp_path / "metrics.yaml"
    path.write_text(text, encoding="utf-8")
    return declared_metrics(path, {"made-up": NOTHING} if calculations is None else calculations)


def test_all_that_can_be_declared(tmp_path: Path) -> None:
    (metric,) = read(tmp_path, WHOLE)
    assert (metric.id, metric.dimension, metric.practice) == ("made-up", "retention", "retention.value")
    assert (metric.unit, metric.higher_is_better, metric.source) == ("money", True, "S1")
    assert (metric.dated, metric.earlier_years, metric.weight, metric.table) == ("at", 2, 2.0, "purchases")
    assert metric.tables == {
        "purchases": (
            Column("customer", "key"),
            Column("at", "date", required=False),
            Column("amount", "number", minimum=0, empty_allowed=True),
            Column("lost", "flag", shape="snapshot"),
        )
    }
    assert metric.options == (
        Option("margin", minimum=0, maximum=1),
        Option("easy", "high", choices=("high", "low")),
    )
    assert metric.bands == (Bands({2: 1.0, 3: 2.0, 4: 3.0, 5: 4.0}, "a made-up rule", ("retail",)),)


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("unit: money", "unit: euros", 5, "unit"),
        ("better: higher", "better: lower", 4, "bands run otherwise"),
        ("better: higher", "better: neither", 4, "bands run otherwise"),
        ("dated: at", "dated: customer", 4, "no date of the first table"),
        ("customer: key", "customer: keys", 13, "key"),
        ("4: 3, 5: 4", "4: 3", 20, "levels 2, 3, 4 and 5"),
        ("practice: retention.value", "practice: retention", 4, "practice"),
    ],
)
def test_a_mistake_is_placed(old: str, new: str, line: int, what: str, tmp_path: Path) -> None:
    assert old in WHOLE
    with pytest.raises(UserError) as caught:
        read(tmp_path, WHOLE.replace(old, new))
    assert any(what in str(problem) for problem in caught.value.problems)
    assert any(abs(problem.line - line) <= 1 for problem in caught.value.problems), caught.value


def test_an_entry_and_its_calculation_belong_together(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        read(tmp_path, WHOLE, {"other": NOTHING})
    assert [problem.what for problem in caught.value.problems] == [
        "'made-up' has no calculation",
        "the calculation 'other' has no entry",
    ]
