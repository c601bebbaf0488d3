"""The command line as a whole: help, exit codes, and what becomes of mistakes, ours and the user's."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import cxmaturity
from cxmaturity.cli import main
from cxmaturity.cli.commands import OURS

Cli = Callable[..., Any]
Main = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run_main(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Main:
    """``run_main("assess", folder)`` runs the console script and gives exit code, stdout and stderr."""

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["cxmaturity", *map(str, arguments)])
        with pytest.raises(SystemExit) as exited:
            main()
        captured = capsys.readouterr()
        assert isinstance(exited.value.code, int)
        return exited.value.code, captured.out, captured.err

    return run


@pytest.fixture
def fails(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """``fails(error)`` makes assessing raise."""

    def make(error: BaseException) -> None:
        def deep_inside(*_: object, **__: object) -> None:
            raise error

        monkeypatch.setattr("cxmaturity.cli.assess.load_and_assess", deep_inside)

    return make


# ----------------------------------------------------------------------------------------------- help


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_lists_every_command_with_what_it_does(option: str, cli: Cli) -> None:
    done = cli(option)
    assert (done.code, done.err) == (0, "")
    words = " ".join(done.out.split())
    for name, what in OURS.items():
        assert f"{name} {what}" in words


@pytest.mark.parametrize("command", OURS)
def test_every_command_has_help_of_its_own_that_begins_as_the_list_says(command: str, cli: Cli) -> None:
    done = cli(command, "--help")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"Usage: cxmaturity {command}")


def test_version_is_the_packages(cli: Cli) -> None:
    done = cli("--version")
    assert (done.code, done.out) == (0, f"cxmaturity, version {cxmaturity.__version__}\n")


def test_python_m_runs_the_same_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cxmaturity", "--version"], capture_output=True, check=False, text=True
    )
    assert (done.returncode, done.stdout) == (0, f"cxmaturity, version {cxmaturity.__version__}\n")


# ----------------------------------------------------------------------------------- the user's mistakes


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (("asess",), "No such command 'asess'"),
        (("assess",), "Missing argument 'DIR'"),
        (("assess", "--jsn", "."), "No such option"),
        (("assess", ".", "another"), "unexpected extra argument"),
        (("--tracebak", "assess", "."), "No such option"),
        ((), "Commands:"),
    ],
)
def test_a_wrong_command_line_is_explained_on_stderr(
    arguments: tuple[str, ...], names: str, cli: Cli
) -> None:
    done = cli(*arguments)
    assert (done.code, done.out) == (2, "")
    assert names in done.err
    assert "Traceback" not in done.err


def test_a_user_error_is_a_line_and_no_traceback(run_main: Main, tmp_path: Path) -> None:
    code, out, err = run_main("assess", tmp_path / "gone")
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert err.startswith(f"{tmp_path / 'gone'}: there is no such folder; ")


# --------------------------------------------------------------------------------------- ours, and neither


def test_the_console_script_exits_with_0_when_done(run_main: Main) -> None:
    assert run_main("--version")[0] == 0


def test_a_bug_of_ours_exits_with_70_and_keeps_its_traceback(
    run_main: Main, fails: Callable[[BaseException], None]
) -> None:
    fails(ZeroDivisionError("of ours"))
    code, out, err = run_main("assess", ".")
    assert (code, out) == (70, "")
    assert "Traceback (most recent call last)" in err
    assert "in deep_inside" in err
    assert "ZeroDivisionError: of ours" in err
    assert "This is a bug in cxmaturity, not a mistake of yours." in err


def test_a_bug_is_not_hidden_from_those_who_call_run(
    cli: Cli, fails: Callable[[BaseException], None]
) -> None:
    fails(KeyError("of ours"))
    with pytest.raises(KeyError, match="of ours"):
        cli("assess", ".")


def test_an_interruption_is_no_bug(run_main: Main, fails: Callable[[BaseException], None]) -> None:
    fails(KeyboardInterrupt())
    code, out, err = run_main("assess", ".")
    assert (code, out) == (130, "")
    assert err.strip() == "interrupted"


def test_a_reader_that_stops_reading_is_no_failure() -> None:
    """As with ``cxmaturity questionnaires schema | head``: done, and no complaint."""
    with subprocess.Popen(
        [sys.executable, "-m", "cxmaturity", "questionnaires", "schema"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        complaint = process.stderr.read()
        assert (process.wait(), complaint) == (0, "")


@pytest.mark.parametrize(("told", "used"), [({}, "1"), ({"OPENBLAS_NUM_THREADS": "4"}, "4")])
def test_numpy_adds_up_on_one_thread_unless_told_otherwise(
    monkeypatch: pytest.MonkeyPatch, told: dict[str, str], used: str
) -> None:
    monkeypatch.setattr("cxmaturity.cli.run", lambda: 0)
    monkeypatch.setattr("os.environ", told)
    with pytest.raises(SystemExit):
        main()
    assert told["OPENBLAS_NUM_THREADS"] == used
