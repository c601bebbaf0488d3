"""Reading catalogues: mistakes at their place, and catalogues checked against each other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cxmaturity.errors import UserError
from cxmaturity.plugins import Plugin, Plugins
from cxmaturity.roadmap.catalogue import read_catalogue, read_catalogues

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


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ("id: culture.a", "id: Culture A", (3, 9)),
        ("why: It", "wy: It", (6, 5)),
        ("steps: [Do it.]", "steps: []", (8, 12)),
        ("lifts: {culture.meaning: 3}", "lifts: {culture.meaning: 1}", (9, 30)),
        ("lifts: {culture.meaning: 3}", "lifts: {culture.meaning: 6}", (9, 30)),
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
