"""Customer understanding: a part that a workspace may add, its cap, its findings and its figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from cxmaturity_customer_understanding import FACTS, JOBS, REASONS, CustomerUnderstandingScorer
from cxmaturity_customer_understanding.profiles import FIELDS

from cxmaturity import assess, load, plan
from cxmaturity.api import (
    DimensionResult,
    PracticeResult,
    QuestionResult,
    Scorer,
    State,
    resource,
    share_interval,
)
from cxmaturity.plugins import load_plugins
from cxmaturity.roadmap.catalogue import read_catalogue
from cxmaturity.testing import measured

DIMENSION = "customer-understanding"
VALUE = "customer-understanding.what-they-value"
NONE = {State.ANSWERED: 0, State.DONT_KNOW: 0}


def question(name: str, known: int, unsure: int, *, suppressed: bool = False) -> QuestionResult:
    return QuestionResult(
        id=name,
        practice=name.rpartition(".")[0],
        topic="people behind a purchase",
        text="Who?",
        kind="choice",
        evidence="A list.",
        source="S4",
        weight=1.0,
        score=3.0 if known else None,
        n=known,
        states={**NONE, State.ANSWERED: known, State.DONT_KNOW: unsure},
        distribution=(),
        agreement=None,
        suppressed=suppressed,
    )


def result(
    scores: Mapping[str, float | None], questions: Mapping[str, Sequence[QuestionResult]] | None = None
) -> DimensionResult:
    practices = {
        name: PracticeResult(
            id=name,
            title=name.partition(".")[2].replace("-", " ").capitalize(),
            score=score,
            level=None if score is None else 3,  # the finding reads scores; a level means enough answers
            questions=tuple((questions or {}).get(name, ())),
        )
        for name, score in scores.items()
    }
    return DimensionResult(id=DIMENSION, title="Customer understanding", practices=practices)


def content(name: str) -> Any:
    text = resource("cxmaturity_customer_understanding", name).read_text(encoding="utf-8")
    return yaml.safe_load(text)


# -------------------------------------------------------------------------------------- caps and findings


def test_the_dimension_is_bound_to_one_level_above_jobs_to_be_done() -> None:
    (cap,) = CustomerUnderstandingScorer().caps(result({JOBS: 1.5}))
    assert (cap.target, cap.source, cap.offset) == (DIMENSION, JOBS, 1)


def test_without_the_practice_there_is_no_cap() -> None:
    assert list(CustomerUnderstandingScorer().caps(result({VALUE: 4.0}))) == []


def test_facts_a_point_above_the_weaker_of_the_reasons_are_worth_a_finding() -> None:
    # facts (4 + 3 + 3 + 2) ÷ 4 = 3.0; reasons 2.5 and 2.0, of which the lowest counts: 3.0 − 2.0 = 1.0
    facts = dict(zip(FACTS, (4.0, 3.0, 3.0, 2.0), strict=True))
    found = list(CustomerUnderstandingScorer().findings(result({**facts, VALUE: 2.5, JOBS: 2.0})))
    assert [(each.kind, each.about) for each in found] == [("gap", JOBS)]
    assert (found[0].message.values["known"], found[0].message.values["score"]) == (3.0, 2.0)


@pytest.mark.parametrize(
    "scores",
    [
        {**dict.fromkeys(FACTS, 3.0), VALUE: 2.1, JOBS: 2.1},  # 3.0 − 2.1 = 0.9 is less than a point
        {**dict.fromkeys(FACTS, 2.0), VALUE: 4.0, JOBS: 4.0},  # reasons above facts are no fault
        {**dict.fromkeys(FACTS, None), VALUE: 1.0, JOBS: 1.0},
        {**dict.fromkeys(FACTS, 5.0), VALUE: None, JOBS: None},
        {},
    ],
)
def test_otherwise_nothing_is_said_about_facts_and_reasons(scores: dict[str, float | None]) -> None:
    assert list(CustomerUnderstandingScorer().findings(result(scores))) == []


def test_a_point_is_a_point_whatever_binary_makes_of_it() -> None:
    # 3.4 - 2.4 is 0.9999999999999996 in binary
    scores = {**dict.fromkeys(FACTS, 3.4), JOBS: 2.4}
    assert len(list(CustomerUnderstandingScorer().findings(result(scores)))) == 1


def test_a_score_that_rests_on_too_few_answers_is_not_compared() -> None:
    whole = result({**dict.fromkeys(FACTS, 5.0), JOBS: 1.0})
    few = replace(whole.practices[JOBS], level=None)
    assert list(CustomerUnderstandingScorer().findings(whole))
    without = replace(whole, practices={**whole.practices, JOBS: few})
    assert list(CustomerUnderstandingScorer().findings(without)) == []


def test_practices_without_a_score_have_no_part_in_the_mean_of_facts() -> None:
    # of the facts only one has a score: 3.5; 3.5 − 2.0 = 1.5
    scores = {**dict.fromkeys(FACTS, None), FACTS[0]: 3.5, VALUE: 2.0}
    (found,) = CustomerUnderstandingScorer().findings(result(scores))
    assert (found.about, found.message.values["known"]) == (VALUE, 3.5)


def test_the_question_that_most_people_cannot_answer_is_a_gap() -> None:
    # 2 of 4 and 4 of 6 do not know: ½ and ⅔, of which the larger is named
    asked = [question(f"{JOBS}.managers", 2, 2), question(f"{JOBS}.job-list", 2, 4)]
    (found,) = CustomerUnderstandingScorer().findings(result({JOBS: 3.0}, {JOBS: asked}))
    assert (found.kind, found.about) == ("gap", f"{JOBS}.job-list")
    assert (found.message.values["n"], found.message.values["asked"]) == (4, 6)


@pytest.mark.parametrize(
    ("known", "unsure", "suppressed"),
    [
        (3, 2, False),  # 2 of 5 are under half
        (0, 2, False),  # two people are too few
        (2, 4, True),  # the anonymity minimum hides it
        (0, 0, False),
    ],
)
def test_otherwise_nothing_is_said_about_what_people_do_not_know(
    known: int, unsure: int, *, suppressed: bool
) -> None:
    asked = [question(f"{JOBS}.managers", known, unsure, suppressed=suppressed)]
    assert list(CustomerUnderstandingScorer().findings(result({JOBS: 3.0}, {JOBS: asked}))) == []


# ------------------------------------------------------------------------------------------- the figure


def profile(**fields: str | None) -> dict[str, str | None]:
    return {**dict.fromkeys(FIELDS, "known"), **fields}


def test_a_profile_counts_as_complete_with_all_six_fields() -> None:
    rows = [profile(), profile(likes=None), profile(history=" ", relations=None), profile()]
    metric = measured("profile-completeness", {"profiles": rows})
    assert (metric.value, metric.n) == (2 / 4, 4)
    assert dict(metric.parts) == {
        "profiles": 4,
        "complete": 2,
        "who": 4,
        "likes": 3,
        "buys": 4,
        "interacts": 4,
        "relations": 3,
        "history": 3,
    }


def test_the_interval_is_that_of_a_share() -> None:
    rows = [profile(), profile(who=None), profile(buys=""), profile(interacts=None)]
    assert measured("profile-completeness", {"profiles": rows}).interval == share_interval(1, 4)


def test_each_segment_has_a_share_of_its_own() -> None:
    rows = [{**profile(), "segment": "shops"} for _ in range(6)]
    rows += [{**profile(who=None if number else "known"), "segment": "web"} for number in range(6)]
    segments = measured("profile-completeness", {"profiles": rows}).segments
    assert [(each.name, each.value, each.n) for each in segments] == [("shops", 1.0, 6), ("web", 1 / 6, 6)]


def test_without_profiles_there_is_no_figure() -> None:
    metric = measured("profile-completeness", {"profiles": []})
    assert metric.value is None
    assert metric.reason is not None
    assert metric.reason.key == "customer-understanding.reason.no-profiles"


# ------------------------------------------------------------------------------------------ the content


@pytest.fixture(scope="module")
def practices() -> set[str]:
    (dimension,) = content("customer-understanding/questionnaire.yaml")["dimensions"]
    return {f"{dimension['id']}.{practice['id']}" for practice in dimension["practices"]}


def test_the_scorer_knows_each_practice_of_the_part(practices: set[str]) -> None:
    assert {*FACTS, *REASONS} == practices


def test_recommendations_lift_each_practice_to_three_and_to_four_and_no_other(practices: set[str]) -> None:
    source = resource("cxmaturity_customer_understanding", "recommendations.yaml")
    lifts = {lift for entry in read_catalogue(source, "any") for lift in entry.lifts.items()}
    assert {practice for practice, _ in lifts} == practices
    assert {(practice, level) for practice in practices for level in (3, 4)} <= lifts


def test_sources_and_roles_read_as_in_the_questionnaire_that_it_is_added_to() -> None:
    part = content("customer-understanding/questionnaire.yaml")
    folder = resource("cxmaturity_questionnaires", "customer-centricity")
    whole = yaml.safe_load(folder.joinpath("questionnaire.yaml").read_text(encoding="utf-8"))
    assert part["roles"] == whole["roles"]
    assert part["sources"] == {name: whole["sources"][name] for name in part["sources"]}


def test_the_plugin_is_loaded_with_all_that_it_brings() -> None:
    plugins = load_plugins()
    (listed,) = [plugin for plugin in plugins.listed if plugin.name == DIMENSION]
    assert listed.state == "active", listed.reason
    assert listed.dimensions == (DIMENSION,)
    assert set(listed.hooks) == {"scorers", "metrics", "catalogues", "translations", "questionnaires"}
    assert DIMENSION in plugins.questionnaires


# ------------------------------------------------------------------------------------------- end to end


def answering(jobs: int, others: int, *, people: int = 1) -> list[dict[str, Any]]:
    """People who all choose this position at each question, from 1, the worst, to 5."""
    (dimension,) = content("customer-understanding/questionnaire.yaml")["dimensions"]
    answers: dict[str, object] = {}
    for practice in dimension["practices"]:
        position = jobs if practice["id"] == "jobs-to-be-done" else others
        for each in practice["questions"]:
            name = f"{DIMENSION}.{practice['id']}.{each['id']}"
            if each["type"] == "choice":
                answers[name] = position
            elif each["type"] == "number":
                answers[name] = each["bands"][position - 1]["from"]
            else:
                answers[name] = {1: ["none"], 5: [1, 2, 3, 4, 5, 6]}.get(position, [1, 2, 3])
    return [{"id": f"r{number}", "role": "management", "answers": answers} for number in range(people)]


@pytest.fixture
def added(workspace: Callable[..., Path]) -> Callable[..., Path]:
    """A workspace that names the part after its own questionnaire."""

    def write(people: list[dict[str, Any]], settings: Mapping[str, Any] | None = None, **files: str) -> Path:
        named = {"questionnaire": ["questionnaire.yaml", DIMENSION], **(settings or {})}
        return workspace(people, named, {f"evidence/{name}.csv": text for name, text in files.items()})

    return write


def own(data: Any) -> Any:
    return next(each for each in data["dimensions"] if each["id"] == DIMENSION)


def test_the_part_is_scored_and_capped_in_a_workspace_that_names_it(
    added: Callable[..., Path], assessed: Callable[..., Any]
) -> None:
    data, code, errors = assessed(added(answering(jobs=1, others=5)))
    assert (code, errors) == (0, "")
    # five practices of 5.0 and jobs to be done of 1.0: 26 ÷ 6 = 4.333, level 5; the cap is 1 + 1 = 2
    assert own(data)["score"] == pytest.approx(26 / 6)
    assert (own(data)["uncapped_level"], own(data)["level"]) == (5, 2)
    (cap,) = own(data)["caps"]
    assert (cap["source"], cap["limit"]) == (JOBS, 2)
    assert "customer understanding may stand at most one level above jobs to be done" in cap["reason"]
    texts = [each["text"] for each in own(data)["findings"]]
    words = "who they are, how they buy, where they interact, and relations and history is 5.0"
    assert any(words in text and "jobs to be done has 1.0" in text for text in texts)


def test_what_people_do_not_know_is_said_in_words(
    added: Callable[..., Path], assessed: Callable[..., Any]
) -> None:
    people = answering(jobs=3, others=3, people=3)
    for person in people[:2]:
        person["answers"] = {**person["answers"], f"{JOBS}.job-list": "dont-know"}
    data, _, _ = assessed(added(people))
    texts = [each["text"] for each in own(data)["findings"]]
    assert any("List of customers’ aims: 2 of 3 people say" in text.replace("'", "’") for text in texts)


def test_complete_profiles_cap_what_people_say_about_history(
    added: Callable[..., Path], assessed: Callable[..., Any]
) -> None:
    rows = "A,tea,monthly,shop,mother of B,since 2019\nB,,,,,\nC,coffee,,,,\nD,,,,,"
    table = f"{','.join(FIELDS)}\n{rows}\n"
    settings = {
        "evidence": {
            "profiles": {"source": "evidence/profiles.csv", "columns": {name: name for name in FIELDS}}
        },
        "bands": {"profile-completeness": {"basis": "Our own", "levels": {2: 0.3, 3: 0.5, 4: 0.7, 5: 0.9}}},
    }
    data, code, errors = assessed(added(answering(jobs=5, others=5), settings, profiles=table))
    assert (code, errors) == (0, "")
    (metric,) = [each for each in data["metrics"] if each["id"] == "profile-completeness"]
    # one of four is complete: 0.25, under 0.3, so band 1 and at most level 1 + 1 = 2 for the practice
    assert (metric["value"], metric["n"], metric["band"]) == (0.25, 4, 1)
    practice = next(each for each in own(data)["practices"] if each["id"].endswith("relations-and-history"))
    assert (practice["uncapped_level"], practice["level"]) == (5, 2)


def test_recommendations_come_with_the_part(added: Callable[..., Path]) -> None:
    engagement = load(added(answering(jobs=1, others=2)))
    roadmap = plan(engagement, assess(engagement))
    ids = {initiative.recommendation.id for initiative in roadmap.initiatives}
    assert "customer-understanding.fifteen-conversations" in ids
    assert "customer-understanding.find-out" not in ids


def test_nothing_changes_in_a_workspace_that_does_not_name_it(
    workspace: Callable[..., Path], assessed: Callable[..., Any]
) -> None:
    answers = {"culture.meaning.same": 3, "retention.loyalty-and-value.scheme": 2}
    people = [{"id": "r01", "role": "leadership", "answers": answers}]
    data, _, _ = assessed(workspace(people))
    assert DIMENSION not in {each["id"] for each in data["dimensions"]}
    assert "profile-completeness" not in {each["id"] for each in data["metrics"]}
    off, _, _ = assessed(workspace(people, {"plugins": {"disable": [DIMENSION]}}))
    for each in (data, off):
        del each["plugins"]
    assert data == off


def test_the_scorer_keeps_the_shared_default() -> None:
    assert CustomerUnderstandingScorer.score_practice is Scorer.score_practice
    assert CustomerUnderstandingScorer.combine is Scorer.combine
