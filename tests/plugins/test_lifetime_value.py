"""Buying, spending and what both are worth, held against the figures published on the customers of CDNOW."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from itertools import repeat
from pathlib import Path

import numpy as np
import pytest
from cxmaturity_retention.bg_nbd import (
    BgNbd,
    Histories,
    conditional_purchases,
    fit_bg_nbd,
    probability_alive,
)
from cxmaturity_retention.gamma_gamma import GammaGamma, conditional_value, fit_gamma_gamma
from cxmaturity_retention.lifetime_value import Terms, lifetime_values, mean_lifetime_value
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.special import hyp2f1

Floats = NDArray[np.float64]

PURCHASES = Path(__file__).parents[2] / "examples" / "cdnow" / "evidence" / "purchases.csv"
CALIBRATED = date(1997, 9, 30)

BUYING = BgNbd(0.243, 4.414, 0.793, 2.426, -9582.4, converged=True, n=2357)
SPENDING = GammaGamma(6.249, 3.745, 15.448, -4055.9, converged=True, n=946)
"""As published."""


def histories(*rows: tuple[float, ...]) -> Histories:
    """Of rows of x, t_x and age; a fourth number is how many customers, else 1."""
    return Histories(*np.array([(*row, 1.0)[:4] for row in rows], dtype=float).reshape(-1, 4).T)


def of_a_new_customer(fit: BgNbd, time: float) -> float:
    """Purchases within a time of the first one: nobody has left who has not bought again."""
    return float(conditional_purchases(fit, histories((0, 0, 0)), time)[0])


@pytest.fixture(scope="module")
def cdnow() -> tuple[Histories, Floats]:
    """Histories of 39 weeks, in weeks, and mean values of the repeat purchases; a day is a purchase."""
    days: dict[str, dict[date, float]] = defaultdict(lambda: defaultdict(float))
    with PURCHASES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            days[row["customer"]][date.fromisoformat(row["date"])] += float(row["amount"])
    rows, means = [], []
    for spent in days.values():
        first, *rest = sorted(day for day in spent if day <= CALIBRATED)
        last = rest[-1] if rest else first
        rows.append((len(rest), (last - first).days / 7, (CALIBRATED - first).days / 7))
        means.append(sum(spent[day] for day in rest) / len(rest) if rest else 0.0)
    return histories(*rows), np.array(means)


@st.composite
def some_histories(draw: st.DrawFn) -> Histories:
    rows: list[tuple[float, ...]] = []
    for _ in range(draw(st.integers(1, 8))):
        x, age = draw(st.integers(0, 400)), draw(st.floats(1, 300))
        rows.append((x, age * draw(st.floats(0.01, 1)) if x else 0, age))
    return histories(*rows)


positive = st.floats(0.02, 20)
buyings = st.builds(
    lambda r, alpha, a, b: BgNbd(r, alpha, a, b, 0, converged=True, n=1),
    positive,
    positive,
    positive,
    positive,
)


# ---------------------------------------------------------------------------------------------- BG/NBD


def test_bg_nbd_as_published(cdnow: tuple[Histories, Floats]) -> None:
    fit = fit_bg_nbd(cdnow[0])
    assert isinstance(fit, BgNbd)
    assert [round(each, 3) for each in (fit.r, fit.alpha, fit.a, fit.b)] == [0.243, 4.414, 0.793, 2.426]
    assert round(fit.log_likelihood, 1) == -9582.4
    assert (fit.converged, fit.n) == (True, 2357)


def test_the_customer_whom_the_authors_work_out() -> None:
    # Fader, Hardie & Lee, Implementing the BG/NBD model in Excel, 2005: customer 0001 of CDNOW, 39 weeks on
    assert conditional_purchases(BUYING, histories((2, 30.43, 38.86)), 39)[0] == pytest.approx(
        1.226, abs=1e-3
    )


def test_alive_by_hand() -> None:
    # r 1, alpha 1, a 1, b 1; x 1, t_x 1, age 3: odds of having left 1 ÷ (1 + 1 − 1) × (4 ÷ 2)^2 = 4
    fit = BgNbd(1, 1, 1, 1, 0, converged=True, n=1)
    assert probability_alive(fit, histories((1, 1, 3), (0, 0, 3))) == pytest.approx([1 / 5, 1])


def test_purchases_of_a_new_customer_by_hand() -> None:
    # r 1, alpha 1 and a 1, b 1, within 1: the mean over p from 0 to 1 of (1 − 1 ÷ (1 + p)) ÷ p = 1 ÷ (1 + p),
    # which is ln 2; the paper's formula divides by a − 1 = 0 here
    assert of_a_new_customer(BgNbd(1, 1, 1, 1, 0, converged=True, n=1), 1) == pytest.approx(np.log(2))
    # nobody ever leaves: r ÷ alpha each unit of time
    assert of_a_new_customer(BgNbd(2, 4, 1e-9, 1, 0, converged=True, n=1), 10) == pytest.approx(5)


@pytest.mark.parametrize("a", [0.4, 0.793, 2.5])
@pytest.mark.parametrize("time", [1, 39, 500])
def test_purchases_of_a_new_customer_are_those_of_the_published_formula(a: float, time: float) -> None:
    r, alpha, b = 0.243, 4.414, 2.426
    z = time / (alpha + time)
    formula = (a + b - 1) / (a - 1) * (1 - (1 - z) ** r * hyp2f1(r, b, a + b - 1, z))
    fit = BgNbd(r, alpha, a, b, 0, converged=True, n=1)
    assert of_a_new_customer(fit, time) == pytest.approx(formula, rel=1e-8)


def test_who_buys_often_and_customers_who_are_alike_overflow_nothing() -> None:
    often = conditional_purchases(BUYING, histories((3000, 38.9, 39)), 39)[0]
    assert 0 < often < 3000
    alike = BgNbd(1e6, 1e6, 1e5, 9e5, 0, converged=True, n=1)
    # a rate of 1, and one in ten leaves at each purchase: (1 − e^(−0.1 × 20)) ÷ 0.1 purchases within 20
    assert of_a_new_customer(alike, 20) == pytest.approx((1 - np.exp(-2)) / 0.1, rel=1e-3)


@pytest.mark.parametrize(
    ("of", "reason"),
    [(histories(), "nobody-observed"), (histories((0, 0, 9), (0, 0, 0)), "nobody-repeats")],
)
def test_buying_that_cannot_be_fitted_says_why(of: Histories, reason: str) -> None:
    assert fit_bg_nbd(of) == reason


def test_a_fit_at_a_bound_has_not_converged() -> None:
    # all bought at the very end, so that there is no sign of anybody leaving: a sinks towards 0
    fit = fit_bg_nbd(histories((3, 10, 10, 5), (9, 10, 10, 5), (1, 10, 10, 5)))
    assert isinstance(fit, BgNbd)
    assert not fit.converged


@pytest.mark.parametrize(
    "row", [(1, 5, 4), (-1, 1, 4), (0, 1, 4), (1, 0, 4), (1, 1, 4, 0), (float("nan"), 1, 4)]
)
def test_histories_that_cannot_be_are_refused(row: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="t_x"):
        histories(row)


def test_histories_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="one shape"):
        Histories(np.zeros(2), np.zeros(2), np.ones(2), np.ones(1))


def test_weights_are_repetitions_and_the_unit_of_time_is_of_no_account() -> None:
    rows = [(0, 0, 30, 50), (0, 0, 12, 30), (1, 4, 30, 12), (2, 25, 30, 8), (1, 9, 12, 6), (6, 28, 30, 4)]
    fit = fit_bg_nbd(histories(*rows))
    repeated = fit_bg_nbd(histories(*(row[:3] for row in rows for _ in repeat(None, int(row[3])))))
    in_days = fit_bg_nbd(histories(*((x, 7 * t_x, 7 * age, n) for x, t_x, age, n in rows)))
    assert isinstance(fit, BgNbd)
    assert isinstance(repeated, BgNbd)
    assert isinstance(in_days, BgNbd)
    assert repeated.log_likelihood == pytest.approx(fit.log_likelihood)
    assert (repeated.r, repeated.alpha, repeated.n) == pytest.approx((fit.r, fit.alpha, 110), rel=1e-3)
    assert (in_days.r, in_days.alpha) == pytest.approx((fit.r, 7 * fit.alpha), rel=1e-3)
    # 12 + 16 + 6 + 24 = 58 times of purchases, each of a density seven times as thin
    assert in_days.log_likelihood == pytest.approx(fit.log_likelihood - 58 * np.log(7))


@given(buyings, some_histories(), st.floats(0.1, 500))
def test_purchases_are_expected_of_the_living_and_more_in_more_time(
    fit: BgNbd, of: Histories, time: float
) -> None:
    alive, some = probability_alive(fit, of), conditional_purchases(fit, of, time)
    assert ((alive >= 0) & (alive <= 1)).all()
    assert (alive[of.x == 0] == 1).all()
    # never more than those who cannot leave would make: the mean rate (r + x) ÷ (alpha + age)
    assert (some >= 0).all()
    assert (some <= alive * (fit.r + of.x) / (fit.alpha + of.age) * time * (1 + 1e-6)).all()
    assert (conditional_purchases(fit, of, 2 * time) >= some).all()


# ----------------------------------------------------------------------------------------- Gamma-Gamma


def test_gamma_gamma_as_published(cdnow: tuple[Histories, Floats]) -> None:
    of, mean = cdnow
    # the published figures rest on means in whole cents, half a cent counting as one (22.345 as 22.35); the
    # millionth of a cent is for the rounding of floats
    fit = fit_gamma_gamma(of.x, np.floor(100 * mean + 0.5 + 1e-6) / 100, of.weight)
    assert isinstance(fit, GammaGamma)
    assert [round(each, 3) for each in (fit.p, fit.q, fit.gamma)] == [6.249, 3.745, 15.448]
    assert (fit.converged, fit.n) == (True, 946)
    # without that rounding they are hardly different: 6.250, 3.744 and 15.444
    exact = fit_gamma_gamma(of.x, mean, of.weight)
    assert isinstance(exact, GammaGamma)
    assert [round(each, 3) for each in (exact.p, exact.q, exact.gamma)] == [6.25, 3.744, 15.444]


def test_values_by_hand() -> None:
    # p 2, q 3, gamma 10: the mean is 2 × 10 ÷ 2 = 10
    # 4 purchases of 20: 2 × (10 + 80) ÷ (8 + 2) = 18, which is 2/10 of 10 and 8/10 of 20
    fit = GammaGamma(2, 3, 10, 0, converged=True, n=1)
    assert fit.mean == 10
    assert conditional_value(fit, np.array([0.0, 4]), np.array([0.0, 20])) == pytest.approx([10, 18])


@pytest.mark.parametrize(
    ("mean", "reason"),
    [
        ([], "nobody-spent"),
        ([0, 0], "nobody-spent"),
        ([5, 5, 5], "values-alike"),
        ([1, 1.1, 1.2, 1.3, 50, 1000], "infinite-mean"),
    ],
)
def test_spending_that_cannot_be_fitted_says_why(mean: list[float], reason: str) -> None:
    x, weight = np.full(len(mean), 3.0), np.ones(len(mean))
    assert fit_gamma_gamma(x, np.array(mean, dtype=float), weight) == reason


@settings(max_examples=20)
@given(st.floats(1e-4, 1e4))
def test_the_currency_is_of_no_account_and_weights_are_repetitions(unit: float) -> None:
    x, weight = np.array([1.0, 2, 1, 5, 3, 1]), np.array([3, 2, 4, 1, 2, 3])
    mean = np.array([10.0, 25, 31, 18, 52, 7])
    fit = fit_gamma_gamma(x, mean, weight.astype(float))
    every = [np.repeat(each, weight) for each in (x, unit * mean)]
    other = fit_gamma_gamma(every[0], every[1], np.ones(15))
    assert isinstance(fit, GammaGamma)
    assert isinstance(other, GammaGamma)
    assert (other.p, other.q, other.gamma) == pytest.approx((fit.p, fit.q, unit * fit.gamma), rel=1e-2)
    assert other.mean == pytest.approx(unit * fit.mean, rel=1e-4)
    assert other.log_likelihood == pytest.approx(fit.log_likelihood - 15 * np.log(unit), rel=1e-6)


@given(st.integers(1, 500), st.floats(0.01, 1e5))
def test_a_value_lies_between_the_customers_own_mean_and_that_of_all(x: int, mean: float) -> None:
    value = conditional_value(SPENDING, np.array([float(x)]), np.array([mean]))[0]
    low, high = sorted([mean, SPENDING.mean])
    assert low * (1 - 1e-9) <= value <= high * (1 + 1e-9)


# -------------------------------------------------------------------------------------- lifetime value


def test_a_lifetime_value_is_purchases_times_value_discounted() -> None:
    of, mean = histories((2, 30.43, 38.86, 3), (0, 0, 38.86, 1)), np.array([22.35, 0.0])
    early = conditional_purchases(BUYING, of, 26)
    late = conditional_purchases(BUYING, of, 52) - early
    value = conditional_value(SPENDING, of.x, mean)
    # half of each purchase is margin; the first half-year counts 1 ÷ 1.1, the second 1 ÷ 1.21
    values = lifetime_values(BUYING, SPENDING, of, mean, Terms(2, 26, 0.1, 0.5))
    assert values == pytest.approx(0.5 * value * (early / 1.1 + late / 1.21))
    # three customers like the first, one like the second
    assert mean_lifetime_value(values, of) == pytest.approx((3 * values[0] + values[1]) / 4)


def test_without_discount_periods_add_up_to_the_horizon() -> None:
    of, mean = histories((2, 30.43, 38.86)), np.array([22.35])
    weekly = lifetime_values(BUYING, SPENDING, of, mean, Terms(52, 1, 0, 1))
    assert weekly == pytest.approx(lifetime_values(BUYING, SPENDING, of, mean, Terms(1, 52, 0, 1)))


@given(some_histories(), st.floats(0, 0.5), st.floats(0, 1))
def test_value_is_proportional_to_margin_and_less_at_a_higher_rate(
    of: Histories, rate: float, margin: float
) -> None:
    mean = np.full(of.x.shape, 30.0)
    whole = lifetime_values(BUYING, SPENDING, of, mean, Terms(4, 13, rate, 1))
    assert lifetime_values(BUYING, SPENDING, of, mean, Terms(4, 13, rate, margin)) == pytest.approx(
        margin * whole
    )
    assert (lifetime_values(BUYING, SPENDING, of, mean, Terms(4, 13, rate + 0.1, 1)) <= whole).all()
