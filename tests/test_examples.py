"""The examples: they run, they say what they are, and the made-up one is made from its seed."""

from __future__ import annotations

import csv
import importlib.util
import json
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from cxmaturity.testing import RunCommand

EXAMPLES = Path(__file__).parent.parent / "examples"


@pytest.fixture(scope="module")
def assessed(ran: RunCommand) -> Callable[[str], Any]:
    """``assessed("demo")`` is the result of an example in which nothing is left out."""

    def assess(name: str) -> Any:
        result = ran("assess", EXAMPLES / name, "--json")
        assert result.code == 0
        return result.json()

    return assess


def generator(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # where its dataclasses look up their annotations
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("script", "workspace"), [("generate_demo", "demo"), ("generate_four_thousand", "four-thousand")]
)
def test_what_is_made_up_is_made_from_its_seed(script: str, workspace: str, tmp_path: Path) -> None:
    module = generator(script)
    module.HERE = tmp_path  # type: ignore[attr-defined]
    module.main()
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert made
    assert made == {name: (EXAMPLES / workspace / name).read_bytes() for name in made}


def four_thousand() -> list[dict[str, str]]:
    """The rows of the file."""
    path = EXAMPLES / "four-thousand" / "responses" / "answers.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_four_thousand_are_scored_as_all_who_were_asked_think(cli: Callable[..., Any]) -> None:
    result = cli("assess", EXAMPLES / "four-thousand", "--json")
    assert result.code == 1  # rows are left out, which the result says
    data = json.loads(result.out)
    assert [file["left_out"] for file in data["quality"]["files"]] == [6]
    found = {
        part["id"]: part["interval"] for dimension in data["dimensions"] for part in dimension["practices"]
    }
    found |= {dimension["id"]: dimension["interval"] for dimension in data["dimensions"]}
    found["overall"] = data["overall"]["interval"]
    truth = json.loads((EXAMPLES / "four-thousand" / "truth.json").read_text(encoding="utf-8"))["scores"]
    held = [low <= truth["everybody"][name] <= high for name, (low, high) in found.items()]
    assert len(held) == 21
    assert sum(held) >= 20  # of 21 intervals of 95 % one may miss


def test_the_four_thousand_have_all_that_a_survey_has() -> None:
    rows = four_thousand()
    names = Counter(row["respondent"] for row in rows)
    assert len(names) - 6 == 4000  # six rows are spoilt
    assert [count for count in names.values() if count > 1] == [2] * 8
    sizes = Counter(row["department"] for row in rows)
    assert (sizes["legal"], sizes["investor-relations"]) == (3, 4)
    truth = json.loads((EXAMPLES / "four-thousand" / "truth.json").read_text(encoding="utf-8"))["scores"]
    leaders, others = truth["leadership"], truth["frontline"]
    questions = {name for name in leaders.keys() & others.keys() if name.count(".") == 2}
    assert len(questions) == 7  # those that both are asked
    assert all(leaders[name] > others[name] + 0.3 for name in questions)


def test_in_the_demo_culture_caps_the_whole_and_customers_contradict(assessed: Callable[[str], Any]) -> None:
    data = assessed("demo")
    assert data["confidential"]
    assert data["overall"]["level"] < data["overall"]["uncapped_level"]
    assert [cap["source"] for cap in data["overall"]["caps"]] == ["culture"]
    kinds = [finding["kind"] for dimension in data["dimensions"] for finding in dimension["findings"]]
    assert kinds.count("contradiction") >= 2
    levels = {metric["id"]: metric["band"] for metric in data["metrics"] if metric["band"]}
    assert levels == {"staff-using-access": 3, "nps": 2, "complaint-resolution-time": 3, "churn-rate": 1}
    assert sum(metric["value"] is not None for metric in data["metrics"]) == 15
    seen = [
        p["confirmed"] for dimension in data["dimensions"] for p in dimension["practices"] if p["confirmed"]
    ]
    assert len(seen) == 3
    assert data["recommendations"]


