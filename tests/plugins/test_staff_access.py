"""Who can reach customer data, and who of these does, worked by hand."""

from __future__ import annotations

import pytest

from cxmaturity.api import share_interval
from cxmaturity.testing import measured

Rows = list[dict[str, object]]
AS_OF = "2026-10-31"


def staff(access: str) -> Rows:
    """A person for each y or n."""
    return [{"person": number, "access": each} for number, each in enumerate(access)]


def test_people_with_access_over_people() -> None:
    metric = measured("staff-with-access", {"staff": staff("yyny")})
    assert (metric.value, metric.n) == (3 / 4, 4)
    assert metric.parts == {"people": 4, "access": 3}
    assert metric.interval == share_interval(3, 4)


def test_who_is_listed_twice_is_one_person_with_access_if_one_row_says_so() -> None:
    rows = [
        {"person": "ana", "access": False},
        {"person": "ana", "access": True},
        {"person": "ion", "access": False},
        {"person": "ion", "access": False},
    ]
    assert measured("staff-with-access", {"staff": rows}).parts == {"people": 2, "access": 1}


def test_who_works_in_two_segments_is_one_person_in_the_whole() -> None:
    rows: Rows = [
        {"person": n, "access": name == "shops", "segment": name}
        for n in range(6)
        for name in ("shops", "web")
    ]
    metric = measured("staff-with-access", {"staff": rows})
    assert (metric.value, metric.n) == (1.0, 6)
    assert {each.name: (each.value, each.n) for each in metric.segments} == {
        "shops": (1.0, 6),
        "web": (0.0, 6),
    }


def test_a_row_whose_access_is_not_known_is_left_out() -> None:
    rows: Rows = [*staff("yn"), {"person": 9, "access": "perhaps"}]
    metric = measured("staff-with-access", {"staff": rows})
    assert (metric.n, metric.quality[0].dropped) == (2, 1)


def test_without_staff_there_is_a_reason() -> None:
    metric = measured("staff-with-access", {"staff": []})
    assert metric.value is None
    assert metric.reason is not None
    assert metric.reason.key == "reason.no-records"


# ------------------------------------------------------------------------------------------------ use


def test_people_who_used_it_over_people_who_have_it() -> None:
    # five people, of whom four have access; two of these used it in the year, one before, one never
    rows: Rows = [
        {"person": "a", "access": True, "last_used": "2026-10-30"},
        {"person": "b", "access": True, "last_used": "2026-01-15"},
        {"person": "c", "access": True, "last_used": "2025-03-01"},
        {"person": "d", "access": True, "last_used": None},
        {"person": "e", "access": False, "last_used": "2026-10-30"},  # lost it since
    ]
    metric = measured("staff-using-access", {"staff": rows}, as_of=AS_OF)
    assert (metric.value, metric.n) == (2 / 4, 4)
    assert metric.parts == {"access": 4, "using": 2}
    assert metric.interval == share_interval(2, 4)


@pytest.mark.parametrize(
    ("last", "counts"), [("2025-10-31", 0), ("2025-11-01", 1), ("2026-10-31", 1), ("2026-11-01", 0)]
)
def test_the_edges_of_the_period(last: str, counts: int) -> None:
    rows = [
        {"person": 1, "access": True, "last_used": last},
        {"person": 2, "access": True, "last_used": "2026-05-01"},
    ]
    assert measured("staff-using-access", {"staff": rows}, as_of=AS_OF).parts["using"] == 1 + counts


def test_a_flag_says_it_as_well() -> None:
    rows: Rows = [
        {"person": "a", "access": True, "used": True},
        {"person": "a", "access": True, "used": False},
        {"person": "b", "access": True, "used": False},
        {"person": "c", "access": False, "used": True},
    ]
    assert measured("staff-using-access", {"staff": rows}).parts == {"access": 2, "using": 1}


@pytest.mark.parametrize("used", ["used", "last_used"])
def test_without_anybody_who_has_access_there_is_a_reason(used: str) -> None:
    rows: Rows = [{"person": 1, "access": False, used: None if used == "last_used" else False}]
    metric = measured("staff-using-access", {"staff": rows}, as_of=AS_OF)
    assert metric.value is None
    assert metric.reason is not None
    assert metric.reason.key == "data-access.reason.no-access"


def test_without_word_on_use_there_is_a_reason() -> None:
    metric = measured("staff-using-access", {"staff": staff("y")})
    assert metric.reason is not None
    assert metric.reason.key == "reason.unmapped"
