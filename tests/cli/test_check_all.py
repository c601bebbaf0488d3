"""``check`` goes through everything: no mistake hides another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any


def test_mistakes_of_every_stage_are_named_at_once(
    workspace: Callable[..., Path], cli: Callable[..., Any]
) -> None:
    folder = workspace(
        [{"id": "r1", "answers": {"culture.meaning.sam": 1, "culture.meaning.same": 9}}],
        {
            "as_off": "2026-01-31",
            "target": {"level": 9},
            "brand": {"logo": "gone.svg"},
            "evidence": {
                "customers": {
                    "source": "gone.csv",
                    "columns": {"customer": "id", "since": "joined", "until": "left"},
                }
            },
            "bands": {"nps": {"basis": "us", "levels": {"2": 60, "3": 40, "4": 20, "5": 0}}},
        },
    )
    result = cli("check", folder)
    assert result.code == 2
    for what in (
        "unknown key `as_off`",
        "expected at most 5",
        "there is no file 'gone.svg'",
        "there is no question 'culture.meaning.sam'",
        "there is no option 9",
        "gone.csv: there is no such file",
        "a higher nps is better",
    ):
        assert what in result.err
    assert len(result.err.splitlines()) == 7


def test_no_file_outside_the_workspace_is_opened(
    workspace: Callable[..., Path], cli: Callable[..., Any], tmp_path: Path
) -> None:
    (tmp_path / "outside.svg").write_text("<svg/>", encoding="utf-8")
    table = {"source": "../outside.svg", "columns": {"score": "root"}}
    folder = workspace([], {"brand": {"logo": "../outside.svg"}, "evidence": {"nps": table}})
    result = cli("assess", folder)
    assert result.code == 2
    assert result.err.count("'../outside.svg' leads out of the workspace") == 2
