"""Agreed values hold instead of the mean, which stays beside them, and every mistake in them is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cxmaturity import assess, load
from cxmaturity.errors import UserError
from cxmaturity.plugins import Selection
from cxmaturity.result import Assessment

Write = Callable[..., Path]

CULTURE, SAME, SAID = "culture.meaning", "culture.meaning.same", "culture.meaning.said"
LOYALTY, INSIGHT = "retention.loyalty-and-value", "retention.churn-insight"
SCHEME, EFFORT, KNOWN = f"{LOYALTY}.scheme", f"{LOYALTY}.effort", f"{INSIGHT}.known"


def value(score: float, **more: str) -> dict[str, Any]:
    return {"score": score, "by": "Workshop", "at": "2026-10-01", "why": "Seen together.", **more}


@pytest.fixture
def assessed(workspace: Write) -> Callable[..., Assessment]:
    """``assessed(people, consensus=…, overrides=…)``: each of the people is their answers."""

    def run(people: list[dict[str, Any]], **settings: Any) -> Assessment:
        folder = workspace([{"id": f"r{n}", "answers": each} for n, each in enumerate(people)], settings)
        return assess(load(folder, selection=Selection(third_party=False)))

    return run


PEOPLE = [
    {SAME: 1, SCHEME: 5, EFFORT: 1, KNOWN: True},
    {SAME: 2, SCHEME: 3, EFFORT: 3, KNOWN: True},
]


def test_a_workshops_value_of_a_question_holds_and_the_mean_stays_beside_it(
    assessed: Callable[..., Assessment],
) -> None:
    result = assessed(PEOPLE, consensus={SCHEME: value(2)})
    retention = result.dimension("retention")
    question = retention.questions[SCHEME]
    # the raters' mean is (5 + 3) ÷ 2 = 4
    assert question.agreed is not None
    assert (question.score, question.agreed.mean, question.n) == (2.0, 4.0, 2)
    assert (question.agreed.kind, question.agreed.by, question.agreed.at, question.agreed.why) == (
        "consensus",
        "Workshop",
        "2026-10-01",
        "Seen together.",
    )
    # effort, turned round, is (5 + 3) ÷ 2 = 4: the practice is (2 + 4) ÷ 2 = 3 instead of 4
    loyalty = retention.practices[LOYALTY]
    assert loyalty.score == 3.0
    assert loyalty.agreed is None


@pytest.mark.parametrize(("where", "kind"), [("consensus", "consensus"), ("overrides", "review")])
def test_a_practices_value_holds_whoever_set_it(
    where: str, kind: str, assessed: Callable[..., Assessment]
) -> None:
    result = assessed(PEOPLE, **{where: {LOYALTY: value(2.2)}})
    retention = result.dimension("retention")
    loyalty = retention.practices[LOYALTY]
    assert loyalty.agreed is not None
    # the answers come to (4 + 4) ÷ 2 = 4
    assert (loyalty.score, loyalty.level, loyalty.agreed.kind, loyalty.agreed.mean) == (2.2, 2, kind, 4.0)
    assert [(part.id, part.share, part.points) for part in loyalty.contributions] == [("agreed", 1.0, 2.2)]
    assert (loyalty.n, loyalty.interval) == (2, None)
    # churn insight: known is 5, the rest unanswered; (2.2 + 5) ÷ 2 = 3.6
    assert retention.score == pytest.approx(3.6)
    # what is not a sample has no interval, and neither has what it is part of
    assert (retention.interval, result.overall.interval) == (None, None)


def test_without_agreed_values_there_are_intervals_and_nothing_is_said(
    assessed: Callable[..., Assessment],
) -> None:
    result = assessed(PEOPLE)
    assert result.overall.interval is not None
    assert all(practice.agreed is None for practice in result.practices())


def test_questions_that_are_agreed_on_leave_no_interval(assessed: Callable[..., Assessment]) -> None:
    retention = assessed(PEOPLE, consensus={SCHEME: value(2)}).dimension("retention")
    assert retention.questions[SCHEME].interval is None
    assert retention.practices[LOYALTY].interval is None
    assert retention.practices[INSIGHT].interval is not None


def test_a_value_nobody_answered_for_stands_with_its_level(assessed: Callable[..., Assessment]) -> None:
    culture = assessed([{SCHEME: 5}], consensus={CULTURE: value(4.2)}).dimension("culture")
    practice = culture.practices[CULTURE]
    assert practice.agreed is not None
    assert (practice.score, practice.level, practice.agreed.mean, practice.reason) == (4.2, 5, None, None)
    assert (culture.score, culture.level) == (4.2, None)  # of the dimension too little was answered


def test_an_agreed_value_is_not_called_a_mean(assessed: Callable[..., Assessment]) -> None:
    findings = assessed(PEOPLE, consensus={SCHEME: value(2)}).dimension("retention").findings
    (finding,) = [each for each in findings if each.about == SCHEME]
    assert finding.message.key == "finding.gap.agreed"


def test_every_mistake_is_named_with_its_place_and_what_was_meant(workspace: Write) -> None:
    settings = {
        "consensus": {"culture.meanin": value(3), SAID: value(3), CULTURE: value(3)},
        "overrides": {SAME: value(3), "weather": value(3), CULTURE: value(3)},
    }
    folder = workspace([], settings)
    with pytest.raises(UserError) as caught:
        load(folder)
    problems = [str(each).replace(f"{folder}/assessment.yaml:", "") for each in caught.value.problems]
    lines = (folder / "assessment.yaml").read_text(encoding="utf-8").splitlines()
    assert len(problems) == 5
    for problem, key in zip(problems, ["culture.meanin", SAID, SAME, "weather", CULTURE], strict=True):
        assert f"{key}:" in lines[int(problem.split(":")[0]) - 1]
    assert problems[0].endswith("did you mean 'culture.meaning'?")
    assert "is not scored" in problems[1]
    assert "name its practice, culture.meaning" in problems[2]
    assert "there is no practice 'weather'; use an id such as culture.meaning" in problems[3]
    assert "is under `consensus` as well" in problems[4]


def test_where_the_plugin_failed_its_dimension_stays_not_assessed(
    workspace: Write, install: Callable[..., Any]
) -> None:
    install(
        "acme",
        """
        from cxmaturity.api import Scorer, hookimpl

        CXMATURITY_API = 1

        class Broken(Scorer):
            dimension = "culture"

            def score_practice(self, answers):
                raise ValueError("out of order")

        @hookimpl
        def cxmaturity_scorers():
            return [Broken()]
        """,
    )
    settings = {"plugins": {"dimensions": {"culture": "acme"}}, "consensus": {CULTURE: value(4)}}
    folder = workspace([{"id": "r1", "answers": {SAME: 2}}], settings)
    culture = assess(load(folder)).dimension("culture")
    assert (culture.score, culture.practices[CULTURE].score) == (None, 4.0)
    assert culture.reason is not None
    assert culture.reason.key == "reason.plugin-failed"
