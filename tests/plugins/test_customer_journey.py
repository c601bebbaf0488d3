"""The customer journey: what its scorer binds and finds, its page, its part, its recommendations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from cxmaturity_customer_journey import CustomerJourneyScorer
from cxmaturity_customer_journey.steps import DIMENSION, STEPS, StepsSection

from cxmaturity.api import DimensionResult, Finding, OptionCount, PracticeResult, QuestionResult
from cxmaturity.questionnaire.loading import load_questionnaire
from cxmaturity.roadmap.catalogue import read_catalogue
from cxmaturity.roadmap.model import Recommendation
from cxmaturity.texts import Texts, read_entries
from cxmaturity.yamlfile import read_yaml

PACKAGE = files("cxmaturity_customer_journey")
PART = str(PACKAGE / "customer-journey")
MINIMUM = (1.0, 1.8, 2.6, 3.4, 4.2)


def catalogue() -> list[Recommendation]:
    return read_catalogue(PACKAGE / "recommendations.yaml", "customer-journey")


@pytest.fixture
def texts() -> Texts:
    own = read_entries(PACKAGE / "texts.en.yaml")
    return Texts("en", own)


def level_of(score: float) -> int:
    return sum(score >= minimum for minimum in MINIMUM)


def result(*scores: float | None) -> DimensionResult:
    """The six steps with these scores; ``None`` is a step that nobody answered."""
    practices = {
        step: PracticeResult(
            id=step,
            title=step.partition(".")[2].replace("-", " ").capitalize(),
            score=score,
            level=None if score is None else level_of(score),
            uncapped_level=None if score is None else level_of(score),
        )
        for step, score in zip(STEPS, scores, strict=False)
    }
    return DimensionResult(id=DIMENSION, title="Customer journey", practices=practices)


def changed(whole: DimensionResult, step: str, **values: Any) -> DimensionResult:
    practice = replace(whole.practices[step], **values)
    return replace(whole, practices={**whole.practices, step: practice})


def question(*, suppressed: bool = False, counts: tuple[int, ...] = (1, 3, 0)) -> QuestionResult:
    answers = ("Nobody does it.", "One team does it.", "Every team does it.")
    return QuestionResult(
        id=f"{STEPS[0]}.ways",
        practice=STEPS[0],
        topic="Ways <in>",
        text="Which?",
        kind="choice",
        evidence="A list.",
        source="S3",
        weight=1.0,
        score=2.5,
        n=sum(counts),
        states={},
        distribution=tuple(
            OptionCount(text, text, position / 2, count)
            for position, (text, count) in enumerate(zip(answers, counts, strict=True))
        ),
        agreement=None,
        suppressed=suppressed,
    )


# ------------------------------------------------------------------------------------------------- caps


def test_gaps_and_measures_stand_at_most_one_level_above_what_is_wanted(texts: Texts) -> None:
    caps = list(CustomerJourneyScorer().caps(result(3.0, 1.5, 4.5, 4.5, 3.0, 3.0)))
    assert [(cap.target, cap.source, cap.offset) for cap in caps] == [
        ("customer-journey.gaps", "customer-journey.wanted-experience", 1),
        ("customer-journey.success-measures", "customer-journey.wanted-experience", 1),
    ]
    assert [texts.message(cap.reason).split(", so ") for cap in caps] == [
        [
            "A gap is the distance from what is wanted",
            "gaps may stand at most one level above wanted experience.",
        ],
        [
            "Success means reaching what is wanted",
            "success measures may stand at most one level above wanted experience.",
        ],
    ]


def test_caps_are_the_same_whatever_the_levels_are() -> None:
    scorer = CustomerJourneyScorer()
    assert list(scorer.caps(result(*[1.0] * 6))) == list(scorer.caps(result(*[5.0] * 6)))


def test_a_selection_without_the_wanted_experience_is_bound_by_nothing() -> None:
    without = result(*[3.0] * 6)
    practices = {step: each for step, each in without.practices.items() if step != STEPS[1]}
    assert list(CustomerJourneyScorer().caps(replace(without, practices=practices))) == []


# --------------------------------------------------------------------------------------------- findings


def found(whole: DimensionResult) -> list[Finding]:
    return list(CustomerJourneyScorer().findings(whole))


def test_a_step_far_ahead_of_the_one_before_it_is_named(texts: Texts) -> None:
    # rises of 0.5, 1.5 and 1.0: the first of at least 1 is from the second step to the third
    (finding,) = found(result(1.5, 2.0, 3.5, 4.5, 4.5, 4.5))
    assert (finding.kind, finding.about) == ("gap", STEPS[1])
    assert texts.message(finding.message) == (
        "A later step is ahead of what it builds on: the score is 3.5 for gaps, "
        "but 2.0 for wanted experience, the step before it."
    )


def test_a_step_far_behind_the_one_before_it_is_named(texts: Texts) -> None:
    # from 4.0 to 2.5 is a fall of 1.5; the fall of 0.5 before it is too small
    (finding,) = found(result(4.5, 4.0, 2.5, 2.5, 2.5, 2.5))
    assert (finding.kind, finding.about) == ("gap", STEPS[2])
    assert texts.message(finding.message) == (
        "A later step lags behind what it builds on: the score is 2.5 for gaps, "
        "but 4.0 for wanted experience, the step before it."
    )


@pytest.mark.parametrize(
    ("second", "number"),
    [
        (3.3, 0),  # 0.9 above 2.4
        (3.4, 1),  # 3.4 - 2.4 is 0.9999999999999996 in binary, and counts as 1
    ],
)
def test_steps_less_than_a_point_apart_are_not_worth_a_finding(second: float, number: int) -> None:
    assert len(found(result(2.4, second, second, second, second, second))) == number


def test_only_neighbours_with_a_level_are_compared() -> None:
    whole = result(1.0, None, 5.0, 5.0, 5.0, 5.0)
    assert found(whole) == []  # the second step may lie anywhere between 1 and 5
    assert found(changed(result(1.0, 5.0, 5.0, 5.0, 5.0, 5.0), STEPS[0], suppressed=True)) == []
    # a score without a level has too few answers
    assert found(changed(result(1.0, 5.0, 5.0, 5.0, 5.0, 5.0), STEPS[0], level=None)) == []


# --------------------------------------------------------------------------------------------- the page


@pytest.mark.parametrize(
    ("scores", "key", "number"),
    [
        ((3.0, 2.5, 2.0, 3.0, 3.0, 3.0), "breaks", 2),
        ((None, 2.5, 2.0, 3.0, 3.0, 3.0), "breaks-known", 2),  # the first step may be the one that breaks
        ((2.5, None, 2.0, 3.0, 3.0, 3.0), "breaks", 1),  # what is unknown comes after the break
        ((2.6, 2.6, 2.6, 2.6, 2.6, 2.6), "holds", None),  # level 3 begins at 2.6
        ((3.0, None, 3.0, 3.0, 3.0, 3.0), "holds-known", None),
        ((3.0, 3.0), "holds-known", None),  # a selection with two steps
    ],
)
def test_the_title_says_where_the_chain_breaks_first(
    scores: tuple[float | None, ...], key: str, number: int | None, texts: Texts
) -> None:
    content = StepsSection().content({}, result(*scores))
    assert content is not None
    assert content.title.key == f"customer-journey.steps.{key}"
    assert content.title.values.get("number") == number
    assert texts.message(content.title)


def test_the_page_has_a_name(texts: Texts) -> None:
    assert texts.message(StepsSection().name) == "The six steps"


def test_without_any_level_there_is_no_page() -> None:
    assert StepsSection().content({}, result(*[None] * 6)) is None
    assert StepsSection().content({}, None) is None


def printed(whole: DimensionResult, texts: Texts) -> str:
    from cxmaturity.report.html import environment

    section = StepsSection()
    content = section.content({}, whole)
    assert content is not None
    template = environment().from_string(section.template.read_text(encoding="utf-8"))
    return " ".join(template.render(values=dict(content.values), t=texts).split())


def test_a_row_has_score_level_and_the_answer_given_most_often(texts: Texts) -> None:
    # 3 of 4 gave the second answer
    html = printed(changed(result(*[3.47] * 6), STEPS[0], questions=(question(),)), texts)
    assert "1. Mapped journeys</td> <td> 3.4 </td> <td> 4 </td>" in html
    assert "<div>Ways &lt;in&gt;: One team does it (3 of 4)</div>" in html


def test_of_equally_frequent_answers_the_lowest_is_printed(texts: Texts) -> None:
    html = printed(changed(result(*[3.0] * 6), STEPS[0], questions=(question(counts=(2, 2, 2)),)), texts)
    assert "Nobody does it (2 of 6)" in html


def test_a_level_that_a_cap_holds_down_names_the_one_of_the_answers(texts: Texts) -> None:
    whole = changed(result(3.0, 1.5, 4.5, 3.0, 3.0, 3.0), STEPS[2], level=2, uncapped_level=5)
    assert "<td> 2 (by the answers alone 5) </td>" in printed(whole, texts)


def test_what_is_hidden_or_unknown_is_a_dash(texts: Texts) -> None:
    shown = changed(result(3.0, None, 3.0, 3.0, 3.0, 3.0), STEPS[0], questions=(question(suppressed=True),))
    html = printed(shown, texts)
    assert "One team" not in html
    assert "2. Wanted experience</td> <td> – </td> <td> – </td> <td> – </td>" in html
    hidden = changed(result(*[3.0] * 6), STEPS[0], questions=(question(),), suppressed=True)
    assert "1. Mapped journeys</td> <td> – </td> <td> – </td> <td> – </td>" in printed(hidden, texts)


# ----------------------------------------------------------------------------------- the part as written


def test_the_part_asks_about_the_six_steps_in_their_order() -> None:
    part = load_questionnaire(PART)
    (dimension,) = part.dimensions
    assert dimension.id == DIMENSION
    assert tuple(practice.id for practice in dimension.practices) == STEPS
    assert len(list(part.questions())) == 13
    assert not part.levels


def test_the_part_cites_and_asks_as_the_shipped_questionnaire_does() -> None:
    part, shipped = load_questionnaire(PART), load_questionnaire("customer-centricity")
    assert set(part.sources) == {"S1", "S3"}
    assert part.sources.items() <= shipped.sources.items()
    assert part.roles == shipped.roles


def test_every_question_has_five_steps_that_differ() -> None:
    options = read_yaml(PACKAGE / "customer-journey" / "questionnaire.yaml").data["dimensions"][0][
        "practices"
    ]
    asked = [each for practice in options for each in practice["questions"]]
    assert {each["type"] for each in asked} == {"choice"}
    assert {len({option["text"] for option in each["options"]}) for each in asked} == {5}
    retention = {
        each.text for each in load_questionnaire("customer-centricity").questions() if "retention" in each.id
    }
    assert not retention & {each["text"] for each in asked}


# ---------------------------------------------------------------------------------- the recommendations


def test_recommendations_lift_real_practices_and_each_to_levels_3_and_4() -> None:
    lifts: dict[str, set[int]] = {}
    for entry in catalogue():
        for practice, level in entry.lifts.items():
            lifts.setdefault(practice, set()).add(level)
    assert lifts.keys() == set(STEPS)
    assert all(levels >= {3, 4} for levels in lifts.values())


def test_what_a_cap_would_hold_down_needs_the_wanted_experience_first() -> None:
    wanted = {entry.id for entry in catalogue() if STEPS[1] in entry.lifts}
    bound = [entry for entry in catalogue() if {STEPS[2], STEPS[3]} & entry.lifts.keys()]
    assert bound
    # by itself and not through another one, which falls away once its own practice stands high enough
    assert all(wanted & set(entry.prerequisites) for entry in bound)


# ------------------------------------------------------------------------------------------ end to end


def answers(**positions: int) -> list[dict[str, Any]]:
    """One person who gives every question of a practice the answer at this position."""
    given = {
        question.id: position
        for question in load_questionnaire(PART).questions()
        for name, position in positions.items()
        if question.practice == f"{DIMENSION}.{name.replace('_', '-')}"
    }
    return [{"id": "r01", "answers": {"culture.meaning.same": 3, **given}}]


def test_nothing_is_asked_or_shown_before_a_workspace_names_the_part(
    workspace: Callable[..., Path], assessed: Callable[..., Any]
) -> None:
    data, code, err = assessed(workspace([{"id": "r01", "answers": {"culture.meaning.same": 3}}]))
    assert (code, err) == (0, "")
    assert [each["id"] for each in data["dimensions"]] == ["culture", "retention"]
    assert "customer-journey." not in str(data)


def test_named_in_a_workspace_the_part_is_scored_and_its_caps_bite(
    workspace: Callable[..., Path], assessed: Callable[..., Any]
) -> None:
    people = answers(
        mapped_journeys=3, wanted_experience=2, gaps=5, success_measures=3, team_actions=3, training=3
    )
    folder = workspace(people, {"questionnaire": ["questionnaire.yaml", "customer-journey"]})
    data, code, err = assessed(folder)
    assert (code, err) == (0, "")
    own = data["dimensions"][-1]
    assert (own["id"], own["plugin"]) == (DIMENSION, "customer-journey")
    # (3 + 2 + 5 + 3 + 3 + 3) ÷ 6 = 19 ÷ 6
    assert own["score"] == pytest.approx(19 / 6)
    levels = {each["id"]: (each["uncapped_level"], each["level"]) for each in own["practices"]}
    assert levels[STEPS[1]] == (2, 2)
    assert levels[STEPS[2]] == (5, 3)  # wanted experience has level 2, so gaps at most 3
    assert levels[STEPS[3]] == (3, 3)  # not above 3, so the cap does not bite
    said = [each["text"] for each in own["findings"]]
    assert any(
        "the score is 5.0 for gaps and actions, but 2.0 for wanted experience" in text for text in said
    )
    # the first fall of at least 1 is from 3 to 2, before the one from 5 to 3
    assert any("the score is 2.0 for wanted experience, but 3.0 for mapped journeys" in text for text in said)


def test_the_report_has_the_page_after_the_dimension(
    workspace: Callable[..., Path], cli: Callable[..., Any], tmp_path: Path
) -> None:
    people = answers(
        mapped_journeys=3, wanted_experience=2, gaps=5, success_measures=3, team_actions=3, training=3
    )
    folder = workspace(people, {"questionnaire": ["questionnaire.yaml", "customer-journey"]})
    page = tmp_path / "report.html"
    done = cli("report", folder, "--format", "html", "--output", page)
    assert (done.code, done.err) == (0, "")
    html = page.read_text(encoding="utf-8")
    assert "The chain of six steps breaks first at step 2, wanted experience" in html
    assert "3 (by the answers alone 5)" in html
