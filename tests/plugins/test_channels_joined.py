"""Contacts that are joined to a customer, worked by hand."""

from __future__ import annotations

import pytest
from cxmaturity_data_access.contacts import channels_joined
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.api import MetricResult, Rows, Scope, share_interval
from cxmaturity.testing import measured

AS_OF = "2026-10-31"


def contacts(channel: str, joined: int, alone: int, at: str = "2026-05-01") -> list[dict[str, object]]:
    customers = [*range(joined), *[None] * alone]
    return [{"customer": customer, "channel": channel, "at": at} for customer in customers]


def joined(*rows: list[dict[str, object]]) -> MetricResult:
    return measured("channels-joined", {"contacts": [each for part in rows for each in part]}, as_of=AS_OF)


def test_joined_contacts_over_all_contacts() -> None:
    # telephone 6 of 8, e-mail 1 of 7: 7 of 15
    metric = joined(contacts("telephone", 6, 2), contacts("e-mail", 1, 6))
    assert (metric.value, metric.n) == (7 / 15, 15)
    assert metric.parts == {"contacts": 15, "joined": 7}
    assert metric.interval == share_interval(7, 15)
    (series,) = metric.series
    assert (series.id, series.kind) == ("channels", "categories")
    assert [(point.label, point.value, point.n) for point in series.points] == [
        ("telephone", 6 / 8, 8),
        ("e-mail", 1 / 7, 7),
    ]


def test_a_channel_with_few_contacts_is_not_shown() -> None:
    (series,) = joined(contacts("telephone", 6, 2), contacts("shop", 5, 0), contacts("fax", 1, 1)).series
    assert [point.label for point in series.points] == [
        "telephone",
        "",
        "",
    ]  # the shop's would tell the fax's


@pytest.mark.parametrize(
    ("at", "counts"), [("2025-10-31", 0), ("2025-11-01", 1), ("2026-10-31", 1), ("2026-11-01", 0)]
)
def test_the_edges_of_the_period(at: str, counts: int) -> None:
    assert joined(contacts("shop", 5, 0), contacts("shop", 0, 1, at)).n == 5 + counts


def test_without_dates_all_contacts_count() -> None:
    rows = [{"customer": n or None, "channel": "shop"} for n in range(4)]
    metric = measured("channels-joined", {"contacts": rows})
    assert (metric.value, metric.n, metric.trend) == (0.75, 4, ())


def test_a_contact_without_a_channel_is_left_out() -> None:
    rows = [{"customer": 1, "channel": None}, {"customer": None, "channel": "shop"}]
    metric = measured("channels-joined", {"contacts": rows})
    assert (metric.value, metric.n, metric.quality[0].dropped) == (0.0, 1, 1)


def test_quarters_and_segments_have_figures_of_their_own() -> None:
    rows = contacts("shop", 5, 0, "2026-10-01") + contacts("web", 0, 5, "2025-12-01")
    rows = [{**row, "segment": "old" if row["channel"] == "shop" else "new"} for row in rows]
    metric = joined(rows)
    assert [each.value for each in metric.trend] == [0.0, 1.0]
    assert {each.name: each.value for each in metric.segments} == {"old": 1.0, "new": 0.0}


def test_without_contacts_there_is_a_reason() -> None:
    metric = joined(contacts("shop", 1, 1, "2030-01-01"))
    assert metric.value is None
    assert metric.reason is not None
    assert metric.reason.key == "reason.no-records"


counts = st.tuples(st.sampled_from(("shop", "web", "mail")), st.integers(0, 9), st.integers(0, 9))


@given(st.lists(counts, min_size=1, max_size=8))
def test_the_channels_weighed_by_their_contacts_are_the_whole(found: list[tuple[str, int, int]]) -> None:
    rows: Rows = [{"channel": name, "n": yes + no, "count": yes} for name, yes, no in found if yes + no]
    measure = channels_joined(rows, Scope())
    if measure.value is None:
        assert not rows
        return
    points = measure.series[0].points
    assert sum(point.n for point in points) == measure.n
    assert sum((point.value or 0) * point.n for point in points) / measure.n == pytest.approx(measure.value)
