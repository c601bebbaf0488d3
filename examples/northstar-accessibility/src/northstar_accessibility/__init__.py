"""Accessibility: can everybody buy and get help, whatever they see, hear or can move?

This module holds the hooks and nothing else. Each thing that they give lies in a module of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxmaturity.api import Format, Metric, Reader, Scorer, Section, declared_metrics, hookimpl, resource
from northstar_accessibility.actions import MarkdownFormat
from northstar_accessibility.barriers import BarriersSection
from northstar_accessibility.kiosk import KioskReader
from northstar_accessibility.metric import FIRST_CONTACT_RATE
from northstar_accessibility.scorer import AccessibilityScorer

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

CXMATURITY_API = 1


@hookimpl
def cxmaturity_scorers() -> list[Scorer]:
    """What scores the dimension: half of it is its weakest practice."""
    return [AccessibilityScorer()]


@hookimpl
def cxmaturity_questionnaires() -> list[Traversable]:
    """The questions, a part that is asked where a workspace names it."""
    return [resource(__name__, "accessibility")]


@hookimpl
def cxmaturity_metrics() -> list[Metric]:
    """How many help requests are solved at the first contact."""
    return declared_metrics(resource(__name__, "metrics.yaml"), {"first-contact-rate": FIRST_CONTACT_RATE})


@hookimpl
def cxmaturity_catalogues() -> list[Traversable]:
    """What to do about accessibility."""
    return [resource(__name__, "recommendations.yaml")]


@hookimpl
def cxmaturity_readers() -> list[Reader]:
    """Answers from the tablet in the staff room."""
    return [KioskReader()]


@hookimpl
def cxmaturity_formats() -> list[Format]:
    """The roadmap as a list in Markdown."""
    return [MarkdownFormat()]


@hookimpl
def cxmaturity_sections() -> list[Section]:
    """The page on the barriers to look at first."""
    return [BarriersSection()]


@hookimpl
def cxmaturity_translations() -> list[Traversable]:
    """The words of metric, findings and page."""
    return [resource(__name__, "texts.en.yaml")]
