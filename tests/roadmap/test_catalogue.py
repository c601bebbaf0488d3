"""Reading catalogues: mistakes at their place, and catalogues checked against each other."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from cxmaturity.errors import UserError
from cxmaturity.plugins import Plugin, Plugins
from cxmaturity.roadmap.catalogue import read_catalogue, read_catalogues
from cxmaturity.roadmap.model import Recommendation

ENTRY = """\
  - id: {id}
    title: Do it
    aim: To get on.
    why: It helps.
    source: {{ref: S0, idea: Doing}}
    steps: [Do it.]
    lifts: {{culture.meaning: 3}}
    effort: {{fixed: 6, per_100_employees: 3}}
    weeks: 10
    owner: Ana
    prerequisites: [{needs}]
    kpi: {{name: Done, target: "yes"}}
    risk: {{kind: adoption, rating: medium, text: It rains.}}
"""
HEAD = "format: 1\nrecommendations:\n"

Write = Callable[..., Path]


@pytest.fixture
def catalogue(tmp_path: Path) -> Write:
    def write(text: str, name: str = "recommendations") -> Path:
        path = tmp_path / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def entries(*ids: str, needs: str = "") -> str:
    return HEAD + "".join(ENTRY.format(id=name, needs=needs) for name in ids)


def plugins(*sources: tuple[str, Path], first_party: str = "") -> Plugins:
    names = dict.fromkeys(name for name, _ in sources)
    listed = tuple(Plugin(name, "1", "cxmaturity" if name == first_party else f"{name}-cx") for name in names)
    return Plugins(listed=listed, scorers={}, catalogues=sources)


def test_an_entry_is_read_whole(catalogue: Write) -> None:
    (entry,) = read_catalogue(catalogue(entries("culture.a", needs="culture.b")), "culture")
    assert (entry.id, entry.dimension, entry.plugin, entry.source, entry.idea) == (
        "culture.a",
        "culture",
        "culture",
        "S0",
        "Doing",
    )
    assert entry.lifts == {"culture.meaning": 3}
    assert (entry.effort.fixed, entry.effort.per_department, entry.effort.per_100_employees) == (6, 0, 3)
    assert (entry.cost.fixed, entry.weeks, entry.prerequisites) == (0, 10, ("culture.b",))
    assert (entry.kpi.name, entry.kpi.metric, entry.risk.rating) == ("Done", None, "medium")
    assert (entry.low, entry.low_lift("culture.meaning"), entry.skills, entry.excludes) == ({}, 3, {}, ())


def test_a_low_estimate_skills_and_alternatives_are_read(catalogue: Write) -> None:
    lifts = (
        "lifts: {culture.meaning: {expected: 4, low: 1}, culture.pay: {expected: 3, low: 3}, culture.hire: 2}"
    )
    more = "skills: {legal: 0.25, data-analysis: 0.75}\n    excludes: [culture.b, acme.c]"
    text = entries("culture.a").replace("lifts: {culture.meaning: 3}", f"{lifts}\n    {more}")
    (entry,) = read_catalogue(catalogue(text), "culture")
    assert entry.lifts == {"culture.meaning": 4, "culture.pay": 3, "culture.hire": 2}
    assert {name: entry.low_lift(name) for name in entry.lifts} == {
        "culture.meaning": 1,
        "culture.pay": 3,
        "culture.hire": 2,
    }
    assert entry.skills == {"legal": 0.25, "data-analysis": 0.75}
    assert entry.excludes == ("culture.b", "acme.c")


@pytest.mark.parametrize("shares", [(0.1, 0.2, 0.7), (0.7, 0.2, 0.1), (1,), (1 / 3, 1 / 3, 1 / 3), ()])
def test_shares_may_take_the_whole_effort(shares: tuple[float, ...], catalogue: Write) -> None:
    skills = {f"skill-{number}": share for number, share in enumerate(shares)}
    written = "{" + ", ".join(f"{name}: {share!r}" for name, share in skills.items()) + "}"
    text = entries("culture.a").replace("weeks: 10", f"weeks: 10\n    skills: {written}")
    (entry,) = read_catalogue(catalogue(text), "culture")
    assert entry.skills == skills


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ("id: culture.a", "id: Culture A", (3, 9)),
        ("why: It", "wy: It", (6, 5)),
        ("steps: [Do it.]", "steps: []", (8, 12)),
        ("lifts: {culture.meaning: 3}", "lifts: {culture.meaning: 1}", (9, 30)),
        ("lifts: {culture.meaning: 3}", "lifts: {culture.meaning: 6}", (9, 30)),
        ("culture.meaning: 3}", "culture.meaning: {expected: 3}}", (9, 30)),
        ("culture.meaning: 3}", "culture.meaning: {expected: 1, low: 1}}", (9, 41)),
        ("culture.meaning: 3}", "culture.meaning: {expected: 3, low: 0}}", (9, 49)),
        ("culture.meaning: 3}", "culture.meaning: {expected: 3, low: 2, high: 4}}", (9, 52)),
        ("culture.meaning: 3}", "culture.meaning: high}", (9, 30)),
        ("culture.meaning: 3}", "culture.meaning: {expected: 3, low: 4}}", (9, 49)),
        ("weeks: 10", "skills: {Data: 0.5}", (11, 14)),
        ("weeks: 10", "skills: {data: 0}", (11, 20)),
        ("weeks: 10", "skills: {data: 1.5}", (11, 20)),
        ("weeks: 10", "weeks: 10\n    skills: {data: 0.7, legal: 0.4}", (12, 5)),
        ("weeks: 10", "excludes: [Culture]", (11, 16)),
        ("weeks: 10", "weeks: 10\n    excludes: [culture.b, culture.a]", (12, 27)),
        ("lifts: {culture.meaning: 3}", "find_out: true\n    excludes: [culture.b]", (10, 5)),
        ("fixed: 6", "fixed: -6", (10, 21)),
        ("fixed: 6", "fixed: .inf", (10, 21)),
        ("weeks: 10", "weeks: 0", (11, 12)),
        ("rating: medium", "rating: huge", (15, 36)),
    ],
)
def test_a_mistake_is_located(before: str, after: str, place: tuple[int, int], catalogue: Write) -> None:
    text = entries("culture.a")
    assert before in text
    with pytest.raises(UserError) as caught:
        read_catalogue(catalogue(text.replace(before, after)), "culture")
    assert place in [(problem.line, problem.column) for problem in caught.value.problems]
    assert all(problem.what and problem.fix for problem in caught.value.problems)


@pytest.mark.parametrize("lifts", ["    find_out: true\n    lifts: {culture.meaning: 3}\n", ""])
def test_an_entry_either_lifts_or_finds_out(lifts: str, catalogue: Write) -> None:
    text = entries("culture.a").replace("    lifts: {culture.meaning: 3}\n", lifts)
    with pytest.raises(UserError, match="either lifts practices or finds out"):
        read_catalogue(catalogue(text), "culture")


def test_every_duplicate_is_located(catalogue: Write) -> None:
    with pytest.raises(UserError) as caught:
        read_catalogue(catalogue(entries("culture.a", "culture.a", "culture.b", "culture.a")), "culture")
    # an entry has 13 lines from line 3 on
    assert [problem.line for problem in caught.value.problems] == [16, 42]
    assert "'culture.a' is used twice" in str(caught.value)


def test_all_are_sorted_by_id_whoever_brings_them(catalogue: Write) -> None:
    read, after = read_catalogues(
        plugins(("a", catalogue(entries("zeta.a", "beta.b"), "a")), ("b", catalogue(entries("alpha.c"), "b")))
    )
    assert [(entry.id, entry.plugin) for entry in read] == [
        ("alpha.c", "b"),
        ("beta.b", "a"),
        ("zeta.a", "a"),
    ]
    assert {plugin.state for plugin in after.listed} == {"active"}


@pytest.mark.parametrize(
    "broken", ["format: 2\nrecommendations: []\n", "recommendations: [", "", "just words\n"]
)
def test_a_catalogue_with_a_mistake_is_left_out_whole_and_its_plugin_named(
    broken: str, catalogue: Write
) -> None:
    read, after = read_catalogues(
        plugins(("bad", catalogue(broken, "bad")), ("good", catalogue(entries("culture.a"), "good")))
    )
    assert [entry.id for entry in read] == ["culture.a"]
    assert (after.named("bad").state, after.named("good").state) == ("failed", "active")
    assert after.named("bad").reason.startswith("reading bad.yaml: ")


def test_a_file_that_is_not_there_is_the_plugins_failure(tmp_path: Path) -> None:
    read, after = read_catalogues(plugins(("gone", tmp_path / "gone.yaml")))
    assert read == ()
    assert after.named("gone").state == "failed"


def test_an_id_belongs_to_the_first_party(catalogue: Write) -> None:
    # "acme" comes before "culture" in the alphabet
    read, after = read_catalogues(
        plugins(
            ("acme", catalogue(entries("culture.a", "culture.own"), "acme")),
            ("culture", catalogue(entries("culture.a"), "culture")),
            first_party="culture",
        )
    )
    assert after.named("culture").state == "active"
    assert after.named("acme").state == "failed"
    assert "'culture.a' is taken by the plugin 'culture'" in after.named("acme").reason
    assert [(entry.id, entry.plugin) for entry in read] == [("culture.a", "culture")]


def test_between_equals_the_second_to_use_an_id_is_left_out(catalogue: Write) -> None:
    read, after = read_catalogues(
        plugins(
            ("acme", catalogue(entries("culture.a"), "acme")),
            ("zeta", catalogue(entries("culture.a"), "zeta")),
        )
    )
    assert [entry.plugin for entry in read] == ["acme"]
    assert after.named("zeta").reason.endswith("the id 'culture.a' is taken by the plugin 'acme'")


def test_prerequisites_that_go_round_are_named(catalogue: Write) -> None:
    text = (
        HEAD
        + ENTRY.format(id="culture.a", needs="culture.b")
        + ENTRY.format(id="culture.b", needs="culture.a")
    )
    read, after = read_catalogues(
        plugins(("loop", catalogue(text, "loop")), ("good", catalogue(entries("culture.c"), "good")))
    )
    assert [entry.id for entry in read] == ["culture.c"]
    assert "is among its own prerequisites" in after.named("loop").reason


def test_a_prerequisite_that_does_not_exist_is_named(catalogue: Write) -> None:
    _, after = read_catalogues(
        plugins(("acme", catalogue(entries("culture.a", needs="culture.nobody"), "acme")))
    )
    assert after.named("acme").state == "failed"
    assert "culture.nobody" in after.named("acme").reason


def test_every_wrong_estimate_and_exclusion_of_a_file_is_told_at_once(catalogue: Write) -> None:
    first = ENTRY.format(id="culture.a", needs="culture.b").replace(": 3}\n", ": {expected: 3, low: 5}}\n", 1)
    second = ENTRY.format(id="culture.b", needs="").replace("weeks", "skills: {x: 0.9, y: 0.3}\n    weeks")
    text = HEAD + first + second.replace("weeks", "excludes: [culture.b, culture.a]\n    weeks")
    with pytest.raises(UserError) as caught:
        read_catalogue(catalogue(text), "culture")
    assert [(each.line, each.column, each.what) for each in caught.value.problems] == [
        (9, 49, "the low estimate 5 is above the expected level 3"),
        # an entry has 13 lines, so the second one begins in line 16
        (24, 5, "the shares of the skills add up to 1.2, more than the whole effort"),
        (25, 16, "'culture.b' excludes itself"),
        (25, 27, "'culture.b' excludes 'culture.a', which needs it"),
    ]


def excluding(name: str, other: str, needs: str = "") -> str:
    return ENTRY.format(id=name, needs=needs).replace("weeks", f"excludes: [{other}]\n    weeks")


def test_a_prerequisite_cannot_be_excluded_not_even_through_others(catalogue: Write) -> None:
    text = (
        HEAD
        + excluding("culture.a", "culture.c", needs="culture.b")
        + ENTRY.format(id="culture.b", needs="culture.c")
        + ENTRY.format(id="culture.c", needs="")
    )
    with pytest.raises(
        UserError, match=r":11:16: 'culture\.a' excludes 'culture\.c', which it needs; remove"
    ):
        read_catalogue(catalogue(text), "culture")


def test_a_prerequisite_through_another_catalogue_cannot_be_excluded(catalogue: Write) -> None:
    _, after = read_catalogues(
        plugins(
            ("acme", catalogue(HEAD + excluding("acme.a", "acme.c", needs="beta.b"), "acme")),
            ("acme", catalogue(entries("acme.c"), "more")),
            ("beta", catalogue(entries("beta.b", needs="acme.c"), "beta")),
        )
    )
    assert (after.named("acme").state, after.named("beta").state) == ("failed", "active")
    assert after.named("acme").reason.endswith("'acme.a' excludes 'acme.c', which it needs")


@pytest.mark.parametrize(
    ("other", "state"), [("culture.nobody", "failed"), ("culture.c", "active"), ("elsewhere.d", "active")]
)
def test_an_alternative_may_be_missing_in_another_plugin_only(
    other: str, state: str, catalogue: Write
) -> None:
    read, after = read_catalogues(
        plugins(
            ("acme", catalogue(HEAD + excluding("culture.a", other), "acme")),
            ("acme", catalogue(entries("culture.c"), "more")),
        )
    )
    assert after.named("acme").state == state
    assert [entry.id for entry in read] == (["culture.a", "culture.c"] if state == "active" else [])
    assert (f"'culture.a' excludes '{other}', which does not exist" in str(after.named("acme").reason)) == (
        state == "failed"
    )


def test_one_who_takes_an_id_cannot_make_its_owner_fail(catalogue: Write) -> None:
    # acme's second "culture.a" would need itself
    _, after = read_catalogues(
        plugins(
            ("acme", catalogue(entries("culture.a", needs="culture.a"), "acme")),
            ("culture", catalogue(entries("culture.a"), "culture")),
            first_party="culture",
        )
    )
    assert (after.named("acme").state, after.named("culture").state) == ("failed", "active")


def shipped() -> list[Recommendation]:
    folder = Path(__file__).parents[2] / "plugins"
    return [each for path in folder.glob("*/recommendations.yaml") for each in read_catalogue(path, "ours")]


def test_our_catalogues_keep_to_the_rule_that_the_guide_states() -> None:
    """High risk: one level less. Low risk: the same. Never more than one level either way."""
    less = {
        (each.risk.rating, each.lifts[name] - each.low_lift(name))
        for each in shipped()
        for name in each.lifts
    }
    assert less == {("low", 0), ("medium", 0), ("medium", 1), ("high", 1)}


def test_our_catalogues_use_the_skills_of_the_guide() -> None:
    guide = Path(__file__).parents[2] / "docs" / "plugins" / "catalogues.md"
    table = guide.read_text(encoding="utf-8").partition("\n## Skills\n")[2]
    assert {skill for each in shipped() for skill in each.skills} == set(
        re.findall(r"^\| `([\w-]+)` \|", table, re.MULTILINE)
    )
