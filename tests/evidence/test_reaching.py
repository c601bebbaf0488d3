"""Customer data that ends before the day of the assessment: what is still measured, and what is said."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from cxmaturity.api import MetricResult, Period
from cxmaturity.evidence.reaching import slack
from cxmaturity.testing import measured

ANSWERS = {
    "culture.meaning.same": 4,
    "retention.loyalty-and-value.scheme": 5,
    "retention.loyalty-and-value.effort": 4,
    "retention.churn-insight.known": True,
}
BANDS = {"churn-rate": {"basis": "the board", "levels": {"2": 0.5, "3": 0.2, "4": 0.1, "5": 0.05}}}
LAST = date(2026, 10, 31)
Row = dict[str, str | None]


def later(days: int, since: date = LAST) -> str:
    return (since + timedelta(days)).isoformat()


def leaving(every: int, count: int) -> list[Row]:
    """As many customers again as leave, one every so many days, the last of them on 31 October 2026."""
    gone: list[Row] = [
        {"customer": f"gone {n}", "since": "2020-01-01", "until": later(-every * n)} for n in range(count)
    ]
    return gone + [{"customer": f"here {n}", "since": "2020-01-01", "until": None} for n in range(count)]


BUSY = leaving(3, 120)
"""240 customers, of whom one leaves each third day: 120 in all, with 119 silences of three days."""
SPARSE = leaving(60, 6)
"""Twelve customers, of whom one leaves every 60 days: six in all, with five silences."""


def churn(rows: Sequence[Row], days: int) -> MetricResult:
    return measured("churn-rate", {"customers": rows}, as_of=later(days))


def test_a_busy_table_that_ends_in_the_period_is_measured_up_to_its_end() -> None:
    # the first left 3 × 119 = 357 days before 31 October 2026: of 240 at the start 120 are lost, half;
    # 180 days later it would be those of its 185 days: 62 of 182, a third
    for days in (0, 8, 180, 364):
        found = churn(BUSY, days)
        assert (found.value, found.parts) == (0.5, {"start": 240, "lost": 120})
        assert found.period == ("2025-10-31", "2026-10-31")
    assert [each.kept_to for each in churn(BUSY, 0).quality] == [None]
    assert [each.kept_to for each in churn(BUSY, 8).quality] == ["2026-10-31"]


def test_a_table_that_ends_before_the_period_begins_is_not_measured() -> None:
    found = churn(BUSY, 366)
    assert (found.value, found.n, found.band, found.parts, found.period) == (None, 0, None, {}, None)
    assert found.reason is not None
    assert (found.reason.key, found.reason.values) == (
        "reason.outdated",
        {"table": "customers", "last": "2026-10-31", "start": "2026-11-02", "end": "2027-11-01"},
    )


@pytest.mark.parametrize(("days", "known"), [(364, True), (365, False), (366, False)])
def test_the_edge_is_the_day_before_the_first(days: int, known: bool) -> None:  # noqa: FBT001 - pytest hands it in
    # as of 31 October 2027 the period begins on 1 November 2026
    for rows in (BUSY, SPARSE):
        assert (churn(rows, days).value is not None) is known


def test_what_an_outdated_table_covers_of_the_trend_stays() -> None:
    rows = [*BUSY, {"customer": "early", "since": "2015-01-01", "until": "2024-05-01"}]
    found = churn(rows, 380)
    assert [point.end for point in found.trend] == ["2023-10-31", "2024-10-31", "2025-10-31", "2026-10-31"]
    # 241 at the start of the second year, one of them lost in it
    assert [point.value for point in found.trend] == [0.0, pytest.approx(1 / 241), 0.0, 0.5]


def test_few_dates_say_nothing_by_their_silence() -> None:
    # of twelve customers six leave, on 4 January, 5 March … 31 October; in the year to 8 January 5 of 11
    assert churn(SPARSE, 0).value == 0.5
    found = churn(SPARSE, 69)
    assert (found.value, found.period) == (pytest.approx(5 / 11), ("2026-01-08", "2027-01-08"))
    assert [each.kept_to for each in found.quality] == ["2026-10-31"]  # no data goes on for longer
    assert [each.kept_to for each in churn(SPARSE, 36).quality] == [None]


def test_what_goes_on_after_the_day_is_no_sign_of_an_end() -> None:
    # as of last year: nobody left in that year, and the table goes on for longer
    found = measured("churn-rate", {"customers": SPARSE}, as_of="2025-06-30")
    assert (found.value, found.quality[0].kept_to) == (0.0, None)


def test_leaving_that_is_planned_does_not_hide_that_a_busy_table_has_ended() -> None:
    rows = [*BUSY, {"customer": "planned", "since": "2020-01-01", "until": "2027-12-31"}]
    # the one who has planned to leave is there all the time: 120 of 241
    assert churn(rows, 180).value == pytest.approx(120 / 241)
    found = churn(rows, 380)
    assert found.reason is not None
    assert (found.value, found.reason.key) == (None, "reason.outdated")


def test_of_two_tables_it_is_that_whose_records_are_counted_unless_the_other_has_ended() -> None:
    complaints: list[Row] = [{"opened": later(300)}]

    def rate(customers: list[Row], opened: list[Row] = complaints) -> MetricResult:
        return measured(
            "complaints-per-thousand", {"complaints": opened, "customers": customers}, as_of=later(400)
        )

    # 6 of the 12 customers are there at both ends of the period: 1 ÷ 6 × 1,000
    assert rate(SPARSE).value == pytest.approx(1000 / 6)
    assert rate(BUSY).value is None
    assert rate(SPARSE, [{"opened": later(0)}]).value is None


def test_what_is_due_is_written_in_advance() -> None:
    rows = [
        {"commitment": "a", "due": "2020-01-01", "met_on": "2020-01-01"},
        {"commitment": "b", "due": "2027-01-01", "met_on": None},
    ]
    found = measured("commitments-met", {"commitments": rows}, as_of=later(380))
    assert (found.value, found.reason) == (0.5, None)


def test_all_purchases_up_to_now_are_judged_as_those_of_the_period_are() -> None:
    # bought each third day by another of two customers: without news all would look lost
    rows = [{"customer": f"c{n % 2}", "at": later(-3 * n), "amount": "10"} for n in range(250)]

    def value(days: int) -> float | None:
        options = {"margin": 0.5}
        return measured(
            "customer-lifetime-value", {"purchases": rows}, as_of=later(days), options=options
        ).value

    assert value(0) == value(200) is not None
    assert value(380) is None


def test_a_period_that_a_workspace_states_is_taken_as_it_is() -> None:
    period = ("2026-01-01", "2026-12-31")
    found = measured("churn-rate", {"customers": BUSY}, period=period)
    assert (found.period, found.quality[0].kept_to) == (period, None)
    found = measured("churn-rate", {"customers": BUSY}, period=("2026-12-31", "2027-12-31"))
    assert found.value is None


def test_data_may_end_a_tenth_of_the_period_before_it_and_a_week_at_least() -> None:
    assert slack(Period("2025-10-31", "2026-10-31")) == 36  # 365 ÷ 10
    assert slack(Period("2026-10-01", "2026-10-31")) == 7  # 30 ÷ 10 is less


@pytest.fixture
def assess(workspace: Callable[..., Path], cli: Callable[..., Any]) -> Callable[..., tuple[Any, int, str]]:
    def run(days: int, nps: str | None = None) -> tuple[Any, int, str]:
        columns = {"customer": "customer", "since": "since", "until": "until"}
        evidence = {"customers": {"source": "evidence/customers.csv", "columns": columns}}
        lines = [f"{row['customer']},{row['since']},{row['until'] or ''}" for row in BUSY]
        files = {"evidence/customers.csv": "\n".join(["customer,since,until", *lines])}
        if nps:
            evidence["nps"] = {"source": "evidence/nps.csv", "columns": {"score": "score", "at": "at"}}
            files["evidence/nps.csv"] = f"score,at\n{nps}\n"
        settings = {"as_of": later(days), "evidence": evidence, "bands": BANDS}
        done = cli("assess", "--json", workspace([{"id": "r01", "answers": ANSWERS}], settings, files))
        return json.loads(done.out), done.code, done.err

    return run


def the(data: Any, metric: str) -> Any:
    return next(each for each in data["metrics"] if each["id"] == metric)


def retention(data: Any) -> Any:
    return next(each for each in data["dimensions"] if each["id"] == "retention")


def test_no_later_day_makes_more_of_the_same_data(assess: Callable[..., tuple[Any, int, str]]) -> None:
    before, code, err = assess(0)
    assert (code, err, before["notes"]) == (0, "", [])
    assert (the(before, "churn-rate")["value"], retention(before)["measured"]) == (0.5, 2.0)
    for days in (30, 200, 364):
        data, code, _ = assess(days)
        assert (the(data, "churn-rate")["value"], the(data, "churn-rate")["band"]) == (0.5, 2)
        assert (retention(data)["level"], retention(data)["measured"]) == (retention(before)["level"], 2.0)
        assert code == 0
        (said,) = data["notes"]
        assert said.startswith(
            "The table “customers” ends on 31 October 2026. What is measured from it is of "
        )
        assert "churn-rate, retention-rate, and retention-curve" in said


def test_what_is_not_measured_for_its_age_is_a_warning(assess: Callable[..., tuple[Any, int, str]]) -> None:
    data, code, err = assess(380, nps=f"9,{later(379)}")
    assert code == 1
    (warning,) = data["warnings"]
    assert warning == (
        "not measured, and so capping no level: churn-rate, retention-rate, and retention-curve; the table "
        "“customers” ends on 31 October 2026, and the period is 16 November 2026 to 15 November 2027; "
        "bring newer data, or set as_of to a day that the data covers"
    )
    assert f"warning: {warning}" in err
    assert (the(data, "churn-rate")["value"], the(data, "churn-rate")["band"]) == (None, None)
    assert the(data, "churn-rate")["reason"] in warning
    assert the(data, "churn-rate")["quality"][0]["last"] == "2026-10-31"
    assert the(data, "nps")["value"] == 100  # the table beside it is of the period
    assert retention(data)["measured"] is None
