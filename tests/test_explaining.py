"""An explanation adds up to the score, says what moves it, and says no more of people than the result."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity import assess, load
from cxmaturity.api import Message, Score
from cxmaturity.engagement import Engagement
from cxmaturity.errors import UserError
from cxmaturity.explaining import Explanation, explain
from cxmaturity.plugins import Selection, load_plugins
from cxmaturity.result import Assessment
from cxmaturity.scoring.combine import combine_scores
from cxmaturity.texts import load_texts

Write = Callable[..., Path]
Explain = Callable[..., Explanation]

SAME, SAID = "culture.meaning.same", "culture.meaning.said"
LOYALTY, INSIGHT = "retention.loyalty-and-value", "retention.churn-insight"
SCHEME, EFFORT = f"{LOYALTY}.scheme", f"{LOYALTY}.effort"
KNOWN, WAYS, SHARE = (f"{INSIGHT}.{name}" for name in ("known", "ways", "share"))
ONE = {SAME: 2, SCHEME: 5, EFFORT: 3, KNOWN: False, WAYS: ["calls"]}

OURS = load_plugins(Selection(third_party=False))
TEXTS = load_texts("en")


@pytest.fixture
def engaged(workspace: Write) -> Callable[..., tuple[Engagement, Assessment]]:
    """``engaged(answers, …, settings={…})`` is an assessment of people who answered so."""

    def run(*people: dict[str, Any], settings: Mapping[str, Any] | None = None) -> Any:
        folder = workspace([{"id": f"r{n}", "answers": each} for n, each in enumerate(people)], settings)
        engagement = load(folder)
        return engagement, assess(engagement)

    return run


@pytest.fixture
def explained(engaged: Callable[..., tuple[Engagement, Assessment]]) -> Explain:
    """``explained(name, answers, …, settings={…})`` is the explanation of one thing."""

    def run(name: str, *people: dict[str, Any], settings: Mapping[str, Any] | None = None) -> Explanation:
        engagement, assessment = engaged(*people, settings=settings)
        return explain(assessment, engagement.plugins, engagement.texts, name)

    return run


# -------------------------------------------------------------------------------------------- the parts


def test_a_practice_is_made_of_its_questions(explained: Explain) -> None:
    practice = explained(LOYALTY, ONE)
    # scheme 5.0 and effort 3.0, half each
    assert [(part.id, part.score, part.share, part.points) for part in practice.parts] == [
        (SCHEME, 5.0, 0.5, 2.5),
        (EFFORT, 3.0, 0.5, 1.5),
    ]
    assert practice.subject.score == 4.0
    # level 4 begins at 3.4 and level 5 at 4.2
    assert practice.next_level is not None
    assert (practice.next_level.level, practice.next_level.minimum) == (5, 4.2)
    assert practice.next_level.distance == pytest.approx(0.2)
    # scheme is at the top: one point more on effort adds a half
    assert practice.lever is not None
    assert (practice.lever.id, practice.lever.after, practice.lever.gain) == (EFFORT, 4.0, 0.5)
    assert practice.plugin is not None
    assert practice.plugin.name == "retention"


def test_what_does_not_count_says_why(explained: Explain) -> None:
    insight = explained(INSIGHT, ONE)
    # known 1.0 and ways 4.0; nobody answered the share
    assert [(part.id, part.points) for part in insight.parts] == [(WAYS, 2.0), (KNOWN, 0.5), (SHARE, 0.0)]
    assert insight.parts[2].reason == Message("explain.unanswered")
    culture = explained("culture.meaning", ONE)
    assert culture.parts[1].reason == Message("explain.free-text")


def test_a_dimension_without_weight_is_not_counted(explained: Explain) -> None:
    whole = explained("overall", ONE, settings={"weights": {"culture": 0}})
    assert [(part.id, part.share, part.reason) for part in whole.parts] == [
        ("retention", 1.0, None),
        ("culture", 0.0, Message("explain.no-weight")),
    ]
    (retention,) = [swing for swing in whole.swings if swing.id == "retention"]
    assert retention.width == 0.0
    assert {swing.width for swing in whole.swings} == {0.0}


def test_without_answers_there_is_a_reason_and_nothing_to_move(explained: Explain) -> None:
    whole = explained("overall", {})
    assert (whole.subject.score, whole.next_level, whole.swings) == (None, None, ())
    assert whole.steady == Message("explain.steady.no-score")
    assert all(part.reason is not None for part in whole.parts)


@pytest.fixture(scope="module")
def example() -> Assessment:
    """The assessment of the demo: many raters."""
    folder = Path(__file__).parents[1] / "examples" / "demo"
    return assess(load(folder, plugins=OURS))


def test_everything_in_the_demo_adds_up_and_stands_still_without_a_change(example: Assessment) -> None:
    names = ["overall", *(d.id for d in example.dimensions), *(p.id for p in example.practices())]
    for name in names:
        explanation = explain(example, OURS, TEXTS, name)
        score = explanation.subject.score
        assert score is not None
        assert sum(part.points for part in explanation.parts) == pytest.approx(score, abs=1e-6)
        assert sum(part.share for part in explanation.parts) == pytest.approx(1.0)
        assert explanation.steady is None
        values = [part.score for part in explanation.parts if part.score is not None and part.share > 0]
        assert {swing.id for swing in explanation.swings} == {p.id for p in explanation.parts if p.share > 0}
        for swing in explanation.swings:
            assert min(values) - 1e-9 <= swing.lower <= max(values) + 1e-9
            assert min(values) - 1e-9 <= swing.higher <= max(values) + 1e-9
            # the score lies between what it is with less and with more of the weight
            assert min(swing.lower, swing.higher) <= score + 1e-6
            assert max(swing.lower, swing.higher) >= score - 1e-6


@given(weights=st.lists(st.sampled_from([0.0, 0.5, 1.0, 3.0]), min_size=5, max_size=5))
def test_the_whole_adds_up_with_any_weights(weights: list[float], example: Assessment) -> None:
    dimensions = tuple(
        replace(each, weight=weight) for each, weight in zip(example.dimensions, weights, strict=True)
    )
    combined = combine_scores({each.id: Score(each.score, weight=each.weight) for each in dimensions})
    overall = replace(example.overall, score=combined.value, contributions=combined.contributions)
    whole = explain(replace(example, overall=overall, dimensions=dimensions), OURS, TEXTS)
    assert sum(part.points for part in whole.parts) == pytest.approx(combined.value or 0.0)
    assert {part.id for part in whole.parts} == {each.id for each in dimensions}
    none = {each.id for each in dimensions if each.weight == 0}
    assert all(swing.width == 0 for swing in whole.swings if swing.id in none)


# -------------------------------------------------------------------------------------------- questions


def test_a_question_has_the_next_answer_above_its_score(explained: Explain) -> None:
    question = explained(SAME, {SAME: 2}, {SAME: 3})
    # 2.5 lies under “Half of the teams do it.”, which is worth 3.0
    assert question.subject.score == 2.5
    assert question.step is not None
    assert (question.step.id, question.step.fraction) == ("sometimes", 0.5)
    assert question.kind == "question"
    assert explained(SAME, {SAME: 5}).step is None
    assert explained(SAME, {}).step is None


def test_a_multiple_choice_has_what_fewest_people_ticked(explained: Explain) -> None:
    step = explained(WAYS, {WAYS: ["calls"]}, {WAYS: ["calls", "letters"]}).step
    assert step is not None
    assert (step.id, step.count) == ("letters", 1)
    assert explained(WAYS, {WAYS: ["calls", "letters"]}).step is None


def test_of_a_reversed_scale_the_next_answer_is_the_better_one(explained: Explain) -> None:
    step = explained(EFFORT, {EFFORT: 4}).step
    assert step is not None
    assert step.id == "3"


# ------------------------------------------------------------------------------------ hidden and agreed


def test_an_agreed_value_is_all_that_a_practice_is_made_of(explained: Explain) -> None:
    agreed = {"score": 2, "by": "Workshop", "at": "2026-10-01", "why": "Seen."}
    practice = explained(LOYALTY, ONE, settings={"overrides": {LOYALTY: agreed}})
    assert [(part.id, part.points) for part in practice.parts] == [("agreed", 2.0), (SCHEME, 0), (EFFORT, 0)]
    assert practice.parts[0].title == "Agreed value"
    assert practice.parts[1].reason == Message("explain.agreed-instead")
    assert (practice.lever, practice.swings) == (None, ())
    assert practice.steady == Message("explain.steady.agreed")


def test_what_is_hidden_is_not_made_up_for(explained: Explain) -> None:
    settings = {"confidential": True}
    practice = explained(LOYALTY, *[{SCHEME: 5}] * 6, {EFFORT: 1}, settings=settings)
    (hidden,) = [part for part in practice.parts if part.id == EFFORT]
    assert (hidden.score, hidden.suppressed) == (None, True)
    assert hidden.reason == Message("reason.suppressed", {"minimum": 5})
    assert explained(LOYALTY, *[ONE] * 4, settings=settings).subject.suppressed


def test_a_score_of_which_parts_are_missing_is_not_moved(example: Assessment) -> None:
    culture = example.dimension("culture")
    practices = {name: replace(each, score=None) for name, each in culture.practices.items()}
    shown = next(iter(practices))
    practices[shown] = culture.practices[shown]
    hidden = replace(culture, practices=practices)
    others = [each for each in example.dimensions if each.id != "culture"]
    explanation = explain(replace(example, dimensions=(hidden, *others)), OURS, TEXTS, "culture")
    assert (explanation.swings, explanation.steady) == ((), Message("explain.steady.hidden"))


def test_a_plugin_that_fails_on_other_weights_is_named(engaged: Any, install: Callable[..., Any]) -> None:
    install(
        "acme",
        """
        from cxmaturity.api import Scorer, hookimpl

        CXMATURITY_API = 1

        class Brittle(Scorer):
            dimension = "culture"

            def combine(self, practices, metrics):
                if any(score.weight != 1 for score in practices.values()):
                    raise ValueError("weights are mine")
                return super().combine(practices, metrics)

        @hookimpl
        def cxmaturity_scorers():
            return [Brittle()]
        """,
    )
    engagement, assessment = engaged(ONE, settings={"plugins": {"dimensions": {"culture": "acme"}}})
    culture = explain(assessment, engagement.plugins, engagement.texts, "culture")
    assert culture.subject.score == 2.0
    assert culture.steady is not None
    assert "weights are mine" in engagement.texts.message(culture.steady)
    assert culture.plugin is not None
    assert culture.plugin.distribution == "acme-cx"


# ----------------------------------------------------------------------------------------- what is meant


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("culture", "culture"),
        ("meaning", "culture.meaning"),
        ("meaning.same", SAME),
        ("scheme", SCHEME),
        (SCHEME, SCHEME),
        ("overall", "overall"),
    ],
)
def test_the_last_part_of_an_id_suffices(name: str, found: str, explained: Explain) -> None:
    assert explained(name, ONE).id == found


@pytest.mark.parametrize(
    ("name", "fix"),
    [
        ("cultur", "use culture"),
        ("shceme", f"use {SCHEME}"),
        ("culture.meanin", "use culture.meaning"),
        ("zzz", "use culture or retention"),
    ],
)
def test_a_mistyped_id_is_met_with_what_was_meant(name: str, fix: str, explained: Explain) -> None:
    with pytest.raises(UserError) as caught:
        explained(name, ONE)
    (problem,) = caught.value.problems
    assert problem.what == f"there is no question, practice or dimension '{name}'"
    assert problem.fix.startswith(fix)


def test_an_id_that_several_things_have_is_not_guessed(example: Assessment) -> None:
    first, second, *others = example.dimensions
    practices = {f"{each.id}.same": next(iter(each.practices.values())) for each in (first, second)}
    twins = [
        replace(each, practices={name: replace(practice, id=name)})
        for each, (name, practice) in zip((first, second), practices.items(), strict=True)
    ]
    with pytest.raises(UserError) as caught:
        explain(replace(example, dimensions=(*twins, *others)), OURS, TEXTS, "same")
    assert caught.value.problems[0].what == "'same' may be any of 2"
    assert caught.value.problems[0].fix == f"use {' or '.join(practices)}"
