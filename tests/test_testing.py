"""What plugin authors test with: fixtures, the comparison of results, and conformance as tests."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from textwrap import dedent
from types import MappingProxyType
from typing import Any

import pytest

import cxmaturity
from cxmaturity.testing import CommandResult, MakeWorkspace, RunCommand, assert_assessment
from cxmaturity.yamlfile import read_yaml

MEANING = "culture.shared-understanding.meaning"

BROKEN = """\
from cxmaturity.api import Scorer, Score, hookimpl

CXMATURITY_API = 1

class Weather(Scorer):
    dimension = "weather"

    def combine(self, practices, metrics):
        score = super().combine(practices, metrics)
        return Score(score.value, reason=score.reason)

@hookimpl
def cxmaturity_scorers():
    return [Weather()]
"""

LOOSE = """\
from pathlib import Path

from cxmaturity.plugins import Selection, load_plugins
from cxmaturity.testing import PluginConformance

class TestIt(PluginConformance):
    plugin = "weather"

    def plugins(self):
        return load_plugins(Selection(folders=(Path(__file__).parent / "loose",)))
"""


@pytest.fixture
def run_tests(tmp_path: Path) -> Callable[..., str]:
    """``run_tests(source, {"loose/weather.py": …})`` runs a test file by itself; gives what pytest says."""

    def run(source: str, files: dict[str, str] | None = None) -> str:
        for name, text in {"test_it.py": source, **(files or {})}.items():
            path = tmp_path / "project" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(text), encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-rA",
            "-W",
            "error",
            "-p",
            "no:cacheprovider",
            "test_it.py",
        ]
        done = subprocess.run(
            command, cwd=tmp_path / "project", capture_output=True, text=True, check=False, timeout=120
        )
        return done.stdout + done.stderr

    return run


# ------------------------------------------------------------------------------------------ start-up


def test_the_pytest_plugin_imports_nothing_of_cxmaturity_and_nothing_heavy() -> None:
    program = (
        "import json, pytest, sys; before = set(sys.modules); import cxmaturity.testing;"
        "print(json.dumps(sorted(set(sys.modules) - before)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    imported = json.loads(done.stdout)
    assert [name for name in imported if name.startswith("cxmaturity")] == [
        "cxmaturity",
        "cxmaturity.testing",
    ]
    assert {"numpy", "pydantic", "yaml", "click", "pluggy"}.isdisjoint(imported)


# ------------------------------------------------------------------------------------------ workspace


def test_a_workspace_has_an_organisation_and_a_questionnaire_by_default(
    cxmaturity_workspace: MakeWorkspace,
) -> None:
    engagement = cxmaturity.load(cxmaturity_workspace())
    assert engagement.workspace.file.organisation.name == "Made-up Ltd"
    assert engagement.workspace.questionnaire.id == "quick-scan"
    assert engagement.workspace.responses.respondents == ()


def test_answers_and_respondents_are_put_together(cxmaturity_workspace: MakeWorkspace) -> None:
    folder = cxmaturity_workspace(
        {"questionnaire": "customer-centricity"},
        answers={"r1": {MEANING: 3}, "r2": {MEANING: "dont-know"}},
        respondents=[{"id": "r1", "role": "leadership", "answers": {}}, {"id": "r3", "role": "leadership"}],
    )
    responses = cxmaturity.load(folder).workspace.responses
    assert responses.respondents == ("r1", "r3", "r2")
    assert responses.attributes["role"].values() == ("leadership", "leadership", None)
    assert [int(state) for state in responses.states([MEANING])[:, 0]] == [0, 1, 2]


def test_each_call_makes_a_workspace_of_its_own(cxmaturity_workspace: MakeWorkspace) -> None:
    first, second = cxmaturity_workspace(), cxmaturity_workspace()
    assert first != second
    assert (first / "assessment.yaml").is_file()
    assert (second / "assessment.yaml").is_file()


@pytest.mark.parametrize(
    "text",
    ["yes", "1e3", "012", "1", "null", "# no comment", "%", "a: b", "É 🙂", '"', "\\", " ", "- a", "*b"],
)
def test_texts_mean_the_same_when_they_are_read(text: str, cxmaturity_workspace: MakeWorkspace) -> None:
    folder = cxmaturity_workspace(files={"data.yaml": {"value": text, text: [text, 1, 2.5, True, None]}})
    data = read_yaml(folder / "data.yaml").data
    assert data == {"value": text, text: [text, 1, 2.5, True, None]}
    assert [type(each) for each in data[text]] == [str, int, float, bool, type(None)]


def test_what_stands_twice_is_written_twice(cxmaturity_workspace: MakeWorkspace) -> None:
    same = {"columns": {"score": "answer"}}
    folder = cxmaturity_workspace(files={"data.yaml": {"a": same, "b": same}})
    assert read_yaml(folder / "data.yaml").data == {"a": same, "b": same}


def test_days_read_only_mappings_and_sets_are_written_as_what_they_hold(
    cxmaturity_workspace: MakeWorkspace,
) -> None:
    folder = cxmaturity_workspace(
        {"as_of": date(2026, 1, 31)}, files={"data.yaml": {"a": MappingProxyType({"b": {"c"}})}}
    )
    assert cxmaturity.load(folder).workspace.file.as_of == "2026-01-31"
    assert read_yaml(folder / "data.yaml").data == {"a": {"b": ["c"]}}


def test_texts_and_bytes_are_written_as_they_are(cxmaturity_workspace: MakeWorkspace) -> None:
    folder = cxmaturity_workspace(files={"evidence/nps.csv": "score\n9\n", "logo.png": b"\x89PNG"})
    assert (folder / "evidence" / "nps.csv").read_text(encoding="utf-8") == "score\n9\n"
    assert (folder / "logo.png").read_bytes() == b"\x89PNG"


# ------------------------------------------------------------------------------------------ command line


def test_the_command_line_runs_in_this_process(
    cxmaturity_workspace: MakeWorkspace, cxmaturity_cli: RunCommand
) -> None:
    print("said before")  # noqa: T201 - it must not be taken for the command's
    done = cxmaturity_cli("assess", "--json", cxmaturity_workspace(answers={"r1": {MEANING: 5}}))
    assert (done.code, done.err) == (0, "")
    assert_assessment(done.json(), {"dimensions": {"culture": {"score": 5.0}}})


def test_a_command_line_that_prints_nothing_shows_what_it_said_instead(cxmaturity_cli: RunCommand) -> None:
    done = cxmaturity_cli("assess", "nowhere")
    assert done.code == 2
    with pytest.raises(
        AssertionError, match=r"printed nothing \(exit code 2\):\nnowhere: there is no such folder"
    ):
        done.json()


def test_a_result_holds_what_was_printed() -> None:
    assert CommandResult(0, '{"a": 1}', "").json() == {"a": 1}


# ------------------------------------------------------------------------------------------- comparison

RESULT = {
    "overall": {"score": 3.0000001, "level": 3, "caps": []},
    "confidential": False,
    "dimensions": [
        {"id": "culture", "score": 2.5, "findings": [{"kind": "gap", "text": "Few."}]},
        {"id": "retention", "score": None},
    ],
    "plugins": [{"name": "core", "state": "active"}, {"name": "culture", "state": "failed"}],
    "warnings": ["One.", "Two."],
}


@pytest.mark.parametrize(
    "expected",
    [
        {},
        RESULT,
        {"overall": {"score": 3}},
        {"dimensions": {"retention": {"score": None}, "culture": {"score": 2.5}}},
        {"dimensions": {"culture": {"findings": [{"kind": "gap"}]}}},
        {"plugins": {"culture": {"state": "failed"}}},
        {"warnings": ("One.", "Two."), "confidential": False},
        {"overall": {"score": pytest.approx(3.2, abs=0.3)}},
    ],
)
def test_a_part_that_is_as_expected_passes(expected: Any) -> None:
    assert_assessment(RESULT, expected)


def test_all_differences_are_named_with_their_places() -> None:
    with pytest.raises(AssertionError) as caught:
        assert_assessment(
            RESULT,
            {
                "overall": {"score": 3.1, "level": True, "caps": ["one"]},
                "dimensions": {"culture": {"findings": [{"kind": "note"}]}, "weather": {"score": 1.0}},
                "plugins": {"core": {"state": "active", "api": 1}},
                "warnings": {"One.": 1},
                "confidential": 0,
            },
        )
    assert str(caught.value).splitlines() == [
        "8 things are not as expected:",
        "  overall.score: 3.1 expected, but it is 3.0000001",
        "  overall.level: True expected, but it is 3",
        "  overall.caps: 1 entries expected, but there are 0: []",
        "  dimensions.culture.findings[0].kind: 'note' expected, but it is 'gap'",
        "  dimensions.weather: {'score': 1.0} expected, but there is only ['culture', 'retention']",
        "  plugins.core.api: 1 expected, but there is only ['name', 'state']",
        "  warnings: {'One.': 1} expected, but it is ['One.', 'Two.']",
        "  confidential: 0 expected, but it is False",
    ]


def test_a_whole_that_is_another_kind_of_thing_is_named() -> None:
    with pytest.raises(AssertionError, match="all of it: 3 expected, but it is 4"):
        assert_assessment(4, 3)


# ------------------------------------------------------------------------------------------ conformance


def test_conformance_of_an_installed_plugin_is_a_test_for_each_check(run_tests: Callable[..., str]) -> None:
    said = run_tests("""\
        from cxmaturity.testing import PluginConformance

        class TestCulture(PluginConformance):
            plugin = "culture"
        """)
    assert "10 passed" in said
    assert "PASSED test_it.py::TestCulture::test_conformance[monotone]" in said


def test_a_defect_fails_one_test_with_what_was_found(run_tests: Callable[..., str]) -> None:
    said = run_tests(LOOSE, {"loose/weather.py": BROKEN})
    assert "1 failed, 9 passed" in said
    assert "FAILED test_it.py::TestIt::test_conformance[explained]" in said
    assert "weather: not so: contributions add up to their score" in said
    assert "the contributions to weather add up to 0, its score is" in said
    assert "Traceback" not in said


def test_what_cannot_be_loaded_fails_one_test_and_skips_the_others(run_tests: Callable[..., str]) -> None:
    said = run_tests(LOOSE, {"loose/weather.py": "import no_such_module\n"})
    assert "1 failed, 9 skipped" in said
    assert "the plugin is failed: ModuleNotFoundError" in said


def test_a_plugin_that_is_not_there_is_an_error_that_names_those_that_are(
    run_tests: Callable[..., str],
) -> None:
    said = run_tests("""\
        from cxmaturity.testing import PluginConformance

        class TestNobody(PluginConformance):
            plugin = "nobody"
        """)
    assert "10 errors" in said
    assert "there is no plugin 'nobody'; use one of core, culture" in said
