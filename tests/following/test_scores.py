"""What changed, over which questions, and what cannot be compared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cxmaturity.following.differences import Estimate
from cxmaturity.following.model import Comparison, ScoreChange

Compare = Callable[[Any, Any], Comparison]
SECOND = [{"id": "small", "version": "2", "sha256": "two"}]
"""Another version of the questionnaire."""


def only(comparison: Comparison) -> ScoreChange:
    (found,) = comparison.practices()
    return found


def why(change: ScoreChange) -> str:
    assert change.difference is None
    assert change.basis == "none"
    return change.reason.key if change.reason else ""


def test_the_same_questions_compare_as_they_are(make: Any, compare: Compare) -> None:
    before = make.one_practice(2.0, 0.3, [make.question("d.p.a", 2.0, 0.3)])
    after = make.one_practice(3.0, 0.4, [make.question("d.p.a", 3.0, 0.4)])
    found = compare(before, after)
    for change in (found.overall, *found.dimensions, only(found)):
        assert (change.basis, change.shared, change.asked) == ("all", 1, 1)
        assert change.difference is not None
        # 1 ± √(0.4² + 0.3²) = 1 ± 0.5
        assert change.difference.interval == pytest.approx((0.5, 1.5))
    assert found.not_comparable == ()


def test_a_changed_question_is_left_out_of_a_practice(make: Any, compare: Compare) -> None:
    # a and b weigh 1 and 3, c is asked otherwise: (2 + 3 × 3) ÷ 4 = 2.75 → (4 + 3 × 3) ÷ 4 = 3.25
    # half-widths (0.2 + 3 × 0.4) ÷ 4 = 0.35 on both sides; 0.5 ± √(0.35² + 0.35²) = 0.5 ± 0.494975
    before = make.one_practice(
        2.2,
        0.1,
        [
            make.question("d.p.a", 2.0, 0.2),
            make.question("d.p.b", 3.0, 0.4, weight=3.0),
            make.question("d.p.c", 1.0, 0.1),
        ],
    )
    after = make.one_practice(
        3.9,
        0.1,
        [
            make.question("d.p.a", 4.0, 0.2),
            make.question("d.p.b", 3.0, 0.4, weight=3.0),
            make.question("d.p.c", 5.0, 0.0, fingerprint="another"),
        ],
        questionnaires=SECOND,
    )
    found = compare(before, after)
    for change in (only(found), *found.dimensions, found.overall):
        assert (change.basis, change.shared, change.asked) == ("shared", 2, 3)
        assert (change.first, change.second) == (
            Estimate(2.75, pytest.approx((2.4, 3.1))),
            Estimate(3.25, pytest.approx((2.9, 3.6))),
        )
        assert change.difference is not None
        assert change.difference.interval == pytest.approx((0.005025, 0.994975), abs=1e-6)
        assert change.before is not None
        assert change.before.score == 2.2  # what the result shows stays beside it
    (apart,) = found.not_comparable
    assert (apart.kind, apart.id, apart.reason.key) == (
        "question",
        "d.p.c",
        "changes.reason.question-changed",
    )
    assert "changes.note.shared" in [note.key for note in found.notes]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_what_was_asked_in_one_round_only_counts_as_asked(
    order: tuple[int, int], make: Any, compare: Compare
) -> None:
    def asked(name: str, count: int) -> Any:
        more = make.question(f"{name}.t", None, kind="text")  # enters no score
        return make.practice(
            name, 3.0, 0.1, [make.question(f"{name}.{each}", 3.0, 0.1) for each in range(count)] + [more]
        )

    many = make.result(
        [
            make.dimension("d", 3.0, 0.1, [asked("d.p", 2), asked("d.q", 3)]),
            make.dimension("e", 3.0, 0.1, [asked("e.p", 4)]),
        ]
    )
    few = make.result([make.dimension("d", 3.0, 0.1, [asked("d.p", 2)])])
    found = compare(*((many, few)[number] for number in order))
    # of 2 + 3 and of 2 + 3 + 4 questions
    assert [(each.id, each.shared, each.asked) for each in (*found.dimensions, found.overall)] == [
        ("d", 2, 5),
        ("e", 0, 4),
        ("overall", 2, 9),
    ]
    assert [(each.id, each.asked) for each in found.practices()] == [("d.p", 2), ("d.q", 3), ("e.p", 4)]


@pytest.mark.parametrize("side", ["before", "after"])
def test_a_question_of_one_round_only_is_named(side: str, make: Any, compare: Compare) -> None:
    few = [make.question("d.p.a", 2.0, 0.2)]
    many = [*few, make.question("d.p.b", 5.0, 0.2)]
    results = [make.one_practice(3.5, 0.2, many), make.one_practice(2.0, 0.2, few)]
    found = compare(*(results if side == "before" else reversed(results)))
    change = only(found)
    assert (change.shared, change.asked) == (1, 2)
    assert change.difference is not None
    assert change.difference.value == 0
    assert [(each.id, each.reason.key) for each in found.not_comparable] == [
        ("d.p.b", f"changes.reason.only-{side}")
    ]


def test_todays_weights_hold_on_both_sides(make: Any, compare: Compare) -> None:
    def asked(weight: float) -> list[Any]:
        return [make.question("d.p.a", 2.0), make.question("d.p.b", 4.0, weight=weight)]

    # by the earlier weights 3.0, by the later ones (2 + 3 × 4) ÷ 4 = 3.5: nobody answered otherwise
    found = compare(make.one_practice(3.0, None, asked(1)), make.one_practice(3.5, None, asked(3)))
    assert ("changes.note.part-weights", {"n": 1}) in [(each.key, each.values) for each in found.notes]
    change = only(found)
    assert change.basis == "shared"
    assert change.first == change.second == Estimate(3.5)
    assert change.difference is not None
    assert (change.difference.value, change.difference.clear) == (0.0, None)


def test_no_shared_question_is_no_comparison(make: Any, compare: Compare) -> None:
    before = make.one_practice(2.0, 0.1, [make.question("d.p.a", 2.0)])
    after = make.one_practice(3.0, 0.1, [make.question("d.p.b", 3.0)])
    found = compare(before, after)
    assert why(only(found)) == "changes.reason.no-shared"
    assert why(found.dimensions[0]) == why(found.overall) == "changes.reason.no-parts"
    assert [each.kind for each in found.not_comparable] == ["dimension", "practice"]


def test_text_and_what_weighs_nothing_are_no_questions_of_a_score(make: Any, compare: Compare) -> None:
    asked = [make.question("d.p.a", 2.0, 0.1)]
    more = [make.question("d.p.t", None, kind="text"), make.question("d.p.z", 4.0, weight=0.0)]
    change = only(compare(make.one_practice(2.0, 0.1, asked), make.one_practice(2.0, 0.1, [*asked, *more])))
    assert (change.basis, change.asked) == ("all", 1)


def test_a_question_that_nobody_answered_this_time_is_left_out(make: Any, compare: Compare) -> None:
    before = make.one_practice(3.0, 0.1, [make.question("d.p.a", 2.0, 0.2), make.question("d.p.b", 4.0, 0.2)])
    after = make.one_practice(2.5, 0.1, [make.question("d.p.a", 2.5, 0.2), make.question("d.p.b", None)])
    found = compare(before, after)
    change = only(found)
    assert (change.basis, change.shared, change.asked) == ("shared", 1, 2)
    assert change.difference is not None
    assert change.difference.value == 0.5
    assert [(each.kind, each.id, each.reason.key) for each in found.not_comparable] == [
        ("question", "d.p.b", "changes.reason.question-unscored-after")
    ]


def test_a_question_that_is_hidden_in_one_round_is_named(make: Any, compare: Compare) -> None:
    hidden = make.question("d.p.b", None, suppressed=True)
    silent = make.question("d.p.c", None)
    before = make.one_practice(2.0, 0.1, [make.question("d.p.a", 2.0, 0.2), hidden, silent])
    asked = [make.question("d.p.a", 2.5, 0.2), make.question("d.p.b", 4.0, 0.2)]
    found = compare(before, make.one_practice(2.5, 0.1, [*asked, silent]))
    # what nobody answered in either round is missing from neither
    assert [(each.id, each.reason.key) for each in found.not_comparable] == [
        ("d.p.b", "changes.reason.question-hidden-before")
    ]


def test_an_agreed_value_is_compared_as_it_holds(make: Any, compare: Compare) -> None:
    before = make.one_practice(3.0, 0.1, [make.question("d.p.a", 3.0, 0.1)])
    after = make.one_practice(4.0, None, [make.question("d.p.a", None)])
    after["dimensions"][0]["practices"][0]["agreed"] = {"kind": "consensus", "score": 4}
    change = only(compare(before, after))
    assert change.basis == "all"
    assert change.difference is not None
    assert (change.difference.value, change.difference.clear) == (1.0, None)


@pytest.mark.parametrize(("side", "order"), [("before", (0, 1)), ("after", (1, 0))])
def test_what_is_hidden_stays_hidden_with_its_reason(
    side: str, order: tuple[int, int], make: Any, compare: Compare
) -> None:
    results = [make.one_practice(2.0, 0.1, [make.question("d.p.a", 2.0)]) for _ in order]
    hidden = results[0]["dimensions"][0]["practices"][0]
    hidden |= {"score": None, "interval": None, "suppressed": True, "reason": "too few"}
    hidden["questions"][0] |= {"score": None, "suppressed": True}
    found = compare(*(results[number] for number in order))
    change = only(found)
    assert why(change) == f"changes.reason.hidden-{side}"
    assert change.reason is not None
    assert change.reason.values == {"reason": "too few"}
    assert [each.id for each in found.not_comparable if each.kind == "practice"] == ["d.p"]


def test_what_has_no_score_in_either_round_is_in_neither_whole(make: Any, compare: Compare) -> None:
    def made(score: float) -> Any:
        inside = [
            make.practice("d.p", score, 0.1, [make.question("d.p.a", score, 0.1)]),
            make.practice("d.q", None, None, [make.question("d.q.a", None)], reason="nobody answered"),
        ]
        return make.result([make.dimension("d", score, 0.1, inside)], overall=make.standing(score, 0.1))

    found = compare(made(2.0), made(3.0))
    assert (found.overall.basis, found.dimensions[0].basis) == ("all", "all")
    assert [each.id for each in found.not_comparable] == ["d.q"]


def test_a_dimension_that_came_leaves_the_others_to_be_compared(make: Any, compare: Compare) -> None:
    def made(name: str, score: float, weight: float = 1.0) -> Any:
        inside = make.practice(f"{name}.p", score, 0.3, [make.question(f"{name}.p.a", score, 0.3)])
        return make.dimension(name, score, 0.3, [inside], weight=weight)

    before = make.result([made("d", 2.0), made("e", 3.0, 2.0)], overall=make.standing(2.7, 0.1))
    after = make.result(
        [made("d", 2.6), made("e", 3.3, 2.0), made("f", 5.0)], overall=make.standing(3.6, 0.1)
    )
    found = compare(before, after)
    # (2 + 2 × 3) ÷ 3 = 2.6667 → (2.6 + 2 × 3.3) ÷ 3 = 3.0667
    assert found.overall.first == Estimate(pytest.approx(8 / 3), pytest.approx((8 / 3 - 0.3, 8 / 3 + 0.3)))
    assert found.overall.difference is not None
    assert found.overall.difference.value == pytest.approx(0.4)
    assert (found.overall.basis, found.overall.same_questions) == ("shared", False)
    assert [(each.kind, each.id, each.reason.key) for each in found.not_comparable] == [
        ("dimension", "f", "changes.reason.only-after")
    ]


def test_other_weights_of_dimensions_are_named_and_todays_are_taken(make: Any, compare: Compare) -> None:
    def made(weight: float, score: float) -> Any:
        parts = [
            make.dimension(
                name,
                value,
                0.1,
                [make.practice(f"{name}.p", value, 0.1, [make.question(f"{name}.p.a", value, 0.1)])],
                weight=share,
            )
            for name, value, share in (("d", 2.0, 1.0), ("e", 4.0, weight))
        ]
        return make.result(parts, overall=make.standing(score, 0.1))

    found = compare(made(1.0, 3.0), made(3.0, 3.5))
    assert found.overall.basis == "shared"
    assert found.overall.difference is not None
    assert found.overall.difference.value == 0
    note = next(each for each in found.notes if each.key == "changes.note.weights")
    assert note.values == {"n": 1, "titles": ["E"]}


def cap(source: str, limit: int = 2) -> dict[str, Any]:
    return {"source": source, "limit": limit, "reason": f"{source} holds it at {limit}"}


def levelled(make: Any, caps: list[Any], *, level: int | None = 3, d: int | None = 1, **more: Any) -> Any:
    """A result whose whole has a level and caps, and whose dimension ``d`` has a level."""
    made = make.one_practice(3.0, 0.1, [make.question("d.p.a", 3.0, 0.1)])
    made["overall"] |= {"level": level, "caps": caps, **more}
    made["dimensions"][0]["level"] = d
    return made


def test_caps_that_went_and_came(make: Any, compare: Compare) -> None:
    before = levelled(make, [cap("d", 2), cap("measured", 3)], measured=2.0)
    after = levelled(make, [cap("measured", 3), cap("d", 4)], measured=2.0)
    overall = compare(before, after).overall
    assert [each.reason for each in overall.caps_gone] == ["d holds it at 2"]
    assert [each.reason for each in overall.caps_come] == ["d holds it at 4"]


@pytest.mark.parametrize(
    ("source", "other", "told"),
    [
        ("d", {}, True),
        ("d", {"level": None}, False),  # what has no level has no cap either
        ("d", {"d": None}, False),  # the dimension that it comes from caps nothing without a level
        ("e", {}, False),  # nor does one that was not asked
        ("measured", {"measured": 2.0}, True),
        ("measured", {}, False),
    ],
)
def test_a_cap_has_gone_only_if_it_could_have_bitten(
    *, source: str, other: Any, told: bool, make: Any, compare: Compare
) -> None:
    capped, free = levelled(make, [cap(source)]), levelled(make, [], **other)
    assert bool(compare(capped, free).overall.caps_gone) is told
    assert bool(compare(free, capped).overall.caps_come) is told


# ------------------------------------------------------------------------- results of earlier versions


def old(data: Any) -> Any:
    """As results were before they said how questions are asked."""
    for dimension in data["dimensions"]:
        for practice in dimension["practices"]:
            del practice["weight"]
            for question in practice["questions"]:
                for key in ("kind", "weight", "fingerprint"):
                    del question[key]
    return data


def test_an_early_result_compares_where_the_questionnaires_are_the_same(make: Any, compare: Compare) -> None:
    asked = [make.question("d.p.a", 2.0, 0.1), make.question("d.p.t", None, kind="text")]
    before, after = (make.one_practice(score, 0.1, asked) for score in (2.0, 2.5))
    found = compare(old(before), after)
    assert found.overall.basis == only(found).basis == "all"
    assert only(found).asked == 1  # the later result says that the other one is text


def test_an_early_result_of_another_questionnaire_does_not_compare(make: Any, compare: Compare) -> None:
    asked = [make.question("d.p.a", 2.0, 0.1)]
    after = make.one_practice(2.5, 0.1, asked, questionnaires=SECOND)
    found = compare(old(make.one_practice(2.0, 0.1, asked)), after)
    assert why(only(found)) == "changes.reason.not-known"
    assert [each.key for each in found.versions] == ["changes.version.questionnaire.changed"]


def test_two_early_results_do_not_say_what_their_parts_weigh(make: Any, compare: Compare) -> None:
    before = old(make.one_practice(2.0, 0.1, [make.question("d.p.a", 2.0), make.question("d.p.b", 2.0)]))
    after = old(make.one_practice(2.5, 0.1, [make.question("d.p.a", 2.5), make.question("d.p.b", None)]))
    assert why(only(compare(before, after))) == "changes.reason.no-weights"


def test_one_questionnaire_in_two_languages_is_one_questionnaire(make: Any, compare: Compare) -> None:
    before = make.one_practice(2.0, 0.1, [make.question("d.p.a", 2.0, fingerprint="in English")])
    after = make.one_practice(2.5, 0.1, [make.question("d.p.a", 2.5, fingerprint="in Romanian")])
    assert only(compare(before, after)).basis == "all"


# ----------------------------------------------------------------------------------- what else differs


def test_what_else_the_rounds_do_not_share_is_said(make: Any, compare: Compare) -> None:
    asked = [make.question("d.p.a", 2.0, 0.1)]
    before = make.one_practice(2.0, 0.1, asked)
    after = make.one_practice(
        2.0,
        0.1,
        asked,
        organisation={"name": "Acme Group"},
        confidential=True,
        balanced="role",
        plugin_api=2,
        plugins=[{"name": "core", "version": "2", "distribution": "cxmaturity"}],
    )
    found = compare(before, after)
    assert [note.key.removeprefix("changes.note.") for note in found.notes] == [
        "organisation",
        "confidential",
        "balanced",
        "independent",
    ]
    assert [each.key.removeprefix("changes.version.") for each in found.versions] == ["api", "plugin.changed"]
    back = compare(after, before)
    assert "changes.note.open" in [note.key for note in back.notes]
