"""NPS speaks beside what people say: what the plugin adds, shown by taking it out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cxmaturity import load

FEEDBACK = """\
  - id: feedback-loops
    title: Feedback loops
    description: What customers say comes back.
    practices:
      - id: closing-the-loop
        title: Closing the loop
        description: They hear what became of it.
        questions:
          - {id: told, type: choice, topic: Told, text: Are they told?, answers: five,
             roles: [leadership], evidence: Letters., source: {ref: S0, idea: Telling}}
"""
SETTINGS: dict[str, Any] = {
    "evidence": {"nps": {"source": "evidence/nps.csv", "columns": {"score": "answer", "at": "date"}}},
    "bands": {"nps": {"basis": "the board", "levels": {"2": 0, "3": 20, "4": 40, "5": 60}}},
}


@pytest.fixture
def folder(workspace: Callable[..., Path]) -> Callable[..., Path]:
    def write(nps: str, settings: dict[str, Any] = SETTINGS) -> Path:
        people = [{"id": "r01", "answers": {"feedback-loops.closing-the-loop.told": 5}}]
        path = workspace(people, settings, {"evidence/nps.csv": nps})
        with (path / "questionnaire.yaml").open("a", encoding="utf-8") as file:
            file.write(FEEDBACK)
        return path

    return write


def own(data: Any) -> Any:
    return next(each for each in data["dimensions"] if each["id"] == "feedback-loops")


def nps_of(data: Any) -> Any:
    return next(each for each in data["metrics"] if each["id"] == "nps")


UNHAPPY = "answer,date\n10,2026-05-01\n8,2026-05-02\n3,2026-05-03\n6,2026-06-01\n9,2020-01-01\n"


def test_without_the_plugin_nobody_reads_the_answers_of_customers(
    folder: Callable[..., Path], assessed: Callable[..., Any], without: Callable[[str], None]
) -> None:
    path = folder(UNHAPPY)
    data, code, _ = assessed(path)
    assert code == 0
    # as of 1 June 2026, the latest date, so 2020 is out: 1 promoter, 1 passive, 2 detractors of 4
    assert data["as_of"] == "2026-06-01"
    assert (nps_of(data)["value"], nps_of(data)["n"], nps_of(data)["band"]) == (-25.0, 4, 1)
    assert nps_of(data)["parts"] == {"promoters": 0.25, "passives": 0.25, "detractors": 0.5}
    assert (own(data)["measured"], own(data)["uncapped_level"], own(data)["level"]) == (1.0, 5, 2)
    texts = [each["text"] for each in own(data)["findings"]]
    assert any("50% are detractors and only 25% promoters" in text for text in texts)
    assert "feedback-loops" in {entry.plugin for entry in load(path).catalogue}

    without("feedback-loops")
    data, code, err = assessed(path)
    assert code == 1
    assert "no metric reads a table 'nps'" in err
    assert "nps" not in [each["id"] for each in data["metrics"]]
    assert (own(data)["level"], own(data)["measured"], own(data)["plugin"]) == (5, None, None)
    assert not [each for each in own(data)["findings"] if "detractors" in each["text"]]
    assert "feedback-loops" not in {entry.plugin for entry in load(path).catalogue}


def test_promoters_are_spoken_of_where_they_are_not_fewer(
    folder: Callable[..., Path], assessed: Callable[..., Any]
) -> None:
    data, _, _ = assessed(folder("answer,date\n10,2026-05-01\n8,2026-05-02\n3,2026-05-03\n"))
    texts = [each["text"] for each in own(data)["findings"]]
    assert any("33% are promoters, 33% passives and 33% detractors" in text for text in texts)


def test_the_date_of_an_answer_may_be_left_unmapped(
    folder: Callable[..., Path], assessed: Callable[..., Any]
) -> None:
    settings = {"evidence": {"nps": {"source": "evidence/nps.csv", "columns": {"score": "answer"}}}}
    data, code, _ = assessed(folder("answer\n10\n9\n0\n", settings))
    assert code == 0
    assert data["as_of"] is None
    assert (nps_of(data)["value"], nps_of(data)["period"]) == (pytest.approx(100 / 3), None)


def test_an_empty_table_is_a_reason_and_no_zero(
    folder: Callable[..., Path], assessed: Callable[..., Any]
) -> None:
    data, code, _ = assessed(folder("answer,date\n"))
    assert code == 0
    assert (nps_of(data)["value"], nps_of(data)["reason"]) == (None, "no customer answered in the period")
    assert own(data)["measured"] is None


def test_one_table_serves_several_metrics_and_what_data_cannot_say_is_said_in_the_workspace(
    folder: Callable[..., Path], assessed: Callable[..., Any]
) -> None:
    path = folder(
        "answer,date,called\n3,2026-05-01,2026-05-04\n9,2026-05-02,\n",
        {
            "as_of": "2026-10-31",
            "evidence": {
                "nps": {
                    "source": "evidence/nps.csv",
                    "columns": {"score": "answer", "at": "date", "contacted": "called"},
                },
                "ces": {"source": "evidence/nps.csv", "columns": {"score": "answer"}},
            },
            "metrics": {"ces": {"lowest": 0, "highest": 10, "easy": "low"}},
        },
    )
    data, code, err = assessed(path)
    assert (code, err) == (0, "")
    found = {each["id"]: each for each in data["metrics"]}
    # one detractor, called after three days; effort 6 on a scale from 0 to 10, turned: 4
    figures = {
        name: found[name]["value"] for name in ("nps", "loop-closure-rate", "loop-closure-time", "ces")
    }
    assert figures == {"nps": 0.0, "loop-closure-rate": 1.0, "loop-closure-time": 3.0, "ces": 4.0}
    assert all(found[name]["band"] is None for name in found)  # nobody's norm is made up
    assert found["csat"]["reason"] == "the workspace names no table “csat”"
