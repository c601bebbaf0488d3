"""Duplicate customers: records that have the e-mail address or the telephone number of another record.

A name alone proves nothing and is not looked at: two people may well be called alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cxmaturity.api import Calculation, Measure, Message, Rows, Scope, counted, share_interval

if TYPE_CHECKING:
    from ibis.expr.types import StringColumn, Table

SHORTEST, LENGTH = 7, 9
"""A telephone number has at least so many digits, and at most so many at its end tell it from others."""
FILLERS = tuple(digit * length for digit in "0123456789" for length in range(SHORTEST, LENGTH + 1))
"""What people type where a form insists on a number."""
ROUNDS = 2


def records_alike(tables: Mapping[str, Table], scope: Scope) -> Table:
    """Records that have an e-mail address or telephone number (``n``), and duplicates among them (``count``).

    A label goes from each record to all with the same e-mail, then to all with the same telephone number, and
    on, the lowest of several: at first it is the customer's own key. Who ends with another's is a duplicate.
    Rows of one key are one record.
    """
    crm = tables["crm"]
    own = crm.customer.cast("string")  # not every type has a lowest value everywhere
    known = crm.mutate(label=own, mail=email_of(crm.email), number=phone_of(crm.phone)).filter(
        lambda t: t.mail.notnull() | t.number.notnull()
    )
    # a record without one is alone with it, instead of in one heap with all that have none
    alone = "=" + known.label
    joined = known.mutate(mail=known.mail.fill_null(alone), number=known.number.fill_null(alone))
    for key in ("mail", "number", "customer") * ROUNDS:
        joined = joined.mutate(label=joined.label.min().over(group_by=joined[key]))
    each = joined.group_by("customer").aggregate(
        label=joined.label.min(), **{name: joined[name].min() for name in scope.by}
    )
    copies = each.count(where=each.label != each.customer.cast("string"))
    return each.aggregate({"n": each.count(), "count": copies}, by=list(scope.by))


def email_of(text: Any) -> StringColumn:
    """An e-mail address in small letters without blanks around it; NULL where it is none."""
    plain = text.strip().lower()
    return plain.like("%_@_%").ifelse(plain, None)


def phone_of(text: Any) -> StringColumn:
    """The last nine digits of a telephone number, whatever stands between them; NULL where it is none.

    So +40 722 123 456, 0722-123-456 and (0722) 123456 are the same. Fewer than seven digits are an extension.
    """
    digits = text.re_replace("[^0-9]", "").right(LENGTH)
    return ((digits.length() >= SHORTEST) & digits.notin(FILLERS)).ifelse(digits, None)


def duplicate_customers(rows: Rows, scope: Scope) -> Measure:
    """Duplicates ÷ records that can be compared, as a fraction, with Wilson's interval."""
    del scope
    n, duplicates = counted(rows, "n"), counted(rows, "count")
    if not n:
        return Measure(None, reason=Message("data-access.reason.no-contact-details"))
    parts = {"records": n, "duplicates": duplicates}
    return Measure(duplicates / n, n, share_interval(duplicates, n), parts)


DUPLICATE_CUSTOMERS = Calculation(records_alike, duplicate_customers)
