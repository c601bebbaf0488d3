"""Duplicate customer records, worked by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxmaturity.api import MetricResult, share_interval
from cxmaturity.testing import measured

Contact = tuple[str | None, str | None]


def duplicates(*contacts: Contact) -> MetricResult:
    """Records with these e-mail addresses and telephone numbers, each of a customer of its own."""
    rows = [
        {"customer": f"c{n:03}", "email": mail, "phone": phone} for n, (mail, phone) in enumerate(contacts)
    ]
    return measured("duplicate-customers", {"crm": rows})


def test_all_but_one_of_the_records_that_belong_together_are_duplicates() -> None:
    # four records: the second has the first's e-mail, the third the first's number; the last has neither
    metric = duplicates(
        ("ana@example.ro", "0722 111 222"),
        ("ana@example.ro", "0733 111 222"),
        (None, "0722 111 222"),
        ("ion@example.ro", None),
    )
    assert (metric.value, metric.n) == (2 / 4, 4)
    assert metric.parts == {"records": 4, "duplicates": 2}
    assert metric.interval == share_interval(2, 4)


def test_a_record_counts_once_even_if_both_are_the_same() -> None:
    both = ("ana@example.ro", "0722 111 222")
    assert duplicates(both, both, both).parts == {"records": 3, "duplicates": 2}


def test_records_that_only_a_third_joins_belong_together() -> None:
    # the first and the second have nothing in common; the third has the e-mail of one, the other's number
    metric = duplicates(("ana@example.ro", None), (None, "0722 111 222"), ("ana@example.ro", "0722 111 222"))
    assert metric.parts == {"records": 3, "duplicates": 2}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ana@Example.RO ", "ana@example.ro", True),
        ("ana@example.ro", "ana@example.com", False),
        ("n/a", "n/a", False),  # no address
        ("@", "@", False),
    ],
)
def test_what_counts_as_the_same_address(one: str, other: str, *, same: bool) -> None:
    metric = duplicates((one, "0722 111 222"), (other, "0733 333 333"))
    assert metric.parts["duplicates"] == same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("+40 722 123 456", "0722-123-456", True),
        ("0040722123456", "(0722) 123456", True),
        ("0722 123 456", "0722 123 457", False),
        ("1234567", "123-45-67", True),  # seven digits are a number …
        ("123456", "123456", False),  # … six an extension
        ("000 000 000", "0000000000", False),  # what a form insisted on
        ("none", "none", False),
    ],
)
def test_what_counts_as_the_same_number(one: str, other: str, *, same: bool) -> None:
    metric = duplicates(("ana@example.ro", one), ("ion@example.ro", other))
    assert metric.parts["duplicates"] == same


def test_records_without_either_are_not_compared() -> None:
    metric = duplicates(("ana@example.ro", None), (None, None), (" ", "12"))
    assert (metric.value, metric.n) == (0.0, 1)


def test_the_same_name_proves_nothing() -> None:
    rows = [{"customer": n, "name": "Maria Popescu", "email": f"m{n}@example.ro"} for n in range(3)]
    assert measured("duplicate-customers", {"crm": rows}).value == 0.0


def test_rows_of_one_customer_are_one_record() -> None:
    rows = [
        {"customer": "ana", "email": "ana@example.ro"},
        {"customer": "ana", "email": "ana@work.example"},
        {"customer": "ion", "email": "ion@example.ro"},
    ]
    assert measured("duplicate-customers", {"crm": rows}).parts == {"records": 2, "duplicates": 0}
    rows += [{"customer": "ina", "email": "ana@work.example"}, {"customer": "eva", "email": "ana@example.ro"}]
    # ana with both addresses is ina and eva too
    assert measured("duplicate-customers", {"crm": rows}).parts == {"records": 4, "duplicates": 2}


def test_a_key_that_looks_like_an_address_is_none() -> None:
    rows = [{"customer": "ana@example.ro", "phone": "0722 111 222", "email": None}]
    rows += [{"customer": "c2", "phone": None, "email": "ana@example.ro"}]
    assert measured("duplicate-customers", {"crm": rows}).value == 0.0


def test_a_duplicate_is_one_in_its_segment_whoever_has_the_other_record() -> None:
    rows = [{"customer": f"a{n}", "email": f"{n}@example.ro", "segment": "shops"} for n in range(5)]
    rows += [{"customer": f"b{n}", "email": f"{n}@example.ro", "segment": "web"} for n in range(5)]
    metric = measured("duplicate-customers", {"crm": rows})
    assert metric.value == 0.5
    assert {each.name: each.value for each in metric.segments} == {"shops": 0.0, "web": 1.0}


@pytest.mark.parametrize("rows", [[], [{"customer": 1}], [{"customer": 1, "email": None, "phone": "5"}]])
def test_without_contact_details_there_is_a_reason(rows: list[dict[str, object]]) -> None:
    metric = measured("duplicate-customers", {"crm": rows})
    assert metric.value is None
    assert metric.reason is not None
    assert metric.reason.key == "data-access.reason.no-contact-details"


few = st.integers(0, 5)
contacts = st.lists(
    st.tuples(
        st.none() | few.map(lambda n: f"{n}@example.ro"), st.none() | few.map(lambda n: f"072211122{n}")
    ),
    min_size=1,
    max_size=4,  # so that none is more than three steps from another
)


@settings(max_examples=15)
@given(contacts)
def test_what_is_left_are_the_groups_that_a_graph_has(found: list[Contact]) -> None:
    known = [contact for contact in found if any(contact)]
    groups: list[set[str]] = []
    for contact in known:
        mine = {each for each in contact if each}
        touched = [group for group in groups if group & mine]
        groups = [group for group in groups if group not in touched] + [mine.union(*touched)]
    metric = duplicates(*found)
    assert metric.n == len(known)
    assert metric.parts.get("duplicates", 0) == len(known) - len(groups)
    assert duplicates(*found[::-1]).value == metric.value


def test_a_longer_chain_may_come_apart_and_never_gains_a_duplicate() -> None:
    # five records in a chain: the first and the last have the lowest keys, and four steps lie between them
    chain: list[Contact] = [
        (None, "0722111221"),
        ("a@example.ro", None),
        ("b@example.ro", "0722111221"),
        ("b@example.ro", "0722111222"),
        ("a@example.ro", "0722111222"),
    ]
    assert duplicates(*chain).parts == {"records": 5, "duplicates": 3}
