"""The plugin does what every plugin must do, and its example what the README says."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from cxmaturity.testing import PluginConformance, RunCommand, assert_assessment

NAME = "northstar-accessibility"
HOOKS = {
    "scorers",
    "questionnaires",
    "readers",
    "formats",
    "sections",
    "catalogues",
    "metrics",
    "translations",
    "commands",
}


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A copy of the example, so that nothing is written into it."""
    return copytree(Path(__file__).parents[1] / "example", tmp_path / "example")


class TestConformance(PluginConformance):
    plugin = NAME


def test_it_brings_one_of_everything(cxmaturity_cli: RunCommand) -> None:
    (listed,) = [each for each in cxmaturity_cli("plugins", "--json").json() if each["name"] == NAME]
    assert (listed["state"], listed["dimensions"]) == ("active", ["accessibility"])
    assert set(listed["hooks"]) == HOOKS


def test_the_example_has_no_mistake(example: Path, cxmaturity_cli: RunCommand) -> None:
    checked = cxmaturity_cli("check", example)
    assert (checked.code, checked.err) == (0, "")


def test_the_example_is_scored_by_the_plugin(example: Path, cxmaturity_cli: RunCommand) -> None:
    done = cxmaturity_cli("assess", "--json", "--strict", example)
    assert done.code == 0, done.err
    data = done.json()
    assert_assessment(data, {"dimensions": {"accessibility": {"plugin": NAME, "level": 2, "weight": 1.5}}})
    assert_assessment(data, {"metrics": {"first-contact-rate": {"n": 45, "parts": {"count": 24}, "band": 2}}})
    (dimension,) = [each for each in data["dimensions"] if each["id"] == "accessibility"]
    practices = [each["score"] for each in dimension["practices"]]
    mean = sum(practices) / 3
    assert_assessment(dimension["score"], (mean + min(practices)) / 2)


def test_the_tablet_s_answers_count_like_others(example: Path, cxmaturity_cli: RunCommand) -> None:
    data = cxmaturity_cli("assess", "--json", example).json()
    (dimension,) = [each for each in data["dimensions"] if each["id"] == "accessibility"]
    asked = [question for practice in dimension["practices"] for question in practice["questions"]]
    # 4 people in office.yaml and 5 at the tablet
    assert {sum(question["states"].values()) for question in asked} == {9}


def test_recommendations_reach_the_roadmap(example: Path, cxmaturity_cli: RunCommand) -> None:
    data = cxmaturity_cli("assess", "--json", example).json()
    placed = {each["id"]: each["start"] for each in data["recommendations"] if each["plugin"] == NAME}
    assert placed["accessibility.person-in-charge"] < placed["accessibility.trials"]


def test_the_report_has_the_page(example: Path, cxmaturity_cli: RunCommand) -> None:
    page = example / "report.html"
    done = cxmaturity_cli("report", example, "-o", page)
    assert done.code == 0, done.err
    html = page.read_text(encoding="utf-8")
    assert "The lowest answers are those on trials before launch" in html
    assert "Nobody outside the project" in html
