"""The share of help requests that were solved at the first contact."""

from __future__ import annotations

import pytest

from cxmaturity.api import MetricResult
from cxmaturity.testing import measured


def rate(*requests: tuple[str, int, str | None]) -> MetricResult:
    """What is measured of requests: the day, the number of contacts, the day on which it was solved."""
    rows = [{"received": day, "contacts": contacts, "solved": solved} for day, contacts, solved in requests]
    return measured("first-contact-rate", {"requests": rows}, as_of="2026-10-31")


def test_only_what_is_solved_at_the_first_contact_counts() -> None:
    metric = rate(
        ("2026-01-10", 1, "2026-01-10"),
        ("2026-01-11", 2, "2026-01-12"),
        ("2026-01-12", 1, None),  # still open
        ("2026-10-31", 1, "2026-11-02"),  # open at the end of the period
    )
    assert (metric.value, metric.n, metric.parts, metric.band) == (0.25, 4, {"count": 1}, 1)


def test_requests_outside_the_period_do_not_count() -> None:
    metric = rate(
        ("2025-10-31", 3, "2025-11-30"),  # the day before the first
        ("2025-11-01", 1, "2025-11-01"),
        ("2026-11-01", 3, None),
    )
    assert (metric.value, metric.n, metric.band) == (1.0, 1, 5)


def test_without_requests_there_is_a_reason() -> None:
    metric = rate()
    assert metric.value is None
    assert metric.reason is not None


def test_the_interval_is_that_of_a_share() -> None:
    # n = 10, share 0.8, z² = 3.8415: centre 0.8 + 0.19207 = 0.99207,
    # half 1.95996 × √(0.016 + 0.0096036) = 0.31361; both over 1.38415
    requests = [("2026-01-10", contacts, "2026-01-10") for contacts in [1] * 8 + [2] * 2]
    assert rate(*requests).interval == pytest.approx((0.49016, 0.94331), abs=1e-4)
