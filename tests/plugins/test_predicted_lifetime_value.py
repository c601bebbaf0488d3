"""Predicted lifetime value, through its whole path held to the published figures of CDNOW's customers."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import ibis
import numpy as np
import pytest
from cxmaturity_retention import predicted_value
from cxmaturity_retention.bg_nbd import BgNbd, Histories, fit_bg_nbd
from cxmaturity_retention.gamma_gamma import GammaGamma, fit_gamma_gamma
from cxmaturity_retention.lifetime_value import Terms, lifetime_values, mean_lifetime_value
from cxmaturity_retention.predicted_value import MONTH, WEEK, buying_patterns

from cxmaturity.api import MetricResult, Period, Scope
from cxmaturity.evidence.engines.duckdb import DuckDbEngine
from cxmaturity.testing import measured

CDNOW = Path(__file__).parents[2] / "examples/cdnow/evidence/purchases.csv"
CALIBRATION = "1997-09-30"
"""The 39th week's end: what came later is what the models were tried on."""

Row = dict[str, Any]


@pytest.fixture(scope="module")
def log() -> list[Row]:
    with CDNOW.open(encoding="utf-8") as file:
        return [
            {"customer": row["customer"], "at": row["date"], "amount": float(row["amount"])}
            for row in csv.DictReader(file)
        ]


def value(rows: Iterable[Row], as_of: str = CALIBRATION, **options: float) -> MetricResult:
    return measured(
        "predicted-lifetime-value", {"purchases": list(rows)}, as_of=as_of, options={"margin": 1.0, **options}
    )


def test_cdnow_has_the_published_parameters(log: list[Row], monkeypatch: pytest.MonkeyPatch) -> None:
    fits: list[Any] = []
    for fit in (fit_bg_nbd, fit_gamma_gamma):
        monkeypatch.setattr(
            predicted_value, fit.__name__, lambda *given, fit=fit: fits.append(fit(*given)) or fits[-1]
        )
    found = value(log)
    buying, spending = fits
    assert isinstance(buying, BgNbd)
    assert isinstance(spending, GammaGamma)
    # Fader, Hardie & Lee 2005: r .243, alpha 4.414, a .793, b 2.426, log-likelihood −9582.4
    published = (0.243, 4.414, 0.793, 2.426)
    assert (buying.r, buying.alpha, buying.a, buying.b) == pytest.approx(published, abs=1e-3)
    assert buying.log_likelihood == pytest.approx(-9582.4, abs=0.2)
    # p 6.249, q 3.745, gamma 15.448 of 946 repeat customers, whose means were rounded to cents
    assert (spending.p, spending.q, spending.gamma) == pytest.approx((6.249, 3.745, 15.448), rel=4e-4)
    assert (found.n, spending.n) == (2357, 946)
    assert found.parts["repeat_share"] == pytest.approx(946 / 2357)


def test_customers_alike_are_put_together_without_moving_the_figure(log: list[Row]) -> None:
    # the same of each customer for itself
    days: dict[str, dict[str, float]] = {}
    for row in log:
        if row["at"] <= CALIBRATION:
            each = days.setdefault(row["customer"], {})
            each[row["at"]] = each.get(row["at"], 0.0) + row["amount"]
    x, t_x, age, mean = np.array([_history(each) for each in days.values()]).T
    ones = np.ones(len(x))
    histories = Histories(x, t_x / WEEK, age / WEEK, ones)
    buying, spending = fit_bg_nbd(histories), fit_gamma_gamma(x, mean, ones)
    assert isinstance(buying, BgNbd)
    assert isinstance(spending, GammaGamma)
    terms = Terms(12, MONTH / WEEK, 1.1 ** (1 / 12) - 1, 1.0)
    exact = mean_lifetime_value(lifetime_values(buying, spending, histories, mean, terms), histories)
    assert value(log).value == pytest.approx(exact, rel=1e-4)


def _history(days: dict[str, float]) -> tuple[float, float, float, float]:
    first, *later = sorted(days)
    start, last = np.datetime64(first), np.datetime64(later[-1] if later else first)
    spent = sum(days[day] for day in later)
    seen = np.datetime64(CALIBRATION) - start
    return len(later), int((last - start).astype(int)), int(seen.astype(int)), spent / max(len(later), 1)


def test_it_is_as_so_much_money_as_purchases_and_margin_are(log: list[Row]) -> None:
    few = [row for row in log if int(row["customer"]) % 3 == 0]
    plain = value(few)
    assert plain.value is not None
    assert plain.interval is None
    assert value(few, margin=0.25).value == pytest.approx(plain.value / 4)
    dearer = value({**row, "amount": 100 * row["amount"]} for row in few)
    assert dearer.value == pytest.approx(100 * plain.value, rel=1e-3)
    assert dearer.parts["purchases"] == pytest.approx(plain.parts["purchases"], rel=1e-6)


