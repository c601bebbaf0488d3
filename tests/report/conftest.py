"""A small assessment by six people, to which tests add what they are about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

import cxmaturity
from cxmaturity.engagement import Engagement
from cxmaturity.report.build import build_report
from cxmaturity.report.context import Report
from cxmaturity.report.html import render_html
from cxmaturity.report.pdf import pdf_bytes
from cxmaturity.result import Assessment, Comparison, Gap

MEANING, LOYALTY, CHURN = "culture.meaning", "retention.loyalty-and-value", "retention.churn-insight"
_STEPS = ("never", "rarely", "sometimes", "often", "always", "often")


class Bench:
    """Builds reports of one assessment with fields replaced; nothing is compared unless a test says so."""

    def __init__(self, engagement: Engagement) -> None:
        self.engagement = engagement
        self.assessment: Assessment = replace(cxmaturity.assess(engagement), comparisons=())

    def report(self, **changes: Any) -> Report:
        """The report of the assessment, changed so."""
        assessment = replace(self.assessment, **changes)
        roadmap = cxmaturity.plan(self.engagement, assessment)
        return build_report(self.engagement.workspace, self.engagement.texts, assessment, roadmap)

    def html(self, **changes: Any) -> str:
        """The same as a page."""
        return render_html(self.report(**changes), self.engagement.texts)


@pytest.fixture(scope="session")
def bench(shared_workspace: Callable[..., Path]) -> Bench:
    people = [
        {
            "id": f"r{number}",
            "role": "leadership" if number < 3 else "frontline",
            "answers": {
                f"{MEANING}.same": step,
                f"{LOYALTY}.scheme": step,
                f"{LOYALTY}.effort": number % 5 + 1,
                f"{CHURN}.known": "yes" if number % 2 else "no",
            },
        }
        for number, step in enumerate(_STEPS)
    ]
    return Bench(cxmaturity.load(shared_workspace(people, {"organisation": {"name": "Acme"}})))


@pytest.fixture(scope="session")
def printed() -> Callable[[str], PdfReader]:
    """``printed(html)`` is a page as a PDF; that takes seconds, so that tests of one page share it."""
    return cache(lambda html: PdfReader(BytesIO(pdf_bytes(html))))


@pytest.fixture
def gap() -> Callable[..., Gap]:
    """``gap(about, title, first, second, interval)`` is a gap with its difference worked out."""

    def make(
        about: str,
        title: str,
        first: float | None = None,
        second: float | None = None,
        interval: tuple[float, float] | None = None,
        **more: Any,
    ) -> Gap:
        known = first is not None and second is not None
        difference = (first or 0.0) - (second or 0.0) if known else None
        return Gap(
            about=about,
            title=title,
            first=first,
            second=second,
            difference=difference,
            interval=interval,
            **more,
        )

    return make


@pytest.fixture
def comparison() -> Callable[..., Comparison]:
    """``comparison(gap, …)`` holds leadership against front line."""

    def make(
        *gaps: Gap, attribute: str = "role", first: str = "leadership", second: str = "frontline"
    ) -> Any:
        return Comparison(attribute=attribute, first=first, second=second, gaps=gaps)

    return make
