"""How complete customer records are, worked by hand."""

from __future__ import annotations

from math import sqrt

import pytest
from cxmaturity_data_access.completeness import FIELDS, crm_completeness
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.api import MetricResult, Rows, Scope
from cxmaturity.testing import measured

Record = dict[str, object]


def completeness(*records: Record) -> MetricResult:
    return measured("crm-completeness", {"crm": [{"customer": n, **each} for n, each in enumerate(records)]})


def test_the_mean_over_records_of_the_fields_filled_in() -> None:
    # two fields mapped; the records have 2, 1, 1 and 0 of them: (1 + ½ + ½ + 0) ÷ 4
    metric = completeness(
        {"who": "a shop", "likes": "tea"},
        {"who": "a school", "likes": None},
        {"who": "", "likes": "coffee"},
        {"who": None, "likes": "   "},  # blanks say nothing
    )
    assert (metric.value, metric.n) == (0.5, 4)
    assert metric.parts == {"customers": 4, "mapped": 2}
    # squares 1 + ¼ + ¼ + 0 = 1.5; variance (1.5 − 4 × 0.25) ÷ 3 = 1/6; t with 3 degrees of freedom 3.1824
    half = 3.182446 * sqrt(1 / 6 / 4)
    assert metric.interval == pytest.approx((max(0.0, 0.5 - half), min(1.0, 0.5 + half)), abs=1e-6)


def test_the_share_of_each_mapped_field_is_shown() -> None:
    (fields,) = completeness({"who": "x", "buys": "y"}, {"who": "x", "buys": None}).series
    assert (fields.id, fields.kind) == ("fields", "distribution")
    assert [(point.label, point.value, point.n) for point in fields.points] == [
        ("who", 1.0, 2),
        ("buys", 0.5, 2),
    ]


def test_a_field_that_nobody_fills_in_counts_and_one_that_is_not_mapped_does_not() -> None:
    assert completeness({"who": "x", "likes": None}, {"who": "x", "likes": None}).value == 0.5
    assert completeness({"who": "x"}, {"who": "x"}).value == 1.0


def test_records_that_are_all_alike_have_no_interval() -> None:
    assert completeness({"who": "x"}, {"who": "x"}).interval is None
    assert completeness({"who": "x", "likes": None}).interval is None


def test_a_record_without_a_key_is_left_out() -> None:
    metric = measured(
        "crm-completeness", {"crm": [{"customer": None, "who": "x"}, {"customer": 1, "who": ""}]}
    )
    assert (metric.value, metric.n) == (0.0, 1)
    assert metric.quality[0].dropped == 1


def test_each_segment_has_a_figure_of_its_own() -> None:
    rows = [{"customer": n, "who": "x", "likes": "y" if n < 6 else None} for n in range(12)]
    rows = [{**row, "segment": "old" if n < 6 else "new"} for n, row in enumerate(rows)]
    metric = measured("crm-completeness", {"crm": rows})
    assert metric.value == 0.75
    assert {each.name: (each.value, each.n) for each in metric.segments} == {"old": (1.0, 6), "new": (0.5, 6)}


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([], "reason.no-records"),
        ([{"customer": 1}, {"customer": 2}], "data-access.reason.no-fields"),
        ([{"customer": 1, "name": "Ana", "email": "a@b.ro"}], "data-access.reason.no-fields"),
    ],
)
def test_without_records_or_fields_there_is_a_reason(rows: list[Record], reason: str) -> None:
    metric = measured("crm-completeness", {"crm": rows})
    assert metric.value is None
    assert metric.reason is not None
    assert metric.reason.key == reason


filled = st.lists(st.sets(st.sampled_from(FIELDS)), min_size=1, max_size=40)


@given(filled, st.integers(0, 40))
def test_parts_of_the_records_add_up_to_the_whole(records: list[set[str]], cut: int) -> None:
    parts: Rows = [aggregated(part) for part in (records[:cut], records[cut:]) if part]
    split, whole = crm_completeness(parts, Scope()), crm_completeness([aggregated(records)], Scope())
    assert split == whole
    assert whole.value == pytest.approx(sum(map(len, records)) / 6 / len(records))
    low, high = whole.interval or (whole.value, whole.value)
    assert 0 <= low <= whole.value + 1e-12
    assert whole.value - 1e-12 <= high <= 1


def aggregated(records: list[set[str]]) -> dict[str, float | str | None]:
    """What the query gives for records that have these fields."""
    return {
        "records": len(records),
        **{name: sum(name in each for each in records) for name in FIELDS},
        "total": sum(map(len, records)),
        "squares": sum(len(each) ** 2 for each in records),
    }
