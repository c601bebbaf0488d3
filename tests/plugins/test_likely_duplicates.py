"""Likely duplicates: the rule over names, addresses and numbers, and what the metric makes of it."""

from __future__ import annotations

import pytest
from cxmaturity_data_access.matching import LARGE, NEIGHBOURS, Record, _pairs, alike, groups_of
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.api import share_interval
from cxmaturity.testing import measured

MAIL, PHONE = "stefan.popescu@example.ro", "0722 123 456"


def same(one: tuple[str, str, str], other: tuple[str, str, str]) -> bool:
    """Whether two records are likely the same customer's: by the rule, and found among others."""
    first, second = Record.of(*one), Record.of(*other)
    assert alike(first, second) == alike(second, first)
    found = groups_of([first, second]) == [0, 0]
    assert alike(first, second) == found, "the rule holds, but they were never compared"
    return found


@pytest.mark.parametrize(
    "name",
    [
        "Ștefan Popescu",
        "Popescu, Ștefan",  # transposed
        "STEFAN POPESCU",
        "Stefan  Popescu",
        "Ştefan Popescu",  # with the cedilla of old keyboards
        "Stefan Popesku",
        "Stefan-Popescu",
    ],
)
def test_names_that_are_alike(name: str) -> None:
    assert same(("Ștefan Popescu", MAIL, ""), (name, MAIL, ""))


@pytest.mark.parametrize("name", ["Ion Popescu", "Ștefan Ionescu", "Ștefania Popa"])
def test_one_address_under_two_names_is_a_household(name: str) -> None:
    assert not same(("Ștefan Popescu", MAIL, ""), (name, MAIL, ""))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (MAIL, MAIL.upper(), True),
        (MAIL, "stefan.popescu@exampel.ro", True),  # 24 of 25 letters in order
        (MAIL, "stefan.popescu@other.com", False),
        ("stefan.popescu7@example.ro", "stefan.popescu8@example.ro", False),  # other digits, other people
        (MAIL, "", False),  # nothing but the name speaks for it
        ("", "", False),
    ],
)
def test_addresses_of_the_same_name(one: str, other: str, *, expected: bool) -> None:
    assert same(("Ștefan Popescu", one, ""), ("Stefan Popescu", other, "")) == expected


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ("+40 722-123-456", True),
        ("0722 123 465", True),  # two digits changed places
        ("0722 123 956", True),  # one digit is another
        ("0722 129 956", False),  # two are
        ("123", False),
    ],
)
def test_numbers_of_the_same_name(other: str, *, expected: bool) -> None:
    assert same(("Ștefan Popescu", "", PHONE), ("Popescu Stefan", "", other)) == expected


def test_address_and_number_together_need_no_name_that_is_alike() -> None:
    assert same(("Ana Popescu", MAIL, PHONE), ("Ana Ionescu", MAIL, PHONE))  # she married


@pytest.mark.parametrize(("mail", "phone"), [(MAIL, ""), ("", PHONE)])
def test_where_a_name_is_missing_address_or_number_have_to_be_the_same(mail: str, phone: str) -> None:
    assert same(("", mail, phone), ("Ștefan Popescu", mail, phone))
    assert not same(("", MAIL, ""), ("Ștefan Popescu", "stefan.popescu@exampel.ro", ""))


@pytest.mark.parametrize(("plain", "accented"), [("lodz", "Łódź"), ("soren strasse", "Søren Straße")])
def test_letters_of_other_alphabets_are_read_plainly(plain: str, accented: str) -> None:
    assert Record.of(accented, None, None).name == plain


def test_fillers_are_no_numbers() -> None:
    assert Record.of("Ana", "none", "000 000 000") == Record("ana")


def test_a_group_has_one_first_record() -> None:
    # the first and the third have nothing in common but that each is likely the second
    records = [
        Record.of("Ana Pop", "ana@example.ro", ""),
        Record.of("Ana Pop", "ana@example.ro", PHONE),
        Record.of("Pop Ana", "", PHONE),
        Record.of("Ion Pop", "ion@example.ro", ""),
    ]
    assert groups_of(records) == [0, 0, 0, 3]


def test_a_large_block_finds_neighbours() -> None:
    people = [Record.of("Maria Popescu", f"m{number}@example.ro", "") for number in range(3 * LARGE)]
    found = groups_of([*people, Record.of("Popescu Maria", "m7@example.ro", "")])
    assert found == [*range(3 * LARGE), 7]


