"""Prints the models' figures on the purchases of CDNOW's customers beside the published ones.

    python examples/cdnow/compare.py

Published: P. S. Fader, B. G. S. Hardie and K. L. Lee, "Counting Your Customers" the Easy Way, Marketing
Science 24(2), 2005 (BG/NBD); P. S. Fader and B. G. S. Hardie, The Gamma-Gamma Model of Monetary Value, 2013.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import numpy as np
from cxmaturity_retention.bg_nbd import BgNbd, Histories, conditional_purchases, fit_bg_nbd
from cxmaturity_retention.gamma_gamma import GammaGamma, fit_gamma_gamma

PURCHASES = Path(__file__).parent / "evidence" / "purchases.csv"
CALIBRATED, WEEK, HELD_OUT = date(1997, 9, 30), 7, 39
PUBLISHED = {
    "r": "0.243",
    "alpha": "4.414",
    "a": "0.793",
    "b": "2.426",
    "log-likelihood": "-9582.4",
    "p": "6.249",
    "q": "3.745",
    "gamma": "15.448",
}


def main() -> None:
    """Print the table."""
    print("| figure | published | here |")  # noqa: T201 - what it is for
    print("| --- | --- | --- |")  # noqa: T201
    for name, published, here in rows():
        print(f"| {name} | {published} | {here} |")  # noqa: T201


def rows() -> Iterator[tuple[str, str, str]]:
    """Each figure with what was published and what is computed here."""
    days = purchases()
    seen = {customer: [day for day in spent if day <= CALIBRATED] for customer, spent in days.items()}
    histories = Histories(
        *np.array([_history(sorted(bought)) for bought in seen.values()]).T, weight=np.ones(len(seen))
    )
    buying = fit_bg_nbd(histories)
    means = np.array([_mean_value(days[customer], bought) for customer, bought in seen.items()])
    spending = fit_gamma_gamma(histories.x, means, histories.weight)
    if not isinstance(buying, BgNbd) or not isinstance(spending, GammaGamma):
        raise SystemExit(f"the models have no maximum: {buying}, {spending}")
    for name in ("r", "alpha", "a", "b"):
        yield name, PUBLISHED[name], f"{getattr(buying, name):.3f}"
    yield "log-likelihood", PUBLISHED["log-likelihood"], f"{buying.log_likelihood:.1f}"
    for name in ("p", "q", "gamma"):
        yield name, PUBLISHED[name], f"{getattr(spending, name):.3f}"
    after = sum(day > CALIBRATED for spent in days.values() for day in spent)
    expected = conditional_purchases(buying, histories, HELD_OUT).sum()
    yield "purchases in the 39 weeks after, expected (bought)", "", f"{expected:.0f} ({after})"


def purchases() -> dict[str, dict[date, Decimal]]:
    """By customer and day, what was spent: several purchases of one day are one."""
    days: dict[str, dict[date, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    with PURCHASES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            days[row["customer"]][date.fromisoformat(row["date"])] += Decimal(row["amount"])
    return days


def _history(bought: list[date]) -> tuple[float, float, float]:
    """Repeat purchases, weeks from the first to the last, weeks from the first to the end of calibration."""
    return (
        len(bought) - 1,
        (bought[-1] - bought[0]).days / WEEK,
        (CALIBRATED - bought[0]).days / WEEK,
    )


def _mean_value(spent: dict[date, Decimal], bought: list[date]) -> float:
    """The mean value of repeat purchases in whole cents, as the published fit has it; 0 without any."""
    repeats = sorted(bought)[1:]
    if not repeats:
        return 0.0
    mean = sum((spent[day] for day in repeats), Decimal()) / len(repeats)
    return float(mean.quantize(Decimal("0.01"), ROUND_HALF_UP))


if __name__ == "__main__":
    main()
