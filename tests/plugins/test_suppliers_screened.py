"""Suppliers that were screened, worked by hand."""

from __future__ import annotations

from cxmaturity.api import share_interval
from cxmaturity.testing import measured

Rows = list[dict[str, object]]


def test_suppliers_screened_over_suppliers() -> None:
    rows: Rows = [{"supplier": name, "screened": name in "ab"} for name in "abcde"]
    metric = measured("suppliers-screened", {"suppliers": rows})
    assert (metric.value, metric.n) == (2 / 5, 5)
    assert metric.parts == {"suppliers": 5, "screened": 2}
    assert metric.interval == share_interval(2, 5)


def test_a_supplier_with_several_rows_counts_once_and_as_screened_if_one_says_so() -> None:
    rows: Rows = [
        {"supplier": "a", "screened": False},
        {"supplier": "a", "screened": True},
        {"supplier": "b", "screened": False},
        {"supplier": "b", "screened": False},
    ]
    assert measured("suppliers-screened", {"suppliers": rows}).parts == {"suppliers": 2, "screened": 1}


def test_a_supplier_of_two_segments_is_one_in_the_whole() -> None:
    rows: Rows = [
        {"supplier": n, "screened": name == "goods", "segment": name}
        for n in range(5)
        for name in ("goods", "services")
    ]
    metric = measured("suppliers-screened", {"suppliers": rows})
    assert (metric.value, metric.n) == (1.0, 5)
    assert {each.name: each.value for each in metric.segments} == {"goods": 1.0, "services": 0.0}


def test_without_suppliers_there_is_a_reason() -> None:
    metric = measured("suppliers-screened", {"suppliers": []})
    assert metric.value is None
    assert metric.reason is not None
    assert metric.reason.key == "reason.no-records"
