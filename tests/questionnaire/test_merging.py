"""Several questionnaires in one workspace: what is asked together, what cannot be, and what it all weighs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest
import yaml

import cxmaturity
from cxmaturity.errors import UserError
from cxmaturity.questionnaire.model import Questionnaire

Write = Callable[..., Path]
Cli = Callable[..., Any]
Install = Callable[..., EntryPoint]

PART = """\
format: 1
id: access
version: "7"
language: en
title: Accessibility
description: Whether everybody can be a customer.
minutes: 2
roles: {frontline: Staff in shops, visitors: Visitors}
sources: {S0: "The   source of\\n  the tests", S1: Another source}
dimensions:
  - id: accessibility
    title: Accessibility
    description: Everyone can be a customer.
    practices:
      - id: barriers
        title: Barriers
        description: There are none.
        questions:
          - {id: gone, type: choice, topic: Gone, text: Are they gone?, roles: [visitors], evidence: A list.,
             source: {ref: S1, idea: Barriers}, options: [{id: "no", text: None is.}, {id: half, text: Half.},
                                                          {id: "yes", text: All are.}]}
"""
SECOND_PART = (
    PART.replace("id: access\n", "id: second\n")
    .replace("id: accessibility", "id: languages")
    .replace("minutes: 2", "minutes: 5")
)
ANSWERS = [
    {
        "id": "r1",
        "role": "leadership",
        "answers": {
            "culture.meaning.same": 3,  # 2/4 of what is possible: 3.0
            "retention.loyalty-and-value.scheme": 2,  # 1/4: 2.0
            "accessibility.barriers.gone": "yes",  # all: 5.0
        },
    }
]


@pytest.fixture
def whole(workspace: Write) -> Callable[..., str]:
    """``whole(id=…, version=…)`` is the small questionnaire under other names, its dimensions renamed too."""
    text = (workspace() / "questionnaire.yaml").read_text(encoding="utf-8")

    def named(identity: str, *changes: tuple[str, str]) -> str:
        changed = text.replace("id: small\n", f"id: {identity}\n")
        for name in ("culture", "retention"):
            changed = changed.replace(f"  - id: {name}\n", f"  - id: {identity}-{name}\n")
        for old, new in changes:
            assert old in changed
            changed = changed.replace(old, new)
        return changed

    return named


@pytest.fixture
def asked(workspace: Write) -> Write:
    """``asked([…], files)`` is a workspace with a list of questionnaires, and two parts."""

    def write(questionnaires: Any, files: dict[str, str] | None = None, **settings: Any) -> Path:
        parts = {"part.yaml": PART, "second.yaml": SECOND_PART}
        people = [] if settings.pop("nobody", False) else ANSWERS
        return workspace(people, {"questionnaire": questionnaires, **settings}, {**parts, **(files or {})})

    return write


@pytest.fixture
def refused(asked: Write) -> Callable[..., list[str]]:
    """``refused([…], files)`` is what is wrong with such a workspace, seen from its folder."""

    def load(questionnaires: Any, files: dict[str, str] | None = None, **settings: Any) -> list[str]:
        folder = asked(questionnaires, files, nobody=True, **settings)
        with pytest.raises(UserError) as caught:
            cxmaturity.load(folder)
        return [str(problem).replace(f"{folder}/", "") for problem in caught.value.problems]

    return load


def merged(folder: Path) -> Questionnaire:
    return cxmaturity.load(folder).workspace.questionnaire


# ---------------------------------------------------------------------------------------- what is asked


def test_dimensions_come_in_the_order_of_the_list(asked: Write) -> None:
    one = merged(asked(["questionnaire.yaml", "second.yaml", "part.yaml"]))
    assert [dimension.id for dimension in one.dimensions] == [
        "culture",
        "retention",
        "languages",
        "accessibility",
    ]
    other = merged(asked(["questionnaire.yaml", "part.yaml", "second.yaml"]))
    assert [dimension.id for dimension in other.dimensions][2:] == ["accessibility", "languages"]
    assert one.sha256 != other.sha256


def test_a_whole_one_gives_the_levels_and_all_give_roles_and_sources(asked: Write) -> None:
    questionnaire = merged(asked(["questionnaire.yaml", "part.yaml"]))
    assert questionnaire.whole
    assert questionnaire.scale == (1.0, 1.8, 2.6, 3.4, 4.2)
    assert [level.name for level in questionnaire.levels][::4] == ["Incidental", "Embedded"]
    assert (questionnaire.id, questionnaire.version, questionnaire.minutes) == ("small+access", "1+7", 5)
    assert questionnaire.title == "A small questionnaire"
    # a role that both have is called as in the first
    assert questionnaire.roles == {
        "leadership": "Leadership",
        "frontline": "Front line",
        "visitors": "Visitors",
    }
    assert questionnaire.sources == {"S0": "The source of the tests", "S1": "Another source"}
    assert [each.id for each in questionnaire.files] == ["small", "access"]


def test_one_in_a_list_is_as_one_by_itself(asked: Write) -> None:
    listed = merged(asked(["questionnaire.yaml"], nobody=True))
    assert listed == merged(asked("questionnaire.yaml", nobody=True))
    assert listed.files == (listed,)


def test_a_part_says_the_same_beside_another_whole_one(asked: Write, whole: Callable[..., str]) -> None:
    files = {"other.yaml": whole("other")}
    beside = merged(asked(["other.yaml", "part.yaml"], files, nobody=True))
    assert beside.dimensions[-1] == merged(asked(["questionnaire.yaml", "part.yaml"])).dimensions[-1]


def test_two_whole_ones_with_levels_at_the_same_scores_go_together(
    asked: Write, whole: Callable[..., str]
) -> None:
    files = {"other.yaml": whole("other", ("name: Incidental", "name: Starting"))}
    questionnaire = merged(asked(["questionnaire.yaml", "other.yaml"], files, nobody=True))
    assert questionnaire.levels[0].name == "Incidental"
    assert [dimension.id for dimension in questionnaire.dimensions] == [
        "culture",
        "retention",
        "other-culture",
        "other-retention",
    ]


def test_a_language_is_there_if_all_have_it(asked: Write) -> None:
    translated = {"parts/questionnaire.yaml": PART, "parts/texts.ro.yaml": "title: Acces\n"}
    folder = asked(["questionnaire.yaml", "parts"], translated)
    assert merged(folder).languages == ("en",)
    (folder / "texts.ro.yaml").write_text("title: Mic\n", encoding="utf-8")
    assert merged(folder).languages == ("en", "ro")


def test_the_result_names_every_questionnaire_with_what_was_read(asked: Write, cli: Cli) -> None:
    folder = asked(["questionnaire.yaml", "part.yaml"])
    data = json.loads(cli("assess", "--json", folder).out)
    assert data["questionnaires"] == [
        {"id": name, "version": version, "sha256": hashlib.sha256((folder / file).read_bytes()).hexdigest()}
        for name, version, file in (("small", "1", "questionnaire.yaml"), ("access", "7", "part.yaml"))
    ]
    assert [each["id"] for each in data["dimensions"]] == ["culture", "retention", "accessibility"]


def test_the_report_names_every_questionnaire(asked: Write, cli: Cli) -> None:
    done = cli("report", asked(["questionnaire.yaml", "part.yaml"]), "--format", "html")
    page = Path(done.out.strip()).read_text(encoding="utf-8")
    assert "A small questionnaire and Accessibility" in page
    assert "Questionnaire access, version 7, SHA-256" in page
    assert "Another source" in page


def test_adding_a_part_changes_no_other_dimension(asked: Write, cli: Cli) -> None:
    people = [{"id": "r1", "answers": {"culture.meaning.same": 3, "retention.loyalty-and-value.scheme": 2}}]
    content = {"responses/answers.yaml": json.dumps({"respondents": people})}
    before = json.loads(cli("assess", "--json", asked("questionnaire.yaml", content)).out)
    after = json.loads(cli("assess", "--json", asked(["questionnaire.yaml", "part.yaml"], content)).out)
    assert after["dimensions"][:2] == before["dimensions"]
    # its weight counts in nothing while nobody has answered it
    assert after["overall"]["score"] == before["overall"]["score"]


# ------------------------------------------------------------------------------------- what cannot be


@pytest.mark.parametrize("listed", ["part.yaml", ["part.yaml"], ["part.yaml", "questionnaire.yaml"]])
def test_a_part_cannot_come_first(listed: Any, refused: Callable[..., list[str]]) -> None:
    column = 16 if listed == "part.yaml" else 3
    line = 3 if listed == "part.yaml" else 4
    assert refused(listed) == [
        (
            f"assessment.yaml:{line}:{column}: 'access' is a part and has no levels of its own; "
            "list a whole questionnaire before it, such as [customer-centricity, …]"
        )
    ]


def test_the_same_dimension_twice_is_placed_at_the_later_entry(refused: Callable[..., list[str]]) -> None:
    clash = PART.replace("id: access\n", "id: clash\n").replace("id: accessibility", "id: retention")
    found = refused(["questionnaire.yaml", "part.yaml", "clash.yaml"], {"clash.yaml": clash})
    what = "the dimension 'retention' of 'clash' is in 'small' too"
    assert found == [f"assessment.yaml:6:3: {what}; leave one of the two out"]


def test_the_same_questionnaire_twice_is_named_once_per_dimension(refused: Callable[..., list[str]]) -> None:
    assert refused(["questionnaire.yaml", "questionnaire.yaml"]) == [
        f"assessment.yaml:5:3: the dimension '{name}' of 'small' is in 'small' too; leave one of the two out"
        for name in ("culture", "retention")
    ]


def test_a_source_that_is_another_one_is_refused(refused: Callable[..., list[str]]) -> None:
    other = PART.replace("The   source of", "Another source of")
    assert refused(["questionnaire.yaml", "part.yaml"], {"part.yaml": other}) == [
        (
            "assessment.yaml:5:3: the source 'S0' of 'access' is another one in 'small'; "
            "have one of them name its source otherwise"
        )
    ]


def test_levels_at_other_scores_are_refused(
    refused: Callable[..., list[str]], whole: Callable[..., str]
) -> None:
    other = whole("other", ("minimum: 1.8", "minimum: 2.0"))
    assert refused(["questionnaire.yaml", "other.yaml"], {"other.yaml": other}) == [
        (
            "assessment.yaml:5:3: the levels of 'other' begin at other scores than those of 'small'; "
            "assess the two in workspaces of their own"
        )
    ]


def test_every_conflict_is_named_at_once(
    refused: Callable[..., list[str]], whole: Callable[..., str]
) -> None:
    clash = SECOND_PART.replace("id: languages", "id: culture").replace("S1: Another", "S1: Yet another")
    other = whole("other", ("minimum: 1.8", "minimum: 2.0"), ("S0: The source", "S0: A source"))
    files = {"second.yaml": clash, "other.yaml": other}
    found = refused(["questionnaire.yaml", "part.yaml", "second.yaml", "other.yaml"], files)
    assert [problem.partition("; ")[0] for problem in found] == [
        "assessment.yaml:6:3: the dimension 'culture' of 'second' is in 'small' too",
        "assessment.yaml:6:3: the source 'S1' of 'second' is another one in 'access'",
        "assessment.yaml:7:3: the levels of 'other' begin at other scores than those of 'small'",
        "assessment.yaml:7:3: the source 'S0' of 'other' is another one in 'small'",
        "assessment.yaml:7:3: the source 'S0' of 'other' is another one in 'access'",
        "assessment.yaml:7:3: the source 'S0' of 'other' is another one in 'second'",
    ]


def test_what_is_wrong_inside_each_of_them_is_named_at_once(refused: Callable[..., list[str]]) -> None:
    files = {
        "questionnaire.yaml": "format: 1\n",
        "part.yaml": PART.replace("ref: S1", "ref: S9"),
    }
    found = refused(["questionnaire.yaml", "part.yaml", "gone.yaml"], files)
    assert any(problem.startswith("questionnaire.yaml:1:1: ") for problem in found)
    assert any(problem.startswith("part.yaml:20:28: ") and "'S9'" in problem for problem in found)
    assert any(
        problem.startswith("assessment.yaml:6:3: 'gone.yaml': there is no such questionnaire")
        for problem in found
    )


def test_a_part_is_closed_in_itself(refused: Callable[..., list[str]]) -> None:
    """It may not lean on the roles of whatever it happens to stand beside."""
    leaning = PART.replace("roles: [visitors]", "roles: [leadership]")
    (problem,) = refused(["questionnaire.yaml", "part.yaml"], {"part.yaml": leaning})
    assert problem == "part.yaml:19:81: there is no role 'leadership'; use one of frontline, visitors"


@pytest.mark.parametrize("listed", [[], [7], {"a": "b"}, None])
def test_what_is_no_list_of_questionnaires_is_refused(listed: Any, refused: Callable[..., list[str]]) -> None:
    assert all(problem.startswith("assessment.yaml:") for problem in refused(listed))


# -------------------------------------------------------------------------------------------- weights


@pytest.mark.parametrize(
    ("weights", "score", "shares"),
    [
        # culture 3.0, retention 2.0, accessibility 5.0, each with weight 1: (3 + 2 + 5) / 3
        ({}, 10 / 3, (1 / 3, 1 / 3, 1 / 3)),
        # (2 × 3 + 1 × 2 + 0.5 × 5) / 3.5 = 10.5 / 3.5
        ({"culture": 2, "accessibility": 0.5}, 3.0, (2 / 3.5, 1 / 3.5, 0.5 / 3.5)),
        # (1 × 3 + 3 × 5) / 4: retention counts nothing, and is scored all the same
        ({"retention": 0, "accessibility": 3}, 4.5, (1 / 4, None, 3 / 4)),
    ],
)
def test_weights_of_the_workspace_make_the_whole(
    weights: dict[str, float], score: float, shares: tuple[float | None, ...], asked: Write
) -> None:
    folder = asked(["questionnaire.yaml", "part.yaml"], weights=weights)
    assessment = cxmaturity.assess(cxmaturity.load(folder))
    assert assessment.overall.score == pytest.approx(score, abs=1e-12)
    given = {part.id: part.share for part in assessment.overall.contributions if part.share}
    expected = zip(("culture", "retention", "accessibility"), shares, strict=True)
    assert given == pytest.approx({name: share for name, share in expected if share})
    assert [dimension.score for dimension in assessment.dimensions] == [3.0, 2.0, 5.0]


@pytest.mark.parametrize(
    ("weights", "note"),
    [
        ({"culture": 2}, "Culture counts otherwise than the questionnaire suggests"),
        (
            {"accessibility": 2, "culture": 0},
            "Culture and Accessibility count otherwise than the questionnaire suggests",
        ),
    ],
)
def test_weights_of_the_workspace_are_said_in_the_result_and_the_report(
    weights: dict[str, float], note: str, asked: Write, cli: Cli
) -> None:
    folder = asked(["questionnaire.yaml", "part.yaml"], weights=weights)
    sentence = f"{note}, as the organisation has decided."
    data = json.loads(cli("assess", "--json", folder).out)
    assert data["notes"] == [sentence]
    assert {each["id"]: each["weight"] for each in data["dimensions"] if each["id"] in weights} == weights
    done = cli("report", folder, "--format", "html")
    assert sentence in Path(done.out.strip()).read_text(encoding="utf-8")


def test_without_weights_nothing_is_said_of_them(asked: Write, cli: Cli) -> None:
    data = json.loads(cli("assess", "--json", asked(["questionnaire.yaml", "part.yaml"])).out)
    assert data["notes"] == []


def test_a_weight_of_a_dimension_that_is_not_asked_is_located(refused: Callable[..., list[str]]) -> None:
    assert refused(["questionnaire.yaml"], weights={"culture": 2, "accessibility": 1}) == [
        "assessment.yaml:9:3: there is no dimension 'accessibility'; use one of culture, retention"
    ]


def test_weights_that_leave_nothing_are_refused(refused: Callable[..., list[str]]) -> None:
    found = refused(["questionnaire.yaml"], weights={"culture": 0, "retention": 0})
    assert found == ["assessment.yaml:8:3: no dimension has any weight; give one a weight above 0"]


@pytest.mark.parametrize("weight", [-1, "much", float("inf"), None])
def test_a_weight_is_a_number_from_0(weight: Any, refused: Callable[..., list[str]]) -> None:
    (problem,) = refused(["questionnaire.yaml"], weights={"culture": weight})
    assert problem.startswith("assessment.yaml:8:12: ")


# ------------------------------------------------------------------------------ questionnaires of plugins


BRINGS = """
from importlib.resources import files
from pathlib import Path
from cxmaturity.api import hookimpl
CXMATURITY_API = 1
@hookimpl
def cxmaturity_questionnaires():
    return [Path(__file__).parent / {folder!r}]