def test_large_blocks_do_not_make_all_pairs() -> None:
    # 3,000 records, of which 2,000 share one of two names: two blocks of 1,000 with 20 neighbours each make
    # 2 × (980 × 20 + 19 + 18 + … + 0) = 39,580 pairs; all pairs of these alone would be a million
    names = ("Ana Pop", "Ion Pop", "")
    records = [Record.of(names[n % 3], f"{n}@example.ro", f"07{n:08}") for n in range(3000)]
    assert len(list(_pairs(records))) == 2 * (980 * NEIGHBOURS + sum(range(NEIGHBOURS)))


words = st.text("abcdeș@. 07", max_size=8)
people = st.lists(st.builds(Record.of, words, words | st.just(MAIL), words | st.just(PHONE)), max_size=12)


@given(people, st.randoms(use_true_random=False))
def test_groups_are_the_same_in_every_order_and_grow_with_a_copy(
    records: list[Record], random: object
) -> None:
    order = list(range(len(records)))
    random.shuffle(order)  # type: ignore[attr-defined]
    plain, shuffled = groups_of(records), groups_of([records[number] for number in order])
    together = {frozenset((order[one], order[other])) for other, one in enumerate(shuffled)}
    assert len(set(plain)) == len(set(shuffled))
    assert all(len({plain[number] for number in pair}) == 1 for pair in together)
    assert all(root <= number and plain[root] == root for number, root in enumerate(plain))
    for record in records:
        if record.email or record.phone:
            assert len(set(groups_of([*records, record]))) == len(set(plain))


# ----------------------------------------------------------------------------------------- the metric

CRM = [
    {"customer": 1, "name": "Ștefan Popescu", "email": MAIL, "phone": PHONE},
    {"customer": 2, "name": "Popescu Stefan", "email": "stefan.popescu@exampel.ro", "phone": None},
    {"customer": 3, "name": "Ana Pop", "email": None, "phone": "0733 123 456"},
    {"customer": 4, "name": "Ana Pop", "email": None, "phone": "0733 123 465"},
    {"customer": 5, "name": "Ana Popp", "email": "", "phone": "0733 123 456"},
    {"customer": 6, "name": "Ion Rus", "email": "ion@example.ro", "phone": ""},
    {"customer": 7, "name": "Ștefan Popescu", "email": None, "phone": None},  # a name alone is not compared
]


def test_all_but_one_of_each_group_over_the_records_that_can_be_compared() -> None:
    # groups of 2 (1, 2) and 3 (3, 4, 5): 1 + 2 of the 6 with an address or a number
    metric = measured("likely-duplicates", {"crm": CRM})
    assert (metric.value, metric.n) == (3 / 6, 6)
    assert metric.parts == {"records": 6, "groups": 2, "duplicates": 3}
    assert metric.interval == share_interval(3, 6)


def test_rows_of_one_customer_are_one_record() -> None:
    rows = [{**CRM[0], "customer": 1}, {**CRM[0], "customer": 1}, CRM[5]]
    assert measured("likely-duplicates", {"crm": rows}).parts == {"records": 2, "groups": 0, "duplicates": 0}


def test_columns_that_are_not_mapped_are_not_missed() -> None:
    rows = [{"customer": row["customer"], "phone": row["phone"]} for row in CRM]
    # without names only the same number counts: 3 and 5
    assert measured("likely-duplicates", {"crm": rows}).parts == {"records": 4, "groups": 1, "duplicates": 1}


def test_a_segment_is_looked_at_by_itself() -> None:
    rows = [
        {"customer": f"{segment}{n}", "email": f"{n}@example.ro", "segment": segment}
        for n in range(5)
        for segment in ("shops", "web")
    ]
    metric = measured("likely-duplicates", {"crm": rows})
    assert metric.value == 0.5
    assert {each.name: each.value for each in metric.segments} == {"shops": 0.0, "web": 0.0}


@pytest.mark.parametrize("rows", [[], [{"customer": 1, "name": "Ana"}]])
def test_without_contact_details_there_is_a_reason(rows: list[dict[str, object]]) -> None:
    metric = measured("likely-duplicates", {"crm": rows})
    assert metric.value is None
    assert metric.reason is not None
    assert metric.reason.key == "data-access.reason.no-contact-details"


def test_nothing_personal_leaves_it() -> None:
    said = repr(measured("likely-duplicates", {"crm": CRM}))
    for word in ("Popescu", "popescu", "Ana", "example.ro", "0733"):
        assert word not in said
