"""Churn speaks against what people say: what the plugin adds, shown by taking it out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cxmaturity import load

# at the start (31 October 2025) a–e; b and c leave within the year: 2 ÷ 5 = 40 %
CUSTOMERS = """\
id,joined,left
a,2024-01-01,
b,2024-01-01,2026-05-01
c,2024-02-01,2026-06-01
d,2024-03-01,
e,2024-03-01,
f,2026-03-01,
"""
SETTINGS: dict[str, Any] = {
    "as_of": "2026-10-31",
    "evidence": {
        "customers": {
            "source": "evidence/customers.csv",
            "columns": {"customer": "id", "since": "joined", "until": "left"},
        }
    },
    "bands": {"churn-rate": {"basis": "the board", "levels": {"2": 0.4, "3": 0.2, "4": 0.1, "5": 0.05}}},
}
TOP = {
    "retention.loyalty-and-value.scheme": 5,
    "retention.loyalty-and-value.effort": 1,
    "retention.churn-insight.known": True,
    "retention.churn-insight.ways": ["calls", "letters"],
    "retention.churn-insight.share": 90,
}
RESPONDENTS = [{"id": "r01", "answers": TOP}]


def own(data: Any) -> Any:
    return next(each for each in data["dimensions"] if each["id"] == "retention")


def test_without_the_plugin_nobody_reads_the_customers(
    workspace: Callable[..., Path], assessed: Callable[..., Any], without: Callable[[str], None]
) -> None:
    folder = workspace(RESPONDENTS, SETTINGS, {"evidence/customers.csv": CUSTOMERS})
    data, code, _ = assessed(folder)
    assert code == 0
    churn = next(each for each in data["metrics"] if each["id"] == "churn-rate")
    assert (churn["value"], churn["n"], churn["unit"]) == (pytest.approx(0.4), 5, "fraction")
    # 40 % is just good enough for level 2
    assert (churn["band"], churn["basis"]) == (2, "the board")
    assert churn["period"] == ["2025-10-31", "2026-10-31"]
    # people say 5.0; data says 2, so level 3 at most; the score stays
    assert (own(data)["score"], own(data)["perceived"], own(data)["measured"]) == (5.0, 5.0, 2.0)
    assert (own(data)["uncapped_level"], own(data)["level"]) == (5, 3)
    texts = [each["text"] for each in own(data)["findings"]]
    assert any("Of 5 customers at the start" in text and "a churn rate of 40.0%" in text for text in texts)
    assert "retention" in {entry.plugin for entry in load(folder).catalogue}

    without("retention")
    data, code, err = assessed(folder)
    assert code == 1  # the workspace has bands that nobody now knows
    assert "there is no metric 'churn-rate'" in err
    assert data["metrics"] == [] or "churn-rate" not in [each["id"] for each in data["metrics"]]
    assert (own(data)["level"], own(data)["measured"], own(data)["plugin"]) == (5, None, None)
    assert not [each for each in own(data)["findings"] if "churn rate" in each["text"]]
    assert "retention" not in {entry.plugin for entry in load(folder).catalogue}


def test_without_bands_churn_is_shown_and_caps_nothing(
    workspace: Callable[..., Path], assessed: Callable[..., Any]
) -> None:
    settings = {key: value for key, value in SETTINGS.items() if key != "bands"}
    data, code, _ = assessed(workspace(RESPONDENTS, settings, {"evidence/customers.csv": CUSTOMERS}))
    churn = next(each for each in data["metrics"] if each["id"] == "churn-rate")
    assert code == 0
    assert (churn["value"], churn["band"], churn["basis"]) == (pytest.approx(0.4), None, None)
    assert (own(data)["level"], own(data)["measured"], own(data)["caps"]) == (5, None, [])


PURCHASES = """\
buyer,day,paid
a,2025-10-31,10
a,2026-10-31,30
b,2025-06-01,20
"""
JOURNEYS = """\
order,what,when
1,ordered,2026-01-01 08:00
1,delivered,2026-01-02 10:00
1,returned,2026-02-01 08:00
2,ordered,2026-01-01 08:00
"""


def test_what_the_workspace_says_of_its_metrics_reaches_them(
    workspace: Callable[..., Path], assessed: Callable[..., Any]
) -> None:
    settings = {
        "as_of": "2026-10-31",
        "evidence": {
            "purchases": {
                "source": "evidence/purchases.csv",
                "columns": {"customer": "buyer", "at": "day", "amount": "paid"},
            },
            "journeys": {
                "source": "evidence/journeys.csv",
                "columns": {"journey": "order", "step": "what", "at": "when"},
            },
        },
        "metrics": {
            "customer-lifetime-value": {"margin": 0.5},
            "journey-completion-time": {"last_step": "delivered"},
        },
    }
    files = {"evidence/purchases.csv": PURCHASES, "evidence/journeys.csv": JOURNEYS}
    data, code, err = assessed(workspace(RESPONDENTS, settings, files))
    assert code == 0, err
    metrics = {each["id"]: each for each in data["metrics"]}
    # 60 in all, over 365 and 517 days: 60 ÷ 882 × 365.25 = 24.8469 a year; a came back, b did not: r = 0.5;
    # × 0.5 × 0.5 ÷ (1 + 0.1 − 0.5)
    assert metrics["customer-lifetime-value"]["value"] == pytest.approx(24.8469 * 0.25 / 0.6, abs=1e-4)
    assert metrics["journey-completion-time"]["value"] == 26.0
    # the margin was said for the one and not for the other
    assert metrics["predicted-lifetime-value"]["reason"] == (
        "the workspace does not say “margin” under metrics.predicted-lifetime-value"
    )


def test_without_a_table_churn_is_not_measured_and_says_so(
    workspace: Callable[..., Path], assessed: Callable[..., Any]
) -> None:
    data, code, _ = assessed(workspace(RESPONDENTS))
    churn = next(each for each in data["metrics"] if each["id"] == "churn-rate")
    assert code == 0
    assert (churn["value"], churn["reason"]) == (None, "the workspace names no table “customers”")
    assert not [
        each for each in own(data)["findings"] if "churn" in each["text"].lower() and each["kind"] == "note"
    ]
