"""What planning does with a third party's plugin that failed elsewhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from cxmaturity import assess, load, plan
from cxmaturity.testing import RunCommand


def test_a_broken_catalogue_leaves_the_dimension_unassessed_in_the_result_and_in_the_plan(
    install: Callable[..., object], scorer: Callable[..., str], three: Callable[..., Path]
) -> None:
    body = """
        def combine(self, practices, metrics):
            return Score(1.25, (Contribution("accessibility.barriers", 1.25, 1.0),))
    """
    catalogue = """
        from pathlib import Path
        @hookimpl
        def cxmaturity_catalogues():
            return [Path("/nowhere/recommendations.yaml")]
    """
    install("acme", scorer(body, more=catalogue))
    engagement = load(three())
    assessment = assess(engagement)
    roadmap = plan(engagement, assessment)
    assert (assessment.dimensions[2].score, assessment.dimensions[2].plugin) == (None, "acme")
    assert roadmap.finally_.projected.dimensions[2].score is None
    before = assessment.overall.score
    assert roadmap.finally_.projected.overall.score is not None
    assert before is not None
    assert roadmap.finally_.projected.overall.score >= before


RECOMMENDATIONS = """\
format: 1
recommendations:
  - id: accessibility.everything
    title: Remove every barrier
    aim: Nobody is kept out.
    why: Whoever is kept out buys elsewhere.
    source: {ref: S1, idea: made up}
    steps: [Remove them.]
    lifts: {accessibility.barriers: 5}
    effort: {fixed: 30}
    weeks: 12
    owner: Managing director
    kpi: {name: Barriers, target: None}
    risk: {kind: delivery, rating: low, text: It takes longer. Look after a month.}
"""


@pytest.mark.parametrize(
    "command", [("plan", "--what-if", "person-days=10:40:30"), ("report", "--format", "html")]
)
def test_a_plugin_that_fails_only_while_other_capacities_are_tried_is_named(
    *,
    command: tuple[str, ...],
    install: Callable[..., object],
    scorer: Callable[..., str],
    three: Callable[..., Path],
    cli: RunCommand,
    tmp_path: Path,
) -> None:
    (tmp_path / "recommendations.yaml").write_text(RECOMMENDATIONS, encoding="utf-8")
    body = """
        def caps(self, result):
            if result.score > 4:
                raise ValueError("never seen such a score")
            return ()
    """
    catalogue = f"""
        from pathlib import Path
        @hookimpl
        def cxmaturity_catalogues():
            return [Path({str(tmp_path / "recommendations.yaml")!r})]
    """
    install("acme", scorer(body, more=catalogue))
    # 30 person-days within one quarter: 20 do not suffice, 40 do
    folder = three({"capacity": {"start": "2027-01", "quarters": 2, "person_days": 20}})
    assert cli("plan", folder).code == 0
    name, *options = command
    done = cli(name, folder, *options)
    assert done.code == 1
    assert "warning: plugin “acme” (acme-cx) failed: planning accessibility: " in done.err
    assert "never seen such a score" in done.err
    if name == "report":
        kept = json.loads((folder / "reports" / "assessment.json").read_text(encoding="utf-8"))
        assert any("never seen such a score" in each for each in kept["warnings"])
        assert "never seen such a score" in (folder / "reports" / "report.html").read_text(encoding="utf-8")
