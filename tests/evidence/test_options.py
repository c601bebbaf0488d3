"""What a workspace says of metrics beyond their data."""

from __future__ import annotations

import pytest

from cxmaturity.api import Calculation, Measure, Metric, Option
from cxmaturity.evidence.model import NotMeasuredError
from cxmaturity.evidence.options import mistakes, options_of

METRIC = Metric(
    id="value",
    practice="retention.value",
    unit="money",
    higher_is_better=True,
    source="S1",
    tables={"purchases": ()},
    calculation=Calculation(lambda tables, _scope: tables["purchases"], lambda _rows, _scope: Measure(None)),
    options=(
        Option("margin", minimum=0, maximum=1),
        Option("discount", default=0.1, minimum=0),
        Option("easy", default="high", choices=("high", "low")),
    ),
)


def test_what_is_said_comes_before_defaults() -> None:
    assert options_of(METRIC, {"margin": 0.4, "easy": "low"}) == {
        "margin": 0.4,
        "discount": 0.1,
        "easy": "low",
    }


def test_what_must_be_said_is_named() -> None:
    with pytest.raises(NotMeasuredError) as caught:
        options_of(METRIC, {"discount": 0.2})
    assert dict(caught.value.reason.values) == {"option": "margin", "metric": "value"}


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [
        ("margin", 1.5, "'margin' is out of range"),
        ("margin", float("nan"), "'margin' is no number"),
        ("margin", "much", "'margin' is no number"),
        ("discount", -1, "'discount' is out of range"),
        ("easy", "left", "'easy' is none of its words"),
        ("margn", 0.4, "'value' has no option 'margn'"),
    ],
)
def test_a_mistake_is_named_and_counts_as_not_said(name: str, value: float | str, what: str) -> None:
    ((option, found, fix),) = mistakes(METRIC, {name: value})
    assert (option, found) == (name, what)
    assert fix
    assert (
        options_of(METRIC, {"margin": 0.4, **({name: value} if name != "margin" else {})})["discount"] == 0.1
    )
