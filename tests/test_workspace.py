"""assessment.yaml: what it may say, what follows from what it leaves out, and every mistake in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cxmaturity import load
from cxmaturity.errors import UserError

Write = Callable[..., Path]
Wrong = Callable[..., list[str]]

FULL = """\
organisation: {name: Acme SRL, sector: retail, country: RO, employees: 120, departments: 6, note: Made up.}
questionnaire: questionnaire.yaml
language: en
as_of: 2026-11-01
confidential: false
responses: [responses/*.yaml]
evidence:
  customers: {source: evidence/customers.csv, columns: {customer: id, since: joined, until: left}}
bands:
  nps: {basis: The board, levels: {2: 0, 3: 20, 4: 40, 5: 60}}
  churn-rate: {basis: The board, levels: {2: 0.25, 3: 0.18, 4: 0.12, 5: 0.08}}
target: {level: 4, by: 2027-12, dimensions: {culture: 4}}
capacity: {start: 2027-01, quarters: 6, person_days: 40, budget: 50000}
brand: {name: North Star Advisers, colour: "#0b6e4f", logo: logo.svg}
plugins: {dimensions: {culture: acme}, may_cap: [acme]}
"""


def respondents(number: int) -> list[dict[str, Any]]:
    return [{"id": f"r{each}"} for each in range(number)]


@pytest.fixture
def wrong(workspace: Write) -> Wrong:
    """``wrong((old, new), …)`` is what is wrong with the full example, changed so."""

    def problems(*changes: tuple[str, str], files: dict[str, str] | None = None) -> list[str]:
        text = FULL
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        folder = workspace(files={"assessment.yaml": text, "logo.svg": "<svg/>", **(files or {})})
        with pytest.raises(UserError) as caught:
            load(folder)
        return [str(problem).replace(f"{folder}/", "") for problem in caught.value.problems]

    return problems


# ------------------------------------------------------------------------------------------ what it says


def test_everything_a_workspace_can_say_is_read(workspace: Write) -> None:
    folder = workspace(respondents(2), files={"assessment.yaml": FULL, "logo.svg": "<svg/>"})
    read = load(folder).workspace
    assert read.file.organisation.name == "Acme SRL"
    assert (read.file.organisation.employees, read.file.organisation.departments) == (120, 6)
    assert read.file.as_of == "2026-11-01"
    assert read.questionnaire.id == "small"
    assert read.responses.respondents == ("r0", "r1")
    source = read.evidence().sources["customers"]
    assert (source.folder, source.shown) == (folder, "evidence/customers.csv")
    titles = {name: column.title for name, column in source.columns.items()}
    assert titles == {"customer": "id", "since": "joined", "until": "left"}
    assert dict(read.evidence().bands["nps"].thresholds) == {2: 0, 3: 20, 4: 40, 5: 60}
    assert read.evidence().bands["churn-rate"].basis == "The board"
    assert read.file.bands["nps"].rising
    assert not read.file.bands["churn-rate"].rising
    assert read.logo() == folder / "logo.svg"
    assert read.file.target is not None
    assert (read.file.target.level, read.file.target.by) == (4, "2027-12")
    assert read.file.capacity is not None
    assert (read.file.capacity.start, read.file.capacity.budget) == ("2027-01", 50000)
    assert read.file.plugins.may_cap == ["acme"]


def test_a_name_and_a_questionnaire_are_enough(workspace: Write) -> None:
    text = "organisation: {name: Acme}\nquestionnaire: questionnaire.yaml\n"
    read = load(workspace(files={"assessment.yaml": text})).workspace
    assert read.file.language == "en"
    assert read.file.as_of is None
    assert read.file.target is None
    assert read.file.capacity is None
    assert read.logo() is None
    assert read.evidence().sources == {}
    assert read.evidence().bands == {}
    assert read.responses.fractions(read.responses.questions).shape == (0, 7)
    assert not read.confidential


@pytest.mark.parametrize(("people", "confidential"), [(0, False), (1, False), (15, False), (16, True)])
def test_more_than_15_respondents_make_a_workspace_confidential(
    *, people: int, confidential: bool, workspace: Write
) -> None:
    assert load(workspace(respondents(people))).workspace.confidential is confidential


@pytest.mark.parametrize(("people", "said"), [(2, True), (20, False)])
def test_what_the_file_says_of_confidentiality_holds(*, people: int, said: bool, workspace: Write) -> None:
    assert load(workspace(respondents(people), {"confidential": said})).workspace.confidential is said


def test_response_files_are_read_in_the_order_of_their_names_each_once(workspace: Write) -> None:
    files = {f"responses/{name}.yaml": f"respondents: [{{id: {name}}}]\n" for name in ("b", "a", "c")}
    settings = {"responses": ["responses/c.yaml", "responses/[a-c].yaml"]}
    assert load(workspace(None, settings, files)).workspace.responses.respondents == ("c", "a", "b")


def test_hidden_files_and_mappings_are_never_answers(workspace: Write) -> None:
    files = {
        "responses/.hidden.csv": "x",
        "responses/old-survey.map.yaml": "x",
        "responses/survey.csv": "culture.meaning.same\n1\n",
    }
    read = load(workspace(respondents(1), {"responses": ["responses/*"]}, files)).workspace
    assert read.responses.respondents == ("r0", "survey-2")


def test_a_link_that_leads_out_of_the_workspace_is_not_followed(workspace: Write) -> None:
    folder = workspace(respondents(1), {"responses": ["responses/*"]})
    (folder.parent / "outside.csv").write_text("culture.meaning.same\n1\n", encoding="utf-8")
    (folder / "responses" / "in.csv").symlink_to(folder.parent / "outside.csv")
    with pytest.raises(UserError) as caught:
        load(folder)
    assert [problem.what for problem in caught.value.problems] == [
        "'responses/in.csv' is a link that leads out of the workspace"
    ]


def test_a_logo_that_is_a_link_to_itself_is_the_users_mistake(workspace: Write) -> None:
    folder = workspace(respondents(1), {"brand": {"logo": "logo.svg"}})
    (folder / "logo.svg").symlink_to("logo.svg")
    with pytest.raises(UserError, match=r"'logo\.svg'"):
        load(folder)


def test_folders_that_match_are_passed_over(workspace: Write) -> None:
    folder = workspace(respondents(1))
    (folder / "responses" / "old.yaml").mkdir()
    assert load(folder).workspace.responses.respondents == ("r0",)


# ------------------------------------------------------------------------------------------ what is wrong


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("sector: retail,", "secktor: retail,", "1:32: unknown key `secktor`; did you mean `sector`?"),
        ("employees: 120", "employees: 0", "1:72: expected more than 0, found the number 0"),
        ("questionnaire: questionnaire.yaml\n", "", "1:1: `questionnaire` is missing; add it"),
        ("questionnaire.yaml", "other.yaml", "2:16: 'other.yaml': there is no such questionnaire"),
        ("as_of: 2026-11-01", "as_of: 1.11.2026", "4:8: text '1.11.2026' does not have the right form"),
        ("as_of: 2026-11-01", "as_of: 2026-13-01", "4:8: text '2026-13-01' does not have the right form"),
        ("as_of: 2026-11-01", "as_of: 2026-02-30", "4:8: "),
        ("confidential: false", "confidential: no", "5:15: expected true or false, found text 'no'"),
        ("responses/*.yaml", "answers/*.yaml", "6:13: no file matches 'answers/*.yaml'"),
        ("responses/*.yaml", "../*.yaml", "6:13: '../*.yaml' leads out of the workspace"),
        ("responses/*.yaml", "/etc/passwd", "6:13: '/etc/passwd' leads out of the workspace"),
        ("responses/*.yaml", "'**.yaml'", "6:13: "),
        ("responses/*.yaml", "'.'", "6:13: "),
        ("2: 0, 3: 20", "3: 20", "bands need a value for each of the levels 2, 3, 4 and 5"),
        ("3: 20, 4: 40", "3: 40, 4: 20", "the bands neither rise nor fall"),
        ("3: 20, 4: 40", "3: 40, 4: 40", "the bands neither rise nor fall"),
        ("2: 0, 3: 20", "1: 0, 2: 0, 3: 20", "10:"),
        ("level: 4, by", "level: 6, by", "12:17: expected at most 5, found the number 6"),
        ("by: 2027-12", "by: 2027", "12:24: "),
        (
            "{culture: 4}",
            "{cluture: 4}",
            "12:46: there is no dimension 'cluture'; use one of culture, retention",
        ),
        ("quarters: 6", "quarters: 0", "13:38: expected at least 1, found the number 0"),
        ("logo: logo.svg", "logo: lost.svg", "14:61: there is no file 'lost.svg'; correct the path"),
        ("logo: logo.svg", "logo: assessment.yaml", "14:61: the logo is no SVG, PNG or JPEG"),
        ('"#0b6e4f"', "green", "14:44: text 'green' does not have the right form; use the form #rrggbb"),
    ],
)
def test_a_mistake_is_named_where_it_stands(old: str, new: str, message: str, wrong: Wrong) -> None:
    (line,) = wrong((old, new))
    assert line.startswith("assessment.yaml:")
    assert message in line
    assert "; " in line  # what to do about it


def test_mistakes_in_every_file_are_named_at_once(wrong: Wrong) -> None:
    found = wrong(
        ("language: en", "language: xx"),
        ("logo: logo.svg", "logo: lost.svg"),
        ("responses: [responses/*.yaml]", "responses: [responses/*.yaml, gone.yaml]"),
        files={"questionnaire.yaml": "format: 1\n"},
    )
    assert len([line for line in found if line.startswith("assessment.yaml:")]) == 3
    assert any(line.startswith("questionnaire.yaml:1:1: `dimensions` is missing") for line in found)
    found = wrong(
        ("{culture: 4}", "{cluture: 4}"),
        files={
            "responses/a.yaml": "respondents: [{id: r1, answers: {weather: 1}}]\n",
            "responses/b.yaml": "[\n",
        },
    )
    assert [line.split(":")[0] for line in found] == [
        "assessment.yaml",
        "responses/a.yaml",
        "responses/b.yaml",
    ]


def test_a_language_that_reports_do_not_have_is_placed_with_those_they_have(wrong: Wrong) -> None:
    found = wrong(("language: en", "language: xx"), files={"texts.xx.yaml": "title: X\n"})
    assert len(found) == 1
    assert found[0].startswith("assessment.yaml:3:11: there are no reports in language 'xx'; use one of ")


@pytest.mark.parametrize("text", ["", "[]", "Acme"])
def test_what_is_no_assessment_at_all_says_so(text: str, workspace: Write) -> None:
    folder = workspace(files={"assessment.yaml": text})
    with pytest.raises(UserError, match=r"assessment\.yaml:1:1: expected a mapping"):
        load(folder)


def test_a_file_that_is_not_yaml_is_placed(workspace: Write) -> None:
    folder = workspace(files={"assessment.yaml": "organisation: {name: Acme\n"})
    with pytest.raises(UserError, match=r"assessment\.yaml:\d+:\d+: "):
        load(folder)


def test_where_there_is_no_workspace_the_message_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(
        UserError, match=r"the folder has no assessment\.yaml; start one with `cxmaturity init "
    ):
        load(tmp_path)
    with pytest.raises(UserError, match="there is no such folder; create it with `cxmaturity init "):
        load(tmp_path / "gone")
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="is a file, not a workspace; name the folder"):
        load(tmp_path / "file")
