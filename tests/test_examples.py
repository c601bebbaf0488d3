"""The examples: they run, they say what they are, and the made-up one is made from its seed."""

from __future__ import annotations

import importlib.util
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"


def assessed(cli: Callable[..., Any], name: str) -> dict[str, Any]:
    result = cli("assess", EXAMPLES / name, "--json")
    assert result.code == 0
    data: dict[str, Any] = json.loads(result.out)
    return data


@pytest.fixture
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_demo", EXAMPLES / "generate_demo.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_demo_is_made_from_its_seed(generator: ModuleType, tmp_path: Path) -> None:
    generator.HERE = tmp_path
    generator.main()
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert made
    assert made == {name: (EXAMPLES / "demo" / name).read_bytes() for name in made}


def test_in_the_demo_culture_caps_the_whole_and_customers_contradict(cli: Callable[..., Any]) -> None:
    data = assessed(cli, "demo")
    assert data["confidential"]
    assert data["overall"]["level"] < data["overall"]["uncapped_level"]
    assert [cap["source"] for cap in data["overall"]["caps"]] == ["culture"]
    kinds = [finding["kind"] for dimension in data["dimensions"] for finding in dimension["findings"]]
    assert kinds.count("contradiction") >= 2
    assert {metric["id"]: metric["value"] is not None for metric in data["metrics"]} == {
        "nps": True,
        "churn-rate": True,
    }
    assert data["recommendations"]


def test_the_demo_says_that_it_is_made_up() -> None:
    assert "made-up company" in (EXAMPLES / "demo" / "assessment.yaml").read_text(encoding="utf-8")
    for path in (EXAMPLES / "demo" / "responses").iterdir():
        assert path.read_text(encoding="utf-8").startswith("# Made up by")


def test_the_retailer_is_scored_only_where_the_account_gives_grounds(cli: Callable[..., Any]) -> None:
    data = assessed(cli, "appliance-retailer")
    questions = [q for d in data["dimensions"] for p in d["practices"] for q in p["questions"]]
    answered = [q["id"] for q in questions if q["n"]]
    assert 0 < len(answered) < 10
    assert data["overall"]["level"] is None
    assert "answered" in data["overall"]["reason"]
    notes = (EXAMPLES / "appliance-retailer" / "responses" / "account.yaml").read_text(encoding="utf-8")
    assert all(notes.count(f"{question}:") == 2 for question in answered)  # the answer, and its note


def test_nothing_is_recommended_for_what_was_not_assessed_but_to_find_out(cli: Callable[..., Any]) -> None:
    data = assessed(cli, "appliance-retailer")
    scored = {p["id"] for d in data["dimensions"] for p in d["practices"] if p["score"] is not None}
    assert any(each["find_out"] for each in data["recommendations"])
    for each in data["recommendations"]:
        assert each["find_out"] or set(each["lifts"]) <= scored


def test_changing_the_name_of_the_folder_changes_nothing(cli: Callable[..., Any], tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES / "demo", tmp_path / "elsewhere")
    here = cli("assess", EXAMPLES / "demo", "--json").out
    assert cli("assess", tmp_path / "elsewhere", "--json").out == here
