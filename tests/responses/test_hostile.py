"""Files that are broken or made to do harm end in a clear error, in bounded memory."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

if sys.platform != "linux":
    pytest.skip("limits a process by what Linux alone has", allow_module_level=True)

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "hostile.py"
MOST_MEGABYTES = 300


def _script() -> Any:
    spec = spec_from_file_location("hostile", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules["hostile"] = module_from_spec(spec)  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


HOSTILE = _script()
LEFT_OUT = {"cell in the last row and column", "formula cells"}
HARMLESS = {"half a million objects in JSON"}
"""So many respondents who answered nothing: it only must not take more than it may."""
NO_FILES = {"folder", "pipe", "link out of the workspace"}
"""What is refused before any file is read."""
ALONE = LEFT_OUT | HARMLESS | NO_FILES | {"a hundred long texts, 400 times each"}
"""Assessed in workspaces of their own: what others would hide, and what takes nearly as much as it may."""
TOGETHER = [name for name in HOSTILE.FILES if name not in ALONE]
"""All in one workspace, as each is named whatever else is wrong: what they take together, none exceeds."""
ASSESS = """\
import json, os, pathlib, sys
from dataclasses import asdict
sys.path.insert(0, sys.argv[1])
import hostile
os.chdir(sys.argv[2])
print(json.dumps(asdict(hostile.assess(pathlib.Path(sys.argv[2], "acme")))))
"""


def _ran(*command: object) -> Any:
    # in a process of its own, which pytest's memory does not count for; one that took too long is killed
    done = subprocess.run([sys.executable, *map(str, command)], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def _file(name: str) -> str:
    """What a file is called among others, some of which would be called alike."""
    return f"{TOGETHER.index(name)}-{HOSTILE.FILES[name][0]}"


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """How the assessment of all that stand together ended."""
    folder = tmp_path_factory.mktemp("hostile")
    responses = folder / "acme" / "responses"
    responses.mkdir(parents=True)
    (folder / "acme" / "assessment.yaml").write_text(HOSTILE.SETTINGS, encoding="utf-8")
    for name in TOGETHER:
        HOSTILE.FILES[name][1](responses / _file(name))
    yield _ran("-c", ASSESS, SCRIPT.parent, folder)
    shutil.rmtree(folder)  # pytest would keep it, and it is large


def test_hostile_files_take_little_even_together(together: Any) -> None:
    assert together["code"] == 2, together["said"]
    assert "Traceback" not in together["said"]
    assert together["megabytes"] < MOST_MEGABYTES


@pytest.mark.parametrize("name", TOGETHER)
def test_each_of_them_is_named_with_what_to_do(name: str, together: Any) -> None:
    said = [line for line in together["said"].splitlines() if f"/responses/{_file(name)}:" in line]
    assert said
    assert all("; " in line for line in said)


@pytest.mark.parametrize("name", sorted(ALONE))
def test_a_hostile_file_is_named_and_takes_little(name: str) -> None:
    run = _ran(SCRIPT, name)
    assert run["code"] == (1 if name in LEFT_OUT else 0 if name in HARMLESS else 2), run["said"]
    assert "Traceback" not in run["said"]
    assert run["megabytes"] < MOST_MEGABYTES
    if name not in HARMLESS:
        where = "assessment.yaml:3" if name in NO_FILES else "responses/"
        assert all(where in line and "; " in line for line in run["said"].splitlines())