"""


@pytest.fixture
def brings(install: Install, tmp_path: Path) -> Callable[..., Path]:
    """``brings("acme", "acme/access", text)`` installs a plugin with a questionnaire and gives its file."""

    def add(plugin: str, folder: str, text: str) -> Path:
        file = tmp_path / "site" / folder / "questionnaire.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        install(plugin, BRINGS.format(folder=folder))
        return file

    return add


def test_a_plugins_part_is_asked_where_a_workspace_names_it(
    brings: Callable[..., Path], asked: Write, cli: Cli
) -> None:
    brings("acme", "acme/access", PART)
    before = json.loads(cli("assess", "--json", asked("questionnaire.yaml", nobody=True)).out)
    assert [each["id"] for each in before["dimensions"]] == ["culture", "retention"]
    done = cli("assess", "--json", asked(["questionnaire.yaml", "access"]))
    assert done.code == 0
    assert [each["score"] for each in json.loads(done.out)["dimensions"]] == [3.0, 2.0, 5.0]


def test_of_two_plugins_with_one_id_the_first_keeps_it_and_the_second_is_named(
    brings: Callable[..., Path], asked: Write, cli: Cli
) -> None:
    brings("zeta", "zeta/access", PART.replace('version: "7"', 'version: "8"'))
    brings("acme", "acme/access", PART)
    done = cli("assess", "--json", asked(["questionnaire.yaml", "access"]))
    data = json.loads(done.out)
    assert done.code == 1
    assert [each["version"] for each in data["questionnaires"]] == ["1", "7"]
    reason = "it brings the questionnaire 'access', which 'acme' brings"
    assert f"warning: plugin “zeta” (zeta-cx) is refused: {reason}\n" in done.err
    states = {each["name"]: (each["state"], each["reason"]) for each in data["plugins"]}
    assert (states["acme"], states["zeta"]) == (("active", None), ("refused", reason))


def test_a_plugin_cannot_replace_a_questionnaire_of_ours(
    brings: Callable[..., Path], asked: Write, cli: Cli
) -> None:
    """Not even one whose name comes before ``core``."""
    shown = cli("questionnaires", "show", "quick-scan", "--json").out
    brings("acme", "acme/quick-scan", PART)
    assert cli("questionnaires", "show", "quick-scan", "--json").out == shown
    done = cli("assess", asked("questionnaire.yaml", nobody=True))
    assert done.code == 1
    assert "it brings the questionnaire 'quick-scan', which 'core' brings" in done.err


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (BRINGS.format(folder="gone"), "the questionnaire folder 'gone' has no questionnaire.yaml"),
        (BRINGS.format(folder="acme/access/questionnaire.yaml"), "has no questionnaire.yaml"),
        (
            BRINGS.replace("[Path(__file__).parent / {folder!r}]", "['access']"),
            "cxmaturity_questionnaires returned a str instead of a Traversable",
        ),
    ],
)
def test_a_plugin_whose_questionnaire_is_none_is_named(
    source: str, reason: str, install: Install, asked: Write, cli: Cli
) -> None:
    install("acme", source)
    done = cli("assess", asked("questionnaire.yaml", nobody=True))
    assert done.code == 1
    assert "warning: plugin “acme” (acme-cx) failed: " in done.err
    assert reason in done.err


def test_mistakes_in_a_plugins_questionnaire_are_located_once_it_is_asked(
    brings: Callable[..., Path], asked: Write, cli: Cli
) -> None:
    file = brings(
        "acme", "acme/access", PART.replace("ref: S1", "ref: S9").replace("minutes: 2", "minutes: 0")
    )
    assert cli("assess", asked("questionnaire.yaml", nobody=True)).code == 0
    done = cli("assess", asked(["questionnaire.yaml", "access"], nobody=True))
    assert (done.code, done.out) == (2, "")
    places = [line.split(": ", 1)[0] for line in done.err.splitlines()]
    assert sorted(places) == [f"{file}:20:28", f"{file}:7:10"]
    listed = cli("questionnaires")
    assert listed.code == 1
    assert all(
        line.startswith(f"the plugin 'acme' (acme-cx 1.2): {file}:") for line in listed.err.splitlines()
    )
    assert "quick-scan" in listed.out


# ------------------------------------------------------------------------------------------------- init


def test_init_takes_several_and_the_workspace_runs(
    brings: Callable[..., Path], small_ships: Path, cli: Cli, tmp_path: Path
) -> None:
    brings("acme", "acme/access", PART)
    assert small_ships.is_dir()
    folder = tmp_path / "fresh"
    done = cli("init", folder, "--questionnaire", "small", "--questionnaire", "access")
    assert done.code == 0, done.err
    settings = yaml.safe_load((folder / "assessment.yaml").read_text(encoding="utf-8"))
    assert settings["questionnaire"] == ["small", "access"]
    (respondent,) = yaml.safe_load((folder / "responses/first.yaml").read_text(encoding="utf-8"))[
        "respondents"
    ]
    assert list(respondent["answers"])[-1] == "accessibility.barriers.gone"
    assert len(respondent["answers"]) == 8
    assert (cli("check", folder).code, cli("assess", folder).code) == (0, 0)


def test_init_takes_files_too_and_names_them_as_seen_from_the_workspace(asked: Write, cli: Cli) -> None:
    files = asked("questionnaire.yaml")
    folder = files.parent / "fresh"
    questionnaires = (files / "questionnaire.yaml", files / "part.yaml")
    assert (
        cli("init", folder, *(word for each in questionnaires for word in ("--questionnaire", each))).code
        == 0
    )
    settings = yaml.safe_load((folder / "assessment.yaml").read_text(encoding="utf-8"))
    assert settings["questionnaire"] == ["../acme/questionnaire.yaml", "../acme/part.yaml"]
    assert cli("check", folder).code == 0


def test_init_refuses_what_cannot_be_asked_together_and_writes_nothing(asked: Write, cli: Cli) -> None:
    files = asked("questionnaire.yaml")
    folder = files.parent / "fresh"
    part = files / "part.yaml"
    done = cli("init", folder, "--questionnaire", part, "--questionnaire", part, "--questionnaire", "nothing")
    assert done.code == 2
    assert done.err.splitlines()[0].startswith("nothing: there is no such questionnaire; ")
    for number, what in enumerate(
        ("'access' is a part and has no levels", "the dimension 'accessibility' of")
    ):
        assert done.err.splitlines()[number + 1].startswith(f"{part}: {what}")
    assert not folder.exists()
