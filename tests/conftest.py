"""What the tests share: a small questionnaire, a workspace made from a dict, the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from cxmaturity.cli import run as run_cli

QUESTIONNAIRE = """\
format: 1
id: small
version: "1"
language: en
title: A small questionnaire
description: Two dimensions, for tests.
minutes: 3
levels:
  - {level: 1, name: Incidental, minimum: 1.0, description: By luck.}
  - {level: 2, name: Emerging, minimum: 1.8, description: Here and there.}
  - {level: 3, name: Defined, minimum: 2.6, description: By rule.}
  - {level: 4, name: Managed, minimum: 3.4, description: By figures.}
  - {level: 5, name: Embedded, minimum: 4.2, description: By habit.}
roles: {leadership: Leadership, frontline: Front line}
sources: {S0: The source of the tests}
answer_sets:
  five:
    - {id: never, text: Nobody does it.}
    - {id: rarely, text: One team does it.}
    - {id: sometimes, text: Half of the teams do it.}
    - {id: often, text: Most teams do it.}
    - {id: always, text: Every team does it.}
dimensions:
  - id: culture
    title: Culture
    description: What people do unasked.
    practices:
      - id: meaning
        title: Meaning
        description: One meaning for all.
        questions:
          - {id: same, type: choice, topic: Same meaning, text: Do they mean the same?, answers: five,
             roles: [leadership], evidence: Notes., source: {ref: S0, idea: One meaning}}
          - {id: said, type: text, topic: In words, text: What do they say?,
             roles: [leadership], evidence: Notes., source: {ref: S0, idea: One meaning}}
  - id: retention
    title: Retention
    description: Who stays.
    practices:
      - id: loyalty-and-value
        title: Loyalty
        description: Staying pays.
        questions:
          - {id: scheme, type: choice, topic: Scheme, text: Does staying pay?, answers: five,
             roles: [leadership, frontline], evidence: The rules., source: {ref: S0, idea: Staying}}
          - {id: effort, type: scale, topic: Effort, text: How hard is it?, minimum: 1, maximum: 5, reversed: true,
             labels: {low: easy, high: hard}, roles: [frontline], evidence: Logs., source: {ref: S0, idea: Ease}}
      - id: churn-insight
        title: Churn insight
        description: Who leaves is known.
        questions:
          - {id: known, type: yes-no, topic: Known, text: Is it known who left?,
             roles: [leadership], evidence: A list., source: {ref: S0, idea: Knowing}}
          - {id: ways, type: multiple, topic: Ways, text: How do you find out?, roles: [leadership],
             evidence: Records., source: {ref: S0, idea: Asking},
             options: [{id: calls, text: By calls., worth: 3}, {id: letters, text: By letters., worth: 1},
                       {id: none, text: None of these., worth: 0, exclusive: true}]}
          - {id: share, type: number, topic: Share, text: Which share gives a reason?, unit: percent, maximum: 100,
             roles: [leadership], evidence: Records., source: {ref: S0, idea: Reasons},
             bands: [{from: 0, score: 0}, {from: 20, score: 0.5}, {from: 80, score: 1}]}
"""  # noqa: E501 - questions read best on one line
"""Every question type once; ids as the first-party plugins expect them."""


class _PlainDumper(yaml.SafeDumper):
    """Writes a value that stands in two places twice: aliases are refused when read."""

    def ignore_aliases(self, data: object) -> bool:
        del data
        return True


def dump(data: object) -> str:
    """Data as YAML, keys in their order."""
    return yaml.dump(data, Dumper=_PlainDumper, sort_keys=False, allow_unicode=True)


@dataclass(frozen=True)
class Result:
    """What a command line printed, and its exit code."""

    code: int
    out: str
    err: str


@pytest.fixture
def workspace(tmp_path: Path) -> Callable[..., Path]:
    """Writes a workspace: ``workspace(respondents, settings, files)`` gives its folder.

    ``respondents`` is a list as in a response file; ``settings`` are merged into ``assessment.yaml``;
    ``files`` are written as they are.
    """

    def write(
        respondents: list[dict[str, Any]] | None = None,
        settings: Mapping[str, Any] | None = None,
        files: Mapping[str, str] | None = None,
    ) -> Path:
        folder = tmp_path / "acme"
        content: dict[str, Any] = {
            "organisation": {"name": "Acme"},
            "questionnaire": "questionnaire.yaml",
            "responses": ["responses/*.yaml"],
            **(settings or {}),
        }
        written = {
            "questionnaire.yaml": QUESTIONNAIRE,
            "assessment.yaml": dump(content),
            "responses/answers.yaml": dump({"respondents": respondents or []}),
            **(files or {}),
        }
        for name, text in written.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return folder

    return write


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Callable[..., Result]:
    """Runs a command line in this process: ``cli("assess", folder)``."""

    def run(*arguments: object) -> Result:
        capsys.readouterr()
        code = run_cli([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Result(code, captured.out, captured.err)

    return run
