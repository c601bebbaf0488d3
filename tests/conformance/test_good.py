"""Plugins that do everything right pass every check."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import entry_points

import pytest

from cxmaturity.conformance import CHECKS, Verdict, check_plugin

Check = Callable[..., tuple[Verdict, ...]]

FIRST_PARTY = [
    each.name
    for each in entry_points(group="cxmaturity")
    if each.dist is not None and each.dist.name == "cxmaturity"
]


def test_a_plugin_that_brings_everything_passes_each_check(checked: Check) -> None:
    verdicts = checked()
    assert [(each.check.name, each.outcome, each.detail) for each in verdicts] == [
        (check.name, "passed", "") for check in CHECKS
    ]


@pytest.mark.parametrize("name", FIRST_PARTY)
def test_the_plugins_that_come_with_cxmaturity_pass_each_check(name: str) -> None:
    assert [(each.check.name, each.detail) for each in check_plugin(name) if not each.passed] == []
