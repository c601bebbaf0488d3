"""Each misbehaviour of a stranger's plugin: named everywhere, and nobody else's result changes.

``python tests/plugins/test_misbehaviour.py`` prints what a user sees of each.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

Install = Callable[..., EntryPoint]
Cli = Callable[..., Any]

DECLARED = (
    "from dataclasses import replace\n"
    "from cxmaturity.api import Cap, Contribution, Finding, Message, Score, Scorer, hookimpl\n"
    "CXMATURITY_API = 1\n"
)


def scoring(body: str, dimension: str = "accessibility") -> str:
    """The source of a plugin whose scorer has one method."""
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return (
        f"{DECLARED}class Made(Scorer):\n    dimension = {dimension!r}\n{lines}\n"
        "@hookimpl\ndef cxmaturity_scorers():\n    return [Made()]\n"
    )


MISBEHAVIOURS = {
    "cannot be imported": ("import no_such_module_anywhere\n", "No module named 'no_such_module_anywhere'"),
    "is no Python": ("def broken(:\n", "SyntaxError"),
    "misspells a hook": (
        f"{DECLARED}@hookimpl\ndef cxmaturity_scorer():\n    return []\n",
        "it implements cxmaturity_scorer, which is no hook; did you mean cxmaturity_scorers?",
    ),
    "forgets @hookimpl": (
        f"{DECLARED}def cxmaturity_scorers():\n    return []\n",
        "its function cxmaturity_scorers is not marked with @hookimpl",
    ),
    "needs a newer API": ("CXMATURITY_API = 99\n", "it needs plugin API 99, this cxmaturity has 1"),
    "raises while scoring": (
        scoring("def score_practice(self, answers):\n    raise ValueError('out of luck')"),
        "scoring accessibility: ValueError: out of luck",
    ),
    "returns a score of 7": (
        scoring(
            "def combine(self, practices, metrics):\n    return Score(7.0, (Contribution('x', 7.0, 1.0),))"
        ),
        "the score of accessibility is 7, outside 1 to 5",
    ),
    "writes to its input": (
        scoring("def score_practice(self, answers):\n    answers.fractions[:] = 1.0"),
        "assignment destination is read-only",
    ),
    "wraps a hook": (
        f"{DECLARED}@hookimpl(wrapper=True)\ndef cxmaturity_scorers():\n    return (yield)\n",
        "it wraps the hook cxmaturity_scorers; wrappers are not allowed",
    ),
    "exits the interpreter on import": ("raise SystemExit(3)\n", "SystemExit: 3"),
    "exits the interpreter while scoring": (
        scoring("def combine(self, practices, metrics):\n    import sys\n    sys.exit(0)"),
        "scoring accessibility: SystemExit: 0",
    ),
    "recurses without end": (
        scoring("def findings(self, result):\n    return self.findings(result)"),
        "scoring accessibility: RecursionError",
    ),
    "claims another's dimension": (
        scoring("def combine(self, practices, metrics):\n    return Score(5.0)", "culture"),
        "it claims the dimension 'culture', which 'culture' scores",
    ),
}
"""The source of a plugin, and what is said of it."""

LATE = {"raises while scoring", "returns a score of 7", "writes to its input", "recurses without end"} | {
    "exits the interpreter while scoring"
}
"""What shows itself only when the plugin scores: its dimension is then not assessed."""


AGREED = {"score": 4, "by": "Workshop", "at": "2026-10-01", "why": "Seen together."}


@pytest.mark.parametrize("what", MISBEHAVIOURS)
def test_it_is_named_everywhere_and_changes_nothing_else(
    *,
    what: str,
    install: Install,
    three: Callable[..., Path],
    alone: Callable[..., Any],
    cli: Cli,
    others: Callable[..., str],
) -> None:
    source, said = MISBEHAVIOURS[what]
    folder = three()
    before = alone()
    install("acme", source, distribution="acme-plugins", version="1.2")

    done = cli("assess", "--json", folder)
    assert done.code == 1
    after = json.loads(done.out)
    assert others(after, "accessibility") == others(before, "accessibility")
    accessibility = after["dimensions"][2]
    assert (accessibility["score"] is None) == (what in LATE)

    # the terminal
    warning = next(line for line in done.err.splitlines() if line.startswith("warning: "))
    assert "“acme” (acme-plugins)" in warning
    assert said in warning
    assert "Traceback" not in done.err
    # the data
    (listed,) = [each for each in after["plugins"] if each["name"] == "acme"]
    assert (listed["distribution"], listed["version"]) == ("acme-plugins", "1.2")
    assert listed["state"] in {"failed", "refused"}
    assert said in listed["reason"]
    assert warning.removeprefix("warning: ") in after["warnings"]
    # the report
    report = cli("report", folder, "--format", "html")
    assert report.code == 1
    page = html.unescape(Path(report.out.strip()).read_text(encoding="utf-8"))
    assert said in page
    assert "acme-plugins" in page


@pytest.mark.parametrize(
    "what", [name for name in MISBEHAVIOURS if "wrap" not in name and "claims" not in name]
)
def test_traceback_shows_the_rest(what: str, install: Install, three: Callable[..., Path], cli: Cli) -> None:
    source, _ = MISBEHAVIOURS[what]
    folder = three()
    install("acme", source)
    done = cli("--traceback", "assess", folder)
    assert "Error" in done.err or "SystemExit" in done.err
    assert done.code == 1


@pytest.mark.parametrize(
    "what", ["cannot be imported", "needs a newer API", "misspells a hook", "wraps a hook"]
)
def test_the_part_that_such_a_plugin_would_have_brought_is_left_out_and_named(
    what: str, install: Install, workspace: Callable[..., Path], cli: Cli
) -> None:
    people = [{"id": "r1", "answers": {"culture.meaning.same": 3, "accessibility.checking.by-users": 2}}]
    folder = workspace(
        people,
        {
            "questionnaire": ["questionnaire.yaml", "accessibility"],
            "weights": {"culture": 2, "accessibility": 2},
            "target": {"level": 4, "dimensions": {"accessibility": 3, "culture": 3}},
            "consensus": {"accessibility.checking": AGREED, "culture.meaning": AGREED},
            "overrides": {"accessibility.checking.by-users": AGREED},
        },
    )
    install("acme", MISBEHAVIOURS[what][0])
    done = cli("assess", "--json", folder)
    assert done.code == 1, done.err
    culture, retention = json.loads(done.out)["dimensions"]
    assert (culture["id"], culture["score"], retention["id"]) == ("culture", 4.0, "retention")
    assert "assessment.yaml:" in done.err
    assert "'accessibility' is not asked, and answers to it are left out" in done.err
    assert cli("assess", "--strict", folder).code == 2
    assert cli("check", folder).code == 2
    assert cli("report", folder, "--format", "html").code == 1


def test_a_part_that_nobody_can_bring_is_a_mistake(workspace: Callable[..., Path], cli: Cli) -> None:
    folder = workspace([], {"questionnaire": ["questionnaire.yaml", "accessibilty"]})
    done = cli("--no-third-party", "check", folder)
    assert done.code == 2
