"""``cxmaturity responses map``, and the way from an export to a score."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from cxmaturity.testing import RunCommand

DATA = Path(__file__).parents[1] / "responses" / "mapping" / "data"


@pytest.fixture
def survey(workspace: Callable[..., Path]) -> Path:
    """An export of LimeSurvey in a workspace."""
    export = (DATA / "limesurvey.csv").read_text(encoding="utf-8")
    settings = {"responses": ["responses/*.csv"], "confidential": False}
    return workspace(settings=settings, files={"responses/autumn.csv": export}) / "responses" / "autumn.csv"


def test_from_an_export_to_a_score(survey: Path, cli: RunCommand) -> None:
    proposed = cli("responses", "map", survey)
    mapping = survey.with_name("autumn.map.yaml")
    assert (proposed.code, proposed.out) == (0, f"{mapping}\n")
    assert proposed.err.startswith("LimeSurvey: 20 of 21 columns are recognised, 1 not.\n")

    early = cli("assess", survey.parents[1])
    assert early.code == 2
    assert "autumn.map.yaml:6:12: the mapping has not been confirmed" in early.err

    mapping.write_text(
        mapping.read_text(encoding="utf-8").replace("confirmed: no", "confirmed: yes"), "utf-8"
    )
    result = json.loads(cli("assess", "--json", survey.parents[1]).out)
    assert result["overall"]["n"] == 3
    # sometimes is 2 of 4 steps: 1 + 4 × 0.5; the others were not shown it, or left it
    culture = next(each for each in result["dimensions"] if each["id"] == "culture")
    assert (culture["score"], culture["n"]) == (3.0, 1)


def test_a_confirmed_mapping_is_never_written_over(survey: Path, cli: RunCommand, tmp_path: Path) -> None:
    mapping = survey.with_name("autumn.map.yaml")
    cli("responses", "map", survey)
    assert cli("responses", "map", survey).code == 0  # a proposal that nobody has confirmed may be renewed
    confirmed = mapping.read_text(encoding="utf-8").replace("confirmed: no", "confirmed: yes")
    mapping.write_text(confirmed, encoding="utf-8")
    refused = cli("responses", "map", survey)
    assert refused.code == 2
    assert "it is left as it is; name another file with -o" in refused.err
    assert mapping.read_text(encoding="utf-8") == confirmed
    assert cli("responses", "map", survey, "-o", tmp_path / "other.map.yaml").code == 0
    assert "confirmed: no" in (tmp_path / "other.map.yaml").read_text(encoding="utf-8")


def test_what_is_no_mapping_is_never_written_over(survey: Path, cli: RunCommand, tmp_path: Path) -> None:
    for content in ("my: notes\n", "- a list\n", "{broken"):
        other = tmp_path / "notes.yaml"
        other.write_text(content, encoding="utf-8")
        assert cli("responses", "map", survey, "-o", other).code == 2
        assert other.read_text(encoding="utf-8") == content


def test_outside_a_workspace_the_questionnaire_is_named(
    survey: Path, cli: RunCommand, tmp_path: Path
) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    export = folder / "autumn.csv"
    export.write_bytes(survey.read_bytes())
    alone = cli("responses", "map", export)
    assert alone.code == 2
    assert "name what was asked with --questionnaire" in alone.err
    questionnaire = survey.parents[1] / "questionnaire.yaml"
    assert cli("responses", "map", export, "--questionnaire", questionnaire).code == 0
    assert (folder / "autumn.map.yaml").is_file()


def test_columns_to_be_completed_are_counted(survey: Path, cli: RunCommand) -> None:
    survey.write_text("same;Role\nPigeons;Cook\n", encoding="utf-8")
    said = cli("responses", "map", survey).err.splitlines()
    assert said[:2] == [
        "A plain table: 2 of 2 columns are recognised, 0 not.",
        "2 columns have labels that are not known yet: complete them in the file.",
    ]


@pytest.mark.parametrize("name", ["people.yaml", "autumn.map.yaml", "people.json", "notes.txt"])
def test_what_is_no_table_is_refused(name: str, survey: Path, cli: RunCommand) -> None:
    other = survey.with_name(name)
    other.write_text("respondents: []\n", encoding="utf-8")
    refused = cli("responses", "map", other)
    assert refused.code == 2
    assert f"{name}: is no table that could be mapped; name what the survey tool has exported" in refused.err
    assert not survey.with_name("people.map.yaml").exists()


def test_previews_are_no_mistakes(survey: Path, cli: RunCommand) -> None:
    (survey.parents[1] / "responses" / "autumn.csv").write_bytes((DATA / "qualtrics.csv").read_bytes())
    cli("responses", "map", survey)
    mapping = survey.with_name("autumn.map.yaml")
    mapping.write_text(
        mapping.read_text(encoding="utf-8").replace("confirmed: no", "confirmed: yes"), encoding="utf-8"
    )
    strict = cli("assess", "--strict", survey.parents[1])
    assert (strict.code, strict.err) == (0, "")


def test_mistakes_on_the_way_are_named(survey: Path, cli: RunCommand) -> None:
    missing = cli("responses", "map", survey.with_name("none.csv"))
    assert (missing.code, missing.err.count("there is no such file")) == (2, 1)
    unknown = cli("responses", "map", survey, "--questionnaire", "nothing", "--questionnaire", "nobody")
    assert unknown.code == 2
    assert unknown.err.count("there is no such questionnaire") == 2
    empty = survey.with_name("empty.csv")
    empty.write_text("\n1,2\n", encoding="utf-8")
    assert "empty.csv:1:1: the first row has no headings" in cli("responses", "map", empty).err
    (survey.parents[1] / "assessment.yaml").write_text("organisation: {}\n", encoding="utf-8")
    broken = cli("responses", "map", survey)
    assert broken.code == 2
    assert "assessment.yaml:1:15" in broken.err
