"""Which records are likely the same customer's: a rule over names, e-mail addresses and telephone numbers.

Two records are, if their names are alike and their e-mail addresses or telephone numbers are too; if e-mail
and telephone are both the same; or if one of them is and a name is missing. Names are alike whose
token_sort_ratio is 90 of 100 or more, whatever the order of their words; e-mail addresses whose ratio is and
whose digits are the same; telephone numbers that differ in one digit or in two that changed places.

That several fields have to agree is the idea of I. P. Fellegi and A. B. Sunter, *A Theory for Record
Linkage*, Journal of the American Statistical Association 64, 1969; the limits are a convention of ours. Not
every record is compared with every other: only those that share a key of blocking, and in a large block only
neighbours in its order (P. Christen, *Data Matching*, 2012, chapter 4).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz  # whoever imports this module does so lazily
from rapidfuzz.distance import OSA

from cxmaturity_data_access.duplicates import LENGTH, SHORTEST

ALIKE = 90.0
"""From which ratio on names and e-mail addresses are alike, of 100."""
LARGE = 60
"""A block of more records is not compared each with each …"""
NEIGHBOURS = 20
"""… but each with so many after it."""
_PREFIX, _LOCAL, _DIGITS = 3, 5, 6
# letters that Unicode does not take apart
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})


class Record(NamedTuple):
    """What is compared of a record; empty where it is not known."""

    name: str = ""
    email: str = ""
    phone: str = ""

    @classmethod
    def of(cls, name: str | None, email: str | None, phone: str | None) -> Record:
        """A record as somebody wrote it: without accents, order of names, blanks and punctuation."""
        return cls(_name(name or ""), _email(email or ""), _phone(phone or ""))


def _name(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    letters = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(sorted(re.findall(r"\w+", letters)))


def _email(text: str) -> str:
    plain = text.strip().lower()
    return plain if re.fullmatch(r".+@.+", plain) else ""


def _phone(text: str) -> str:
    digits = re.sub(r"[^0-9]", "", text)[-LENGTH:]
    return digits if len(digits) >= SHORTEST and len(set(digits)) > 1 else ""


def groups_of(records: Sequence[Record]) -> list[int]:
    """For each record the number of the first record that it is likely the same customer as, or its own."""
    first = list(range(len(records)))
    for one, other in _pairs(records):
        low, high = sorted((_root(first, one), _root(first, other)))
        if low != high and alike(records[one], records[other]):
            first[high] = low
    return [_root(first, number) for number in range(len(records))]


def _root(first: list[int], number: int) -> int:
    """The first record of a group; the way there is halved for those who come after."""
    while first[number] != number:
        first[number] = first[first[number]]
        number = first[number]
    return number


def alike(one: Record, other: Record) -> bool:
    """Whether two records are likely those of the same customer."""
    email, phone = _same(one.email, other.email), _same(one.phone, other.phone)
    if not one.name or not other.name:
        return email or phone
    if email and phone:
        return True
    near = email or phone or _near_phones(one.phone, other.phone) or _near_emails(one.email, other.email)
    return near and fuzz.ratio(one.name, other.name, score_cutoff=ALIKE) > 0


def _near_phones(one: str, other: str) -> bool:
    return bool(one and other) and OSA.distance(one, other, score_cutoff=1) <= 1


def _near_emails(one: str, other: str) -> bool:
    # other digits are other people: ana.pop7 and ana.pop8 differ in one of 16 signs
    return (
        bool(one and other)
        and fuzz.ratio(one, other, score_cutoff=ALIKE) > 0
        and re.findall(r"\d", one) == re.findall(r"\d", other)
    )


def _same(one: str, other: str) -> bool:
    return bool(one) and one == other


def _pairs(records: Sequence[Record]) -> Iterator[tuple[int, int]]:
    """The records to compare, by number."""
    blocks: dict[str, list[int]] = {}
    for number, record in enumerate(records):
        for key in _keys(record):
            blocks.setdefault(key, []).append(number)
    for block in blocks.values():
        block.sort(key=records.__getitem__)
        reach = len(block) if len(block) <= LARGE else NEIGHBOURS
        for place, one in enumerate(block):
            yield from ((one, other) for other in block[place + 1 : place + 1 + reach])


def _keys(record: Record) -> Iterator[str]:
    """The blocks of a record: how its names begin, its address, the letters before its @, the last digits."""
    if record.name:
        yield "name " + " ".join(word[:_PREFIX] for word in record.name.split())
    if record.email:
        yield "email " + record.email
        local = re.sub(r"[^a-z]", "", record.email.partition("@")[0])
        if len(local) >= _LOCAL:
            yield "local " + local
    if record.phone:
        yield "phone " + record.phone[-_DIGITS:]