def test_in_the_demo_a_point_of_churn_has_a_value_that_can_be_redone(assessed: Callable[[str], Any]) -> None:
    data = assessed("demo")
    metrics = {metric["id"]: metric for metric in data["metrics"]}
    churn, lifetime, worth = metrics["churn-rate"], metrics["customer-lifetime-value"], data["worth"]
    kept = churn["parts"]["start"] / 100
    assert worth["value"] == pytest.approx(kept * lifetime["value"])
    assert worth["high"] == pytest.approx(kept * lifetime["interval"][1])
    parts = lifetime["parts"]
    # margin a year × r ÷ (1 + d), with d = 0.1
    first_year = parts["purchase_value"] * parts["purchases_per_year"] * 0.3 * parts["kept_share"] / 1.1
    assert worth["low"] == pytest.approx(kept * first_year * lifetime["interval"][0] / lifetime["value"])
    assert (worth["basis"], worth["margin"], worth["reason"]) == ("margin", 0.3, None)


def test_the_demo_stays_small() -> None:
    assert (EXAMPLES / "demo" / "evidence" / "purchases.csv").stat().st_size < 200_000


def test_the_demo_says_that_it_is_made_up() -> None:
    assert "made-up company" in (EXAMPLES / "demo" / "assessment.yaml").read_text(encoding="utf-8")
    for path in (EXAMPLES / "demo" / "responses").iterdir():
        assert path.read_text(encoding="utf-8").startswith("# Made up by")


def test_the_four_thousand_say_that_they_are_made_up() -> None:
    assert "made-up company" in (EXAMPLES / "four-thousand" / "assessment.yaml").read_text(encoding="utf-8")
    assert "Made up" in (EXAMPLES / "four-thousand" / "truth.json").read_text(encoding="utf-8")


def test_the_retailer_is_scored_only_where_the_account_gives_grounds(assessed: Callable[[str], Any]) -> None:
    data = assessed("appliance-retailer")
    questions = [q for d in data["dimensions"] for p in d["practices"] for q in p["questions"]]
    answered = [q["id"] for q in questions if q["n"]]
    assert 0 < len(answered) < 10
    assert data["overall"]["level"] is None
    assert "answered" in data["overall"]["reason"]
    notes = (EXAMPLES / "appliance-retailer" / "responses" / "account.yaml").read_text(encoding="utf-8")
    assert all(notes.count(f"{question}:") == 2 for question in answered)  # the answer, and its note


def test_nothing_is_recommended_for_what_was_not_assessed_but_to_find_out(
    assessed: Callable[[str], Any],
) -> None:
    data = assessed("appliance-retailer")
    scored = {p["id"] for d in data["dimensions"] for p in d["practices"] if p["score"] is not None}
    assert any(each["find_out"] for each in data["recommendations"])
    for each in data["recommendations"]:
        assert each["find_out"] or set(each["lifts"]) <= scored


def test_changing_the_name_of_the_folder_changes_nothing(
    cli: RunCommand, ran: RunCommand, tmp_path: Path
) -> None:
    shutil.copytree(EXAMPLES / "demo", tmp_path / "elsewhere")
    here = ran("assess", EXAMPLES / "demo", "--json").out
    assert cli("assess", tmp_path / "elsewhere", "--json").out == here


def test_cdnow_says_what_purchases_show_and_assesses_nothing(cli: Callable[..., Any]) -> None:
    result = cli("assess", EXAMPLES / "cdnow", "--json")
    assert result.code == 0
    data = json.loads(result.out)
    assert data["overall"]["score"] is None
    assert all(dimension["score"] is None and dimension["reason"] for dimension in data["dimensions"])
    measured = {metric["id"]: metric["n"] for metric in data["metrics"] if metric["value"] is not None}
    assert measured == {"predicted-lifetime-value": 2357, "repeat-rate": 2357, "purchase-frequency": 2357}
    assert all(metric["reason"] for metric in data["metrics"] if metric["value"] is None)
    assert data["worth"]["value"] is None
    assert data["worth"]["reason"] == "neither the churn rate nor the customer lifetime value is measured"


def test_the_figures_of_cdnow_are_those_published_and_those_of_its_page() -> None:
    path = EXAMPLES / "cdnow" / "compare.py"
    spec = importlib.util.spec_from_file_location("compare", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    rows = list(module.rows())
    assert all(here == published for _, published, here in rows if published)
    page = (EXAMPLES / "cdnow" / "README.md").read_text(encoding="utf-8")
    assert "\n".join(f"| {name} | {published} | {here} |" for name, published, here in rows) in page
