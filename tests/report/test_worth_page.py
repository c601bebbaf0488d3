"""The page on what a point of churn is worth: there with its range, or not there and saying why."""

from __future__ import annotations

import re
from typing import Any

import pytest

from cxmaturity.api import Message, MetricResult


def metric(name: str, value: float | None, **more: Any) -> MetricResult:
    return MetricResult(
        id=name,
        dimension="retention",
        practice="retention.loyalty-and-value",
        unit="fraction" if name == "churn-rate" else "money",
        higher_is_better=name != "churn-rate",
        source="S0",
        value=value,
        **more,
    )


def churn(customers: int = 1200) -> MetricResult:
    return metric("churn-rate", 0.25, n=customers, period=("2025-10-31", "2026-10-31"))


def lifetime(margin: float = 0.3) -> MetricResult:
    parts = {"first_year_value": 20.0, "margin_share": margin}
    return metric("customer-lifetime-value", 50.0, n=2000, interval=(40.0, 65.0), parts=parts)


def not_measured() -> MetricResult:
    values = {"option": "margin", "metric": "customer-lifetime-value"}
    return metric("customer-lifetime-value", None, reason=Message("reason.no-option", values))


def test_the_title_is_the_range_and_the_table_the_arithmetic(bench: Any) -> None:
    page = bench.report(metrics=(churn(), lifetime())).worth
    # 12 kept × 16, 50 and 65, see tests/test_worth.py; the title has two digits
    assert page.title == "One percentage point less churn in a year is worth 190 to 780 in margin to Acme"
    assert [row[1:] for row in page.rows] == [("12", "12", "12"), ("16", "50", "65"), ("192", "600", "780")]
    assert page.rows[0][0] == "Customers kept: 1% of 1,200"
    assert "1,200 customers" in page.how
    assert "the twelve months to 31 October 2026" in page.how
    assert "margin of 30%" in page.caveats[1]


def test_without_a_margin_it_is_called_revenue(bench: Any) -> None:
    page = bench.report(metrics=(churn(), lifetime(1.0))).worth
    assert "in revenue to Acme" in page.title
    assert page.rows[1][0].startswith("Revenue")
    assert "revenue and not profit" in page.caveats[1]


def test_what_others_report_stands_below_with_its_sources_and_enters_nothing(bench: Any) -> None:
    html = bench.html(metrics=(churn(), lifetime()))
    text = " ".join(re.sub(r"<[^>]+>", " ", html.split('id="worth"')[1].split("</section>")[0]).split())
    own, others = text.split("What others report")
    assert not re.search("Harvard|cmo|25%|95% profit|60%|five times", own)
    assert "None of them enters the sum above, and none is a promise for Acme." in others
    for fact, source in [
        (
            "5% more retention raises profit by 25% to 95%.",
            "Harvard Business School, quoted in S0: CAS Software AG",
        ),
        ("Keeping a customer costs up to five times less than winning one.", "S0: CAS Software AG"),
        ("2% more retention has the same effect on profit as 10% lower costs.", "S0: CAS Software AG"),
        (
            "Customer-centric companies make 60% more profit than others.",
            "cmo.com, May 2015, quoted in S3: Article in Italian",
        ),
    ]:
        assert f"{fact} {source}" in others


def test_it_stands_in_the_contents_before_the_roadmap(bench: Any) -> None:
    html = bench.html(metrics=(churn(), lifetime()))
    assert html.index('href="#worth"') < html.index('href="#roadmap"')
    assert html.index('id="worth"') < html.index('id="roadmap"')


@pytest.mark.parametrize(
    ("metrics", "why"),
    [
        (
            (churn(), not_measured()),
            (
                "the customer lifetime value is not measured (the workspace does not say “margin” under "
                "metrics.customer-lifetime-value)"
            ),
        ),
        (
            (churn(60), lifetime()),
            "there were 60 customers at the start, and one percentage point of them is less than a customer",
        ),
    ],
    ids=["no margin", "few customers"],
)
def test_without_a_number_there_is_no_page_and_the_customer_data_says_why(
    bench: Any, metrics: tuple[MetricResult, ...], why: str
) -> None:
    report, html = bench.report(metrics=metrics), bench.html(metrics=metrics)
    assert report.worth is None
    assert 'id="worth"' not in html
    assert "What others report" not in html
    said = f"What a percentage point of churn is worth cannot be said: {why}."
    assert report.customer_data.no_worth == said
    assert said in html


@pytest.mark.parametrize("metrics", [(), (not_measured(),)], ids=["no metrics", "none measured"])
def test_where_neither_figure_is_known_nothing_is_said_of_it(
    bench: Any, metrics: tuple[MetricResult, ...]
) -> None:
    report = bench.report(metrics=metrics)
    assert report.worth is None
    assert report.customer_data.no_worth == ""
    assert "percentage point of churn" not in bench.html(metrics=metrics)
