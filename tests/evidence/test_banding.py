"""Which bands hold, and what a practice's metrics amount to."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from cxmaturity.api import Bands, Calculation, Measure, Metric, MetricResult, Scorer
from cxmaturity.evidence.banding import bands_in_force, level_of_value, measured_scores
from cxmaturity.evidence.model import EvidenceRequest
from cxmaturity.plugins import Plugin, Plugins

RISING = {2: 0.0, 3: 20.0, 4: 50.0, 5: 80.0}
FALLING = {2: 0.4, 3: 0.3, 4: 0.2, 5: 0.1}
OURS = Plugin("ours", "1", "cxmaturity")
THEIRS = Plugin("theirs", "1", "acme")
PLUGINS = Plugins((OURS, THEIRS), scorers={"retention": (Scorer(), "ours")})


def metric(*bands: Bands, higher: bool | None = True) -> Metric:
    nothing = Calculation(lambda tables, _scope: tables["customers"], lambda _rows, _scope: Measure(None))
    return Metric(
        id="made-up",
        practice="retention.value",
        unit="points",
        higher_is_better=higher,
        source="S0",
        tables={"customers": ()},
        calculation=nothing,
        bands=tuple(bands),
    )


def test_the_workspaces_bands_come_before_the_metrics_own() -> None:
    request = EvidenceRequest(bands={"made-up": Bands(RISING, "the board")})
    bands = bands_in_force(request, PLUGINS, "ours", metric(Bands(RISING, "a rule of thumb")))
    assert bands is not None
    assert bands.basis == "the board"


@pytest.mark.parametrize(
    ("sector", "basis"), [("telecoms", "telecoms"), ("Telecoms", "telecoms"), ("retail", "all"), ("", "all")]
)
def test_bands_for_the_sector_come_before_those_for_all(sector: str, basis: str) -> None:
    own = metric(Bands(RISING, "all"), Bands(RISING, "telecoms", ("telecoms", "telephony")))
    bands = bands_in_force(EvidenceRequest(sector=sector), PLUGINS, "ours", own)
    assert bands is not None
    assert bands.basis == basis


def test_without_bands_there_is_no_norm() -> None:
    assert bands_in_force(EvidenceRequest(), PLUGINS, "ours", metric()) is None
    assert level_of_value(42.0, None) is None
    elsewhere = metric(Bands(RISING, "banks only", ("banking",)))
    assert bands_in_force(EvidenceRequest(sector="retail"), PLUGINS, "ours", elsewhere) is None


@pytest.mark.parametrize("higher", [True, None])
def test_bands_that_run_the_wrong_way_do_not_hold(higher: bool | None) -> None:  # noqa: FBT001
    request = EvidenceRequest(bands={"made-up": Bands(FALLING, "the board")})
    assert bands_in_force(request, PLUGINS, "ours", metric(higher=higher)) is None


def test_a_strangers_metric_may_cap_only_where_it_scores_or_is_allowed() -> None:
    own = metric(Bands(RISING, "their own"))
    assert bands_in_force(EvidenceRequest(), PLUGINS, "theirs", own) is None
    assert bands_in_force(EvidenceRequest(may_cap=frozenset({"theirs"})), PLUGINS, "theirs", own) is not None
    nobody = Plugins((OURS, THEIRS))
    assert bands_in_force(EvidenceRequest(), nobody, "theirs", own) is not None


@pytest.mark.parametrize(
    ("value", "rising", "falling"), [(0.0, 2, 5), (-0.01, 1, 5), (0.1, 2, 5), (0.2, 2, 4), (80.0, 5, 1)]
)
def test_a_band_begins_at_its_own_value(value: float, rising: int, falling: int) -> None:
    assert level_of_value(value, Bands(RISING, "b")) == rising
    assert level_of_value(value, Bands(FALLING, "b")) == falling


def results(*levels: tuple[int | None, float]) -> Iterable[MetricResult]:
    for number, (band, weight) in enumerate(levels):
        yield MetricResult(
            id=f"m{number}",
            dimension="d",
            practice="d.p",
            unit="points",
            higher_is_better=True,
            source="S0",
            value=1.0,
            band=band,
            weight=weight,
        )


def test_a_practice_is_the_weighted_mean_of_the_levels_of_its_metrics() -> None:
    # (2 × 1 + 5 × 2) ÷ 3 = 4; what has no band, or no weight, counts nothing
    found = measured_scores(tuple(results((2, 1.0), (5, 2.0), (None, 9.0), (1, 0.0))), iter(["d.p", "d.q"]))
    assert found == {"d.p": 4.0}