def test_a_longer_horizon_is_worth_more_and_a_higher_discount_less(log: list[Row]) -> None:
    few = [row for row in log if int(row["customer"]) % 3 == 0]
    year = value(few)
    longer, cheaper = value(few, horizon_months=24), value(few, discount=0.5)
    assert (longer.value or 0) > (year.value or 0) > (cheaper.value or 0) > 0
    assert longer.parts["purchases"] > year.parts["purchases"]
    # the discount is about money: what is expected to be bought stays
    assert cheaper.parts == {**year.parts, "discount_share": 0.5}
    # what was assumed stands beside what came of it
    assumed = ("margin_share", "discount_share", "horizon_months")
    assert [longer.parts[name] for name in assumed] == [1.0, 0.1, 24.0]


def test_segments_have_models_of_their_own(log: list[Row]) -> None:
    rows = [{**row, "segment": "odd" if int(row["customer"]) % 2 else "even"} for row in log]
    found = value(rows)
    assert sum(segment.n or 0 for segment in found.segments) == found.n
    values = [segment.value or 0 for segment in found.segments]
    assert min(values) < (found.value or 0) < max(values)


def test_without_a_margin_it_is_not_computed(log: list[Row]) -> None:
    found = measured("predicted-lifetime-value", {"purchases": log[:10]}, as_of=CALIBRATION)
    assert found.reason is not None
    assert found.reason.key == "reason.no-option"


def bought(customer: str, *purchases: tuple[str, float], **more: str) -> list[Row]:
    return [{"customer": customer, "at": day, "amount": amount, **more} for day, amount in purchases]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([], "reason.no-records"),
        (bought("ana", ("1997-10-01", 10)), "reason.no-records"),
        # 49 customers with repeat purchases are too few for four parameters
        (
            [
                row
                for n in range(99)
                for row in bought(f"c{n}", ("1997-01-01", 10), *([("1997-02-01", 5 + n)] * (n < 49)))
            ],
            "retention.few-repeat-customers",
        ),
        # all buy on the same days: nothing tells who has left
        (
            [row for n in range(60) for row in bought(f"c{n}", ("1997-01-01", 10), ("1997-09-30", 10))],
            "retention.no-model",
        ),
    ],
)
def test_where_models_cannot_be_fitted_it_says_why(rows: list[Row], reason: str) -> None:
    found = value(rows)
    assert (found.value, found.reason and found.reason.key) == (None, reason)


def patterns(rows: list[Row], *by: str) -> list[dict[str, Any]]:
    """What the metric's query makes of rows, as DuckDB computes it."""
    engine = DuckDbEngine()
    try:
        engine.execute('CREATE TABLE log (customer VARCHAR, "at" DATE, amount DOUBLE, segment VARCHAR)')
        for row in rows:
            engine.execute("INSERT INTO log VALUES (?, ?, ?, ?)", [*row.values(), *[""] * (4 - len(row))])
        schema = {"customer": "string", "at": "date", "amount": "float64", "segment": "string"}
        scope = Scope(Period("2025-10-31", "2026-10-31"), by)
        return engine.rows(buying_patterns({"purchases": ibis.table(schema, name="log")}, scope))
    finally:
        engine.close()


def test_purchases_of_a_day_are_one_and_the_first_is_no_repeat() -> None:
    rows = [
        # on 1 January for 10 and 5, on the 11th for 20, on 1 February for 40; what is to come is not known
        *bought("ana", ("2026-01-01", 10), ("2026-01-01", 5), ("2026-01-11", 20)),
        *bought("ana", ("2026-02-01", 40), ("2026-11-01", 99)),
        *bought("ben", ("2026-10-31", 7)),
    ]
    found = {(row["kind"], row["x"]): row for row in patterns(rows)}
    # x 2, t_x from 1 January to 1 February, age to 31 October, 20 + 40 spent
    ana = {"customers": 1, "x": 2, "t_x": 31, "age": 303, "spent": 60.0}
    assert found == {
        ("timing", 2): {**ana, "kind": "timing"},
        ("timing", 0): {"customers": 1, "x": 0, "t_x": 0, "age": 0, "spent": 0.0, "kind": "timing"},
        ("value", 2): {**ana, "kind": "value"},
    }


def test_only_customers_nearly_alike_share_a_row() -> None:
    def timing(*first: str) -> int:
        rows = [row for n, day in enumerate(first) for row in bought(f"c{n}", (day, 1))]
        return len(patterns(rows))

    # seen for 27 and 26 days, where each day is by itself
    assert timing("2026-10-04", "2026-10-05") == 2
    # for 303 and 307 days, a week together, but not for 303 and 308
    assert timing("2026-01-01", "2025-12-28") == 1
    assert timing("2026-01-01", "2025-12-27") == 2
    # for 760 and 730 days, eight weeks together
    assert timing("2024-10-01", "2024-10-31") == 1


def test_patterns_by_segment() -> None:
    rows = bought("ana", ("2026-01-01", 10), segment="shop") + bought(
        "ben", ("2026-01-01", 10), segment="web"
    )
    assert [row["segment"] for row in patterns(rows, "segment")] == ["shop", "web"]
