"""The share of help requests that were solved at the first contact."""

from __future__ import annotations

import pytest
from northstar_accessibility.metric import first_contact_rate

from cxmaturity.api import Cell

PERIOD = ("2025-10-31", "2026-10-31")


def request(received: str, contacts: float, solved: str | None) -> dict[str, Cell]:
    return {"received": received, "contacts": contacts, "solved": solved}


def test_only_what_is_solved_at_the_first_contact_counts() -> None:
    rows = [
        request("2026-01-10", 1, "2026-01-10"),
        request("2026-01-11", 2, "2026-01-12"),
        request("2026-01-12", 1, None),  # still open
        request("2026-10-31", 1, "2026-11-02"),  # open at the end of the period
    ]
    measure = first_contact_rate(rows, PERIOD)
    assert (measure.value, measure.n, measure.parts) == (0.25, 4, {"requests": 4, "solved": 1})


def test_requests_outside_the_period_do_not_count() -> None:
    rows = [
        request("2025-10-31", 3, "2025-11-30"),  # the day before the first
        request("2025-11-01", 1, "2025-11-01"),
        request("2026-11-01", 3, None),
    ]
    measure = first_contact_rate(rows, PERIOD)
    assert (measure.value, measure.n) == (1.0, 1)


def test_without_requests_there_is_a_reason() -> None:
    measure = first_contact_rate([], PERIOD)
    assert measure.value is None
    assert measure.reason is not None


def test_the_interval_is_that_of_a_share() -> None:
    # n = 10, share 0.8, z² = 3.8415: centre 0.8 + 0.19207 = 0.99207,
    # half 1.95996 × √(0.016 + 0.0096036) = 0.31361; both over 1.38415
    rows = [request("2026-01-10", contacts, "2026-01-10") for contacts in [1] * 8 + [2] * 2]
    assert first_contact_rate(rows, PERIOD).interval == pytest.approx((0.49016, 0.94331), abs=1e-4)
