"""What C code prints does not come between our data."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys

import pytest

from cxmaturity.roadmap.silence import silent_output

PROGRAM = """
import ctypes
from cxmaturity.roadmap.silence import silent_output
print("before")
with silent_output():
    ctypes.CDLL(None).printf(b"a note\\n")
print("after")
"""


@pytest.mark.skipif(os.name == "nt", reason="names C's library as Unix does")
def test_what_c_prints_is_gone_and_what_python_prints_is_not() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("before\nafter\n", "")


@pytest.mark.skipif(os.name == "nt", reason="names C's library as Unix does")
def test_output_is_back_after_an_error(capfd: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        ctypes.CDLL(None).printf(b"a note\n")
        raise ValueError("no plan")

    with pytest.raises(ValueError, match="no plan"), silent_output():
        fail()
    os.write(1, b"data\n")
    assert capfd.readouterr().out == "data\n"


def test_a_process_without_output_goes_on() -> None:
    program = "import os; os.close(1)\n" + PROGRAM.replace('print("before")\n', "").replace(
        '    ctypes.CDLL(None).printf(b"a note\\n")\nprint("after")\n', "    pass\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
