"""Profile completeness: how many customer profiles say all that S4 wants to be known of a customer."""

from __future__ import annotations

from cxmaturity.api import Cell, Column, Measure, Message, Metric, Rows, share_interval

FIELDS = ("who", "likes", "buys", "interacts", "relations", "history")


def profile_completeness(rows: Rows, period: tuple[str, str]) -> Measure:
    """Profiles with all six fields filled in ÷ profiles, as they are today."""
    del period  # a profile has no date: what counts is what it says now
    if not rows:
        return Measure(None, reason=Message("customer-understanding.reason.no-profiles"))
    complete = sum(all(_filled(row[name]) for name in FIELDS) for row in rows)
    filled = {name: float(sum(_filled(row[name]) for row in rows)) for name in FIELDS}
    return Measure(
        complete / len(rows),
        n=len(rows),
        interval=share_interval(complete, len(rows)),
        parts={"profiles": len(rows), "complete": complete, **filled},
    )


def _filled(cell: Cell) -> bool:
    """Whether a cell says anything; blanks do not."""
    return cell is not None and bool(str(cell).strip())


PROFILE_COMPLETENESS = Metric(
    id="profile-completeness",
    dimension="customer-understanding",
    practice="customer-understanding.relations-and-history",
    unit="fraction",
    higher_is_better=True,
    source="S4",
    table="profiles",
    columns=tuple(Column(name, "text", empty_allowed=True) for name in FIELDS),
    compute=profile_completeness,
)
