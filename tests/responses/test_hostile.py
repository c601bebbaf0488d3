"""Files that are broken or made to do harm end in a clear error, in bounded memory."""

from __future__ import annotations

import json
import subprocess
import sys
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


@pytest.mark.parametrize("name", HOSTILE.FILES)
def test_a_hostile_file_is_named_and_takes_little(name: str) -> None:
    # in a process of its own, which pytest's memory does not count for; one that took too long is killed
    done = subprocess.run([sys.executable, SCRIPT, name], capture_output=True, text=True, check=True)
    run = json.loads(done.stdout)
    assert run["code"] == (1 if name in LEFT_OUT else 0 if name in HARMLESS else 2), run["said"]
    assert "Traceback" not in run["said"]
    assert run["megabytes"] < MOST_MEGABYTES
    if name not in HARMLESS:
        where = (
            "assessment.yaml:3" if name in {"folder", "pipe", "link out of the workspace"} else "responses/"
        )
        assert all(where in line and "; " in line for line in run["said"].splitlines())
