"""The scoring rules of the design, end to end: a workspace in, the Assessment and its JSON out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import FrozenInstanceError
from functools import cache
from itertools import islice, permutations
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from cxmaturity import assess, load, plan
from cxmaturity.export import as_data, as_text
from cxmaturity.plugins import Plugins, Selection, load_plugins

Write = Callable[..., Path]

CULTURE = "culture.meaning.same"
SCHEME = "retention.loyalty-and-value.scheme"
EFFORT = "retention.loyalty-and-value.effort"
KNOWN = "retention.churn-insight.known"
WAYS = "retention.churn-insight.ways"
SHARE = "retention.churn-insight.share"
TOP: dict[str, Any] = {
    CULTURE: "always",
    SCHEME: 5,
    EFFORT: 1,
    KNOWN: True,
    WAYS: ["calls", "letters"],
    SHARE: 90,
}


def person(number: int, answers: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": f"r{number:02}", "answers": dict(answers), **more}


@cache
def ours() -> Plugins:
    return load_plugins(Selection(third_party=False))


def text_of(folder: Path) -> str:
    engagement = load(folder, plugins=ours())
    assessment = assess(engagement)
    return as_text(as_data(assessment, plan(engagement, assessment), engagement.texts))


def data_of(folder: Path) -> Any:
    return json.loads(text_of(folder))


def dimension(data: Any, name: str) -> Any:
    return next(each for each in data["dimensions"] if each["id"] == name)


def practice(data: Any, name: str) -> Any:
    return next(each for d in data["dimensions"] for each in d["practices"] if each["id"] == name)


def question(data: Any, name: str) -> Any:
    return next(
        each
        for d in data["dimensions"]
        for p in d["practices"]
        for each in p["questions"]
        if each["id"] == name
    )


def test_every_question_type_enters_as_the_design_says(workspace: Write) -> None:
    answers = {
        CULTURE: 3,  # the third of five: 0.5 → 3.0
        SCHEME: "often",  # the fourth of five: 0.75 → 4.0
        EFFORT: 2,  # a scale 1–5 turned round: 0.75 → 4.0
        KNOWN: True,  # 5.0
        WAYS: ["calls"],  # worth 3 of 4: 0.75 → 4.0
        SHARE: 30,  # the band from 20: 0.5 → 3.0
        "culture.meaning.said": "Care.",  # free text is never scored
    }
    data = data_of(workspace([person(1, answers)]))
    scores = {name: question(data, name)["score"] for name in answers}
    assert scores == {
        CULTURE: 3.0,
        SCHEME: 4.0,
        EFFORT: 4.0,
        KNOWN: 5.0,
        WAYS: 4.0,
        SHARE: 3.0,
        "culture.meaning.said": None,
    }
    assert practice(data, "retention.loyalty-and-value")["score"] == 4.0
    assert practice(data, "retention.churn-insight")["score"] == 4.0  # (5 + 4 + 3) ÷ 3
    assert dimension(data, "retention")["score"] == 4.0
    assert data["overall"]["score"] == 3.5  # (3 + 4) ÷ 2
    assert data["overall"]["coverage"] == 1.0


def test_many_raters_count_by_question_and_not_by_head(workspace: Write) -> None:
    people = [person(1, {SCHEME: 5, EFFORT: 1}), person(2, {SCHEME: 1}), person(3, {SCHEME: 3})]
    data = data_of(workspace(people))
    loyalty = practice(data, "retention.loyalty-and-value")
    # scheme (5 + 1 + 3) ÷ 3 = 3.0 and effort 5.0, from the one who answered: (3 + 5) ÷ 2
    assert (loyalty["score"], loyalty["n"]) == (4.0, 3)
    assert loyalty["coverage"] == pytest.approx(4 / 6)


def test_a_weight_of_0_is_0(workspace: Write) -> None:
    # a defect of peers: `weight or 1`
    folder = workspace([person(1, {SCHEME: 5, EFFORT: 5})])
    path = folder / "questionnaire.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace(
            "{id: effort, type: scale,", "{id: effort, type: scale, weight: 0,"
        ),
        encoding="utf-8",
    )
    assert practice(data_of(folder), "retention.loyalty-and-value")["score"] == 5.0


def test_what_was_not_answered_is_no_zero_whatever_its_state(workspace: Write) -> None:
    # a defect of peers: an unanswered question counts through the denominator
    for state in (None, "dont-know", "n/a", "not-shown", "unanswered"):
        data = data_of(workspace([person(1, {**TOP, SCHEME: state})]))
        assert practice(data, "retention.loyalty-and-value")["score"] == 5.0
        assert question(data, SCHEME)["score"] is None


@pytest.mark.parametrize(
    ("known", "ways", "share", "coverage", "level"),
    [
        (True, None, None, 1 / 3, None),  # 1 of 3: under half
        (True, ["calls"], None, 2 / 3, 5),  # (5 + 4) ÷ 2 = 4.5
        (True, "n/a", None, 1 / 2, 5),  # 1 of the 2 that apply: half is enough
        (True, "n/a", "not-shown", 1.0, 5),
        (True, "dont-know", None, 1 / 3, None),  # not knowing applies
    ],
)
def test_under_half_coverage_there_is_a_score_and_no_level(
    *, known: object, ways: object, share: object, coverage: float, level: int | None, workspace: Write
) -> None:
    data = data_of(workspace([person(1, {KNOWN: known, WAYS: ways, SHARE: share})]))
    insight = practice(data, "retention.churn-insight")
    assert insight["coverage"] == pytest.approx(coverage)
    assert insight["score"] >= 4.5
    assert (insight["level"], insight["uncapped_level"]) == (level, level)
    if level is None:
        assert "only 33% of what applies was answered" in insight["reason"]
    else:
        assert insight["reason"] is None


def test_a_dimension_that_nobody_answered_stays_as_not_assessed(workspace: Write) -> None:
    # a defect of peers: it disappears, or is drawn as 3.0
    data = data_of(workspace([person(1, {SCHEME: 4, EFFORT: 2})]))
    culture = dimension(data, "culture")
    assert [culture[key] for key in ("score", "level", "interval", "agreement")] == [None] * 4
    assert (culture["n"], culture["coverage"]) == (0, 0.0)
    assert culture["reason"] == "none of its parts has a score"
    assert practice(data, "culture.meaning")["reason"] == "nobody answered a question of it that is scored"
    assert data["overall"]["score"] == 4.0  # retention alone: it does not count as 0 or as 3
    assert [each["id"] for each in data["dimensions"]] == ["culture", "retention"]


@pytest.mark.parametrize("people", [[], [person(1, {})], [person(1, {CULTURE: "n/a", SCHEME: "dont-know"})]])
def test_no_answers_at_all_are_a_result_and_no_crash(people: list[dict[str, Any]], workspace: Write) -> None:
    data = data_of(workspace(people))
    assert (data["overall"]["score"], data["overall"]["level"]) == (None, None)
    assert data["overall"]["reason"]


@pytest.mark.parametrize("count", [1, 2])
def test_an_average_of_one_or_two_carries_n_and_no_false_certainty(count: int, workspace: Write) -> None:
    # a defect of peers: the average is shown as if many had answered
    people = [person(number, {**TOP, SCHEME: 5 - number, CULTURE: 5 - number}) for number in range(count)]
    data = data_of(workspace(people))
    for standing in (data["overall"], *data["dimensions"], practice(data, "culture.meaning")):
        assert standing["n"] == count
        if count == 1:
            assert standing["interval"] is None
            assert standing["agreement"] is None
        else:
            low, high = standing["interval"]
            assert low < standing["score"] < high or high == 5.0
    if count == 2:
        # culture 5 and 4, s = 0.7071, t = 12.706 with one degree of freedom: ∓ 6.353, all of the scale
        assert practice(data, "culture.meaning")["interval"] == [1.0, 5.0]


def test_the_interval_of_one_question_is_the_textbook_one(workspace: Write) -> None:
    people = [person(number, {CULTURE: value}) for number, value in enumerate([1, 2, 3, 4, 5])]
    meaning = practice(data_of(workspace(people)), "culture.meaning")
    # mean 3, s = 1.5811, t = 2.7764 with four degrees of freedom: ∓ 2.7764 × 1.5811 ÷ √5 = 1.9632
    assert meaning["interval"] == pytest.approx([1.0368, 4.9632], abs=1e-4)
    # spread as chance has it: s² = 2.5 ÷ 16 in fractions, σ² = 0.125; 1 − 0.15625 ÷ 0.125 < 0, so 0
    assert meaning["agreement"] == 0.0


def test_a_dimension_that_no_plugin_claims_is_scored_by_the_default_and_says_so(workspace: Write) -> None:
    folder = workspace([person(1, {})])
    for name in ("questionnaire.yaml", "responses/answers.yaml"):
        path = folder / name
        path.write_text(path.read_text(encoding="utf-8").replace("culture", "manners"), encoding="utf-8")
    (folder / "responses/answers.yaml").write_text(
        yaml.safe_dump({"respondents": [person(1, {"manners.meaning.same": 4})]}), encoding="utf-8"
    )
    manners = dimension(data_of(folder), "manners")
    assert (manners["score"], manners["level"], manners["plugin"]) == (4.0, 4, None)


# ------------------------------ caps, and their order

CUSTOMERS = (
    "id,joined,left\n" + "".join(f"c{n},2020-01-01,\n" for n in range(9)) + "c9,2020-01-01,2026-05-01\n"
)
"""1 of 10 left: 10 %."""


def measured(thresholds: tuple[float, float, float, float]) -> dict[str, Any]:
    return {
        "as_of": "2026-10-31",
        "evidence": {
            "customers": {
                "source": "evidence/customers.csv",
                "columns": {"customer": "id", "since": "joined", "until": "left"},
            }
        },
        "bands": {
            "churn-rate": {
                "basis": "the board",
                "levels": dict(zip(("2", "3", "4", "5"), thresholds, strict=True)),
            }
        },
    }


@pytest.mark.parametrize(
    ("thresholds", "band", "level"),
    [
        ((0.09, 0.08, 0.07, 0.06), 1, 2),  # 10 % is not good enough for level 2
        ((0.10, 0.08, 0.07, 0.06), 2, 3),
        ((0.40, 0.10, 0.07, 0.06), 3, 4),
        ((0.40, 0.30, 0.10, 0.06), 4, 5),  # the limit is 5: nothing bites
        ((0.40, 0.30, 0.20, 0.10), 5, 5),
    ],
)
def test_a_level_is_at_most_the_measured_one_and_one(
    thresholds: tuple[float, float, float, float], band: int, level: int, workspace: Write
) -> None:
    data = data_of(workspace([person(1, TOP)], measured(thresholds), {"evidence/customers.csv": CUSTOMERS}))
    for standing in (practice(data, "retention.loyalty-and-value"), dimension(data, "retention")):
        assert standing["measured"] == band
        assert (standing["score"], standing["perceived"]) == (5.0, 5.0)  # data never enters the score
        assert (standing["uncapped_level"], standing["level"]) == (5, level)
        assert [(cap["source"], cap["limit"]) for cap in standing["caps"]] == (
            [("measured", level)] if level < 5 else []
        )
    assert practice(data, "retention.churn-insight")["measured"] is None
    assert practice(data, "retention.churn-insight")["level"] == 5


def test_a_measured_level_never_raises_one(workspace: Write) -> None:
    people = [person(1, {**TOP, SCHEME: 1, EFFORT: 5})]
    data = data_of(workspace(people, measured((0.4, 0.3, 0.2, 0.1)), {"evidence/customers.csv": CUSTOMERS}))
    loyalty = practice(data, "retention.loyalty-and-value")
    assert (loyalty["measured"], loyalty["score"], loyalty["level"], loyalty["caps"]) == (5.0, 1.0, 1, [])


def test_the_caps_act_on_levels_in_order_and_the_whole_keeps_its_score(workspace: Write) -> None:
    # measured first: retention 5.0 stands at level 2 (band 1). The whole is made of scores, not levels:
    # (2 + 5) ÷ 2 = 3.5, level 4; then culture's level 2 lets it stand at 3
    people = [person(1, {**TOP, CULTURE: 2})]
    data = data_of(
        workspace(people, measured((0.09, 0.08, 0.07, 0.06)), {"evidence/customers.csv": CUSTOMERS})
    )
    overall = data["overall"]
    assert dimension(data, "retention")["level"] == 2
    assert (overall["score"], overall["uncapped_level"], overall["level"]) == (3.5, 4, 3)
    assert [(cap["source"], cap["limit"]) for cap in overall["caps"]] == [("culture", 3)]
    assert all(cap["reason"].endswith((".", ")")) for cap in overall["caps"])


def test_where_coverage_gives_no_level_caps_have_nothing_to_act_on(workspace: Write) -> None:
    people = [person(1, {SCHEME: 5})]
    data = data_of(
        workspace(people, measured((0.09, 0.08, 0.07, 0.06)), {"evidence/customers.csv": CUSTOMERS})
    )
    retention = dimension(data, "retention")
    assert (retention["score"], retention["level"], retention["caps"]) == (5.0, None, [])
    assert retention["coverage"] == pytest.approx(1 / 5)


# ------------------------------ every score explains itself

ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        CULTURE: st.integers(1, 5) | st.sampled_from(["n/a", "dont-know", "not-shown"]),
        SCHEME: st.integers(1, 5) | st.sampled_from(["n/a", "dont-know"]),
        EFFORT: st.integers(1, 5) | st.just("not-shown"),
        KNOWN: st.booleans(),
        WAYS: st.sampled_from([["calls"], ["letters"], ["calls", "letters"], ["none"]]),
        SHARE: st.integers(0, 100),
    },
)
IN_MEMORY = settings(
    max_examples=25,
    phases=[Phase.explicit, Phase.generate],  # shrinking assesses thousands of times
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@IN_MEMORY
@given(st.lists(ANSWERS, min_size=1, max_size=6))
def test_contributions_add_up_and_levels_follow_from_scores(
    workspace: Write, everyone: list[dict[str, Any]]
) -> None:
    data = data_of(workspace([person(number, answers) for number, answers in enumerate(everyone)]))
    minima = (1.0, 1.8, 2.6, 3.4, 4.2)
    for each in data["dimensions"]:
        if each["score"] is None:
            assert each["reason"]
            assert each["contributions"] == []
            continue
        assert sum(part["points"] for part in each["contributions"]) == pytest.approx(each["score"])
        assert sum(part["share"] for part in each["contributions"]) == pytest.approx(1.0)
    for standing in (
        data["overall"],
        *data["dimensions"],
        *(p for d in data["dimensions"] for p in d["practices"]),
    ):
        score, coverage = standing["score"], standing["coverage"]
        if score is None:
            assert standing["level"] is None
            assert standing["reason"]
        else:
            assert 1 <= score <= 5
            expected = sum(score >= minimum - 1e-6 for minimum in minima) if coverage >= 0.5 else None
            assert standing["uncapped_level"] == expected
            assert (standing["level"] or 0) <= (expected or 0)
            if standing["interval"]:
                assert standing["interval"][0] <= score <= standing["interval"][1]


# ------------------------------ determinism


def in_files(folder: Path, files: Mapping[str, list[dict[str, Any]]]) -> Path:
    for path in (folder / "responses").iterdir():
        path.unlink()
    for name, people in files.items():
        (folder / "responses" / f"{name}.yaml").write_text(
            json.dumps({"respondents": people}),
            encoding="utf-8",  # JSON is YAML, and has no aliases
        )
    return folder


def test_the_same_input_gives_the_same_bytes(workspace: Write) -> None:
    folder = workspace([person(1, TOP), person(2, {CULTURE: 2, SHARE: 10})])
    assert text_of(folder) == text_of(folder)
    assert load(folder).workspace.file.as_of is None
    assert json.loads(text_of(folder))["as_of"] is None, "no clock: without a date in the data there is none"


def test_the_order_in_which_people_are_read_changes_no_byte(workspace: Write) -> None:
    # skipped questions and unequal answers, so that sums of floats could round differently
    people = [
        person(1, {KNOWN: False, SCHEME: 2}),
        person(2, {CULTURE: 1, KNOWN: True, WAYS: ["calls"], SHARE: 20, SCHEME: 5, EFFORT: 4}),
        person(3, {CULTURE: 1, KNOWN: False, WAYS: ["calls", "letters"], SHARE: 0, SCHEME: 3}),
        person(4, {CULTURE: 4, SCHEME: 2, EFFORT: 5, SHARE: 85}, role="leadership"),
        person(5, {CULTURE: 2, SCHEME: 4, EFFORT: 2, WAYS: ["letters"], SHARE: 50}, role="frontline"),
        person(6, {CULTURE: 5, SCHEME: 1, KNOWN: True, WAYS: ["none"]}, role="frontline"),
    ]
    folder = workspace()

    def without_files(files: dict[str, list[dict[str, Any]]]) -> str:
        data = data_of(in_files(folder, files))
        del data["quality"]["files"]  # which are named as they are read
        return as_text(data)

    one_file = without_files({"all": people})
    for order in islice(permutations(people), 0, 720, 73):
        files = {f"{number}-{each['id']}": [each] for number, each in enumerate(order)}
        assert without_files(files) == one_file


# ------------------------------ confidentiality

SECRET: dict[str, Any] = {"confidential": True}


def crowd(count: int, **more: Any) -> list[dict[str, Any]]:
    """People who answered everything but ``scheme``."""
    answers = {name: value for name, value in TOP.items() if name != SCHEME}
    return [person(number, answers, **more) for number in range(count)]


def test_fewer_than_5_are_hidden_with_the_reason(workspace: Write) -> None:
    people = crowd(8)
    for each in people[:4]:
        each["answers"][SCHEME] = 1
    people[7]["answers"][EFFORT] = 3  # what all answer alike is hidden, too
    data = data_of(workspace(people, SECRET))
    hidden = question(data, SCHEME)
    asked = {"id": SCHEME, "kind": "choice", "weight": 1.0, "fingerprint": hidden["fingerprint"]}
    assert hidden == {**asked, "score": None, "agreement": None, "n": None, "suppressed": True}
    # effort alone: seven of 5.0 and, reversed, one of 3.0; (7 × 5 + 3) ÷ 8 = 4.75
    assert practice(data, "retention.loyalty-and-value")["score"] == 4.75


def test_5_are_shown(workspace: Write) -> None:
    people = crowd(8)
    for each, answer in zip(people[:5], [1, 1, 1, 1, 2], strict=True):
        each["answers"][SCHEME] = answer
    shown = question(data_of(workspace(people, SECRET)), SCHEME)
    assert (shown["score"], shown["n"]) == (1.2, 5)  # (1 + 1 + 1 + 1 + 2) / 5
    assert "suppressed" not in shown


def test_what_all_answered_alike_is_not_shown_as_it_is_everybodys_answer(workspace: Write) -> None:
    people = crowd(8)
    for each in people:
        each["answers"][SCHEME] = 1
    assert question(data_of(workspace(people, SECRET)), SCHEME)["suppressed"] is True


def test_the_minimum_is_what_the_workspace_says(workspace: Write) -> None:
    people = crowd(8)
    for each, answer in zip(people[:6], [1, 1, 1, 1, 1, 2], strict=True):
        each["answers"][SCHEME] = answer
    data = data_of(workspace(people, {**SECRET, "anonymity_minimum": 7}))
    assert question(data, SCHEME)["suppressed"] is True


def test_a_practice_all_of_whose_questions_are_hidden_is_suppressed_with_a_reason(workspace: Write) -> None:
    people = crowd(8)
    for each in people[4:]:
        del each["answers"][CULTURE]
    data = data_of(workspace(people, SECRET))
    for standing in (practice(data, "culture.meaning"), dimension(data, "culture")):
        assert standing["suppressed"] is True
        assert [standing[key] for key in ("score", "level", "n", "interval", "agreement")] == [None] * 5
        assert standing["reason"]
    assert "fewer than 5 people" in practice(data, "culture.meaning")["reason"]


def test_the_minimum_binds_the_whole_too(workspace: Write) -> None:
    data = data_of(workspace(crowd(4), SECRET))
    assert data["overall"]["suppressed"] is True
    assert (data["overall"]["score"], data["overall"]["n"]) == (None, None)
    for each in data["dimensions"]:
        assert each["score"] is None
        assert each["findings"] == []


@pytest.mark.parametrize(("state", "key"), [("dont-know", "dont-know"), ("n/a", "not-applicable")])
def test_what_few_people_said_of_a_question_is_not_shown_as_its_state_either(
    state: str, key: str, workspace: Write
) -> None:
    # three people in all: that all three do not know is an answer of a group under the minimum
    people = [person(number, {SCHEME: state}) for number in range(3)]
    shown = question(data_of(workspace(people, SECRET)), SCHEME)
    assert key not in {name for name, count in shown.get("states", {}).items() if count}


@pytest.mark.parametrize(
    ("count", "said", "confidential"),
    [(15, None, False), (16, None, True), (16, False, False), (2, True, True)],
)
def test_more_than_15_respondents_are_confidential_unless_the_workspace_says_otherwise(
    *, count: int, said: bool | None, confidential: bool, workspace: Write
) -> None:
    told = {} if said is None else {"confidential": said}
    assert data_of(workspace(crowd(count), told))["confidential"] is confidential


def test_among_named_people_groups_of_any_size_are_shown_with_n(workspace: Write) -> None:
    data = data_of(workspace([person(1, TOP)], {"confidential": False}))
    assert (data["overall"]["score"], data["overall"]["n"]) == (5.0, 1)
    assert "suppressed" not in data["overall"]


def test_confidential_results_hold_neither_ids_nor_notes_nor_words(workspace: Write) -> None:
    people = crowd(6)
    people[0]["id"] = "ana-popescu"
    people[0]["notes"] = {CULTURE: "My boss never calls."}
    people[0]["answers"]["culture.meaning.said"] = "Only on paper."
    for person_ in people[1:]:
        person_["answers"]["culture.meaning.said"] = "Care."
    engagement = load(workspace(people, SECRET))
    assessment = assess(engagement)
    everything = repr(assessment) + as_text(
        as_data(assessment, plan(engagement, assessment), engagement.texts)
    )
    for secret in ("ana-popescu", "never calls", "Only on paper"):
        assert secret not in everything


hidden_answers = st.lists(st.integers(1, 5), min_size=1, max_size=4)
silence = st.lists(st.sampled_from([None, "n/a", "dont-know", "not-shown"]), min_size=7, max_size=7)


def hiding(workspace: Write, answers: list[int], rest: list[Any]) -> str:
    """The result of seven people, of whom fewer than five answered ``scheme``."""
    people = crowd(7)
    for each, value in zip(people, [*answers, *rest], strict=False):
        each["answers"][SCHEME] = value
        each["notes"] = {SCHEME: f"I said {value}."}
    return text_of(workspace(people, SECRET))


@pytest.fixture(scope="module")
def hidden(shared_workspace: Write) -> str:
    return hiding(shared_workspace, [1], [None] * 7)


@IN_MEMORY
@given(answers=hidden_answers, rest=silence)
@example(answers=[5, 5, 5, 5], rest=["n/a"] * 7)
def test_a_hidden_question_influences_nothing(
    *, workspace: Write, hidden: str, answers: list[int], rest: list[Any]
) -> None:
    assert hiding(workspace, answers, rest) == hidden


# ------------------------------ the shape of JSON

STANDING = {
    "score",
    "level",
    "uncapped_level",
    "caps",
    "n",
    "interval",
    "coverage",
    "reason",
}
FULL = {*STANDING, "agreement", "perceived", "evidenced", "measured"}


def test_the_json_has_the_shape_that_is_promised(workspace: Write) -> None:
    folder = workspace(
        [person(1, TOP), person(2, {**TOP, CULTURE: 1})],
        {**measured((0.09, 0.08, 0.07, 0.06)), "organisation": {"name": "Acme", "employees": 120}},
        {"evidence/customers.csv": CUSTOMERS},
    )
    data = data_of(folder)
    assert data["format"] == 1
    assert set(data) >= {
        "organisation",
        "as_of",
        "questionnaires",
        "overall",
        "dimensions",
        "metrics",
        "recommendations",
        "plugins",
        "warnings",
    }
    (asked,) = data["questionnaires"]
    assert (asked["id"], asked["version"], len(asked["sha256"])) == ("small", "1", 64)
    assert set(data["overall"]) >= STANDING
    for each in data["dimensions"]:
        assert set(each) >= {*FULL, "id", "title", "practices", "contributions", "findings", "plugin"}
        for inner in each["practices"]:
            assert set(inner) >= {*FULL, "id"}
    assert {
        "id",
        "dimension",
        "practice",
        "value",
        "unit",
        "n",
        "interval",
        "band",
        "segments",
        "reason",
    } <= set(data["metrics"][0])
    for each in data["plugins"]:
        assert set(each) >= {"name", "version", "distribution", "state", "reason"}
    assert data["warnings"] == []
    assert data["organisation"]["employees"] == 120


def test_the_fingerprint_of_the_questionnaire_changes_with_it(workspace: Write) -> None:
    folder = workspace([person(1, TOP)])
    before = data_of(folder)["questionnaires"][0]["sha256"]
    path = folder / "questionnaire.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("Staying pays.", "Staying pays off."), encoding="utf-8"
    )
    assert data_of(folder)["questionnaires"][0]["sha256"] != before


def test_results_are_frozen(workspace: Write) -> None:
    assessment = assess(load(workspace([person(1, TOP)])))
    with pytest.raises(FrozenInstanceError):
        assessment.overall.score = 5.0  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        assessment.as_of = "2026-01-01"  # type: ignore[misc]


def test_the_data_and_the_text_are_one(workspace: Write) -> None:
    engagement = load(workspace([person(1, TOP)]))
    assessment = assess(engagement)
    roadmap = plan(engagement, assessment)
    text = as_text(as_data(assessment, roadmap, engagement.texts))
    assert text.endswith("}\n")
    assert json.loads(text) == as_data(assessment, roadmap, engagement.texts)


@pytest.mark.parametrize("day", ["2026-02-30", "2026-02-29", "2026-04-31"])
def test_an_as_of_that_is_no_day_is_the_users_error_at_its_place(
    day: str, workspace: Write, cli: Callable[..., Any]
) -> None:
    folder = workspace([person(1, TOP)], {"as_of": day})
    done = cli("assess", "--json", folder)
    assert (done.code, done.out) == (2, "")
    number = (folder / "assessment.yaml").read_text(encoding="utf-8").splitlines().index(
        f"as_of: '{day}'"
    ) + 1
    assert f"assessment.yaml:{number}:" in done.err
