"""``cxmaturity plugins check``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cxmaturity.conformance import CHECKS
from cxmaturity.testing import CommandResult, RunCommand

RAISES = """\
from cxmaturity.api import Scorer, hookimpl

CXMATURITY_API = 1

class Weather(Scorer):
    dimension = "weather"

    def findings(self, result):
        if result.n == 0:
            raise ValueError("nobody is there")
        return ()

@hookimpl
def cxmaturity_scorers():
    return [Weather()]
"""


@pytest.fixture
def check_loose(tmp_path: Path, cxmaturity_cli: RunCommand) -> Iterator[Callable[..., CommandResult]]:
    """``check_loose(source, "--json")`` checks the plugin ``acme-weather``, a file in a folder."""

    def check(source: str, *options: str) -> CommandResult:
        (tmp_path / "acme_weather.py").write_text(source, encoding="utf-8")
        before = [option for option in options if option == "--traceback"]
        after = [option for option in options if option not in before]
        return cxmaturity_cli(*before, "--plugins-dir", tmp_path, "plugins", "check", "acme-weather", *after)

    yield check
    sys.modules.pop("acme_weather", None)


def test_each_check_has_a_line_and_the_last_one_counts(cxmaturity_cli: RunCommand) -> None:
    done = cxmaturity_cli("plugins", "check", "core")
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert [line.split("   ")[-1].strip() for line in lines[:-1]] == [check.title for check in CHECKS]
    assert lines[0] == "passed             loads             it is in use, and its files can be read"
    assert "nothing to check   monotone          a better answer never lowers a score" in lines
    assert lines[-1] == "core: 10 of 10 checks passed"


def test_what_was_found_stands_under_its_check(check_loose: Callable[..., CommandResult]) -> None:
    done = check_loose(RAISES)
    assert (done.code, done.err) == (1, "")
    lines = done.out.splitlines()
    found = next(number for number, line in enumerate(lines) if line.startswith("failed"))
    assert lines[found].split()[:2] == ["failed", "respondents"]
    assert lines[found + 1] == "    findings of weather: ValueError: nobody is there"
    assert lines[-1] == "acme-weather: 9 of 10 checks passed"


@pytest.mark.parametrize(
    ("source", "line"),
    [(RAISES, 'raise ValueError("nobody is there")'), ("import no_such_module\n", "import no_such_module")],
    ids=["when asked", "when imported"],
)
def test_traceback_shows_where_the_plugin_raised(
    source: str, line: str, check_loose: Callable[..., CommandResult]
) -> None:
    assert line in check_loose(source, "--traceback").err


def test_a_plugin_that_does_not_load_has_one_reason(check_loose: Callable[..., CommandResult]) -> None:
    done = check_loose("CXMATURITY_API = 2\n")
    assert done.code == 1
    assert "    the plugin is failed: it needs plugin API 2" in done.out
    assert done.out.count("not run") == 9
    assert done.out.splitlines()[-1] == "acme-weather: 0 of 10 checks passed"


def test_the_verdicts_as_data(check_loose: Callable[..., CommandResult]) -> None:
    done = check_loose(RAISES, "--json")
    data = done.json()
    assert done.code == 1
    assert (data["plugin"], data["passed"]) == ("acme-weather", False)
    by_name = {each["name"]: each for each in data["checks"]}
    assert list(by_name) == [check.name for check in CHECKS]
    assert by_name["respondents"]["outcome"] == "failed"
    assert by_name["respondents"]["detail"] == "findings of weather: ValueError: nobody is there"
    assert by_name["recommendations"] == {
        "name": "recommendations",
        "title": "recommendations lead to things that exist",
        "outcome": "nothing-to-check",
        "detail": None,
    }
    assert by_name["light"]["outcome"] == "passed"


def test_an_unknown_plugin_is_an_error_that_names_those_that_are_there(cxmaturity_cli: RunCommand) -> None:
    done = cxmaturity_cli("--no-third-party", "plugins", "check", "nobody")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("there is no plugin 'nobody'; use one of core, culture, ")
