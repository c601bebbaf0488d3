"""What authors of plugins test with: a pytest plugin that is there wherever cxmaturity is installed.

``cxmaturity_workspace`` and ``cxmaturity_cli`` are fixtures, :func:`assert_assessment` compares a result,
:func:`measured` computes a metric, and :class:`PluginConformance` makes tests of everything that a plugin
must do right::

    from cxmaturity.testing import PluginConformance, assert_assessment

    class TestConformance(PluginConformance):
        plugin = "acme-accessibility"

    def test_the_cap_holds(cxmaturity_workspace, cxmaturity_cli):
        folder = cxmaturity_workspace(
            {"questionnaire": ["quick-scan", "accessibility"]},
            answers={"r1": {"accessibility.daily-work.detours": 5}},
        )
        done = cxmaturity_cli("assess", "--json", folder)
        assert_assessment(done.json(), {"dimensions": {"accessibility": {"score": 5.0}}})

Every pytest run in an environment with cxmaturity imports this module, so it imports nothing of cxmaturity
before it is used.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest

if TYPE_CHECKING:
    from cxmaturity.api import Metric, MetricResult
    from cxmaturity.conformance import Verdict
    from cxmaturity.plugins import Plugins
    from cxmaturity.texts import Texts

__all__ = [
    "CommandResult",
    "MakeWorkspace",
    "PluginConformance",
    "RunCommand",
    "assert_assessment",
    "cxmaturity_cli",
    "cxmaturity_workspace",
    "measured",
]

_RELATIVE, _ABSOLUTE = 1e-9, 1e-6


# ------------------------------------------------------------------------------------------- fixtures


class MakeWorkspace(Protocol):
    """What the fixture ``cxmaturity_workspace`` is."""

    def __call__(
        self,
        settings: Mapping[str, Any] | None = None,
        *,
        answers: Mapping[str, Mapping[str, Any]] | None = None,
        respondents: Sequence[Mapping[str, Any]] | None = None,
        files: Mapping[str, Any] | None = None,
    ) -> Path:
        """Write a workspace and give its folder, one of its own for each call.

        ``settings`` are the content of ``assessment.yaml``; where it says nothing of them, the organisation
        is "Made-up Ltd" and the questionnaire the quick scan. ``answers`` leads from respondents to
        questions to answers. ``respondents`` are entries as in a response file, with a role and so on; what
        ``answers`` says of them is added. ``files`` are written into the folder by their names: text and
        bytes as they are, anything else as YAML.
        """


@pytest.fixture
def cxmaturity_workspace(tmp_path: Path) -> MakeWorkspace:
    """Writes workspaces from dicts; see :class:`MakeWorkspace`."""
    made: list[Path] = []

    def make(
        settings: Mapping[str, Any] | None = None,
        *,
        answers: Mapping[str, Mapping[str, Any]] | None = None,
        respondents: Sequence[Mapping[str, Any]] | None = None,
        files: Mapping[str, Any] | None = None,
    ) -> Path:
        folder = tmp_path / f"workspace-{len(made) + 1}"
        made.append(folder)
        people = _people(respondents or (), answers or {})
        start: dict[str, Any] = {
            "organisation": {"name": "Made-up Ltd"},
            "questionnaire": "quick-scan",
            "responses": ["responses/answers.yaml"] if people else [],
        }
        written = {"responses/answers.yaml": {"respondents": people}} if people else {}
        content = {"assessment.yaml": {**start, **(settings or {})}, **written, **(files or {})}
        for name, each in content.items():
            _write(folder / name, each)
        return folder

    return make


def _people(
    respondents: Sequence[Mapping[str, Any]], answers: Mapping[str, Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Entries of a response file: those given, each with what else it answered, and whoever only answered."""
    known = [respondent["id"] for respondent in respondents]
    listed = [
        {**each, "answers": {**each.get("answers", {}), **answers.get(each["id"], {})}}
        for each in respondents
    ]
    return [*listed, *({"id": who, "answers": said} for who, said in answers.items() if who not in known)]


def _write(path: Path, content: Any) -> None:
    """Write a file: text and bytes as they are, anything else as YAML."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        path.write_bytes(content)
        return
    path.write_text(content if isinstance(content, str) else _yaml(content), encoding="utf-8")


def _yaml(content: Any) -> str:
    """Data as the part of YAML that is JSON: each text is quoted, and nothing refers to anything else."""
    return json.dumps(content, indent=2, ensure_ascii=False, default=_plain) + "\n"


def _plain(value: object) -> object:
    """What JSON has no word for: read-only mappings, sets, days."""
    if isinstance(value, Mapping):
        return dict(value)
    return sorted(value) if isinstance(value, set | frozenset) else str(value)


@dataclass(frozen=True)
class CommandResult:
    """What a command line printed, and its exit code."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """What it printed on stdout, as data."""
        if not self.out:
            raise AssertionError(f"it printed nothing (exit code {self.code}):\n{self.err}")
        return json.loads(self.out)


class RunCommand(Protocol):
    """What the fixture ``cxmaturity_cli`` is."""

    def __call__(self, *arguments: object) -> CommandResult:
        """Run a command line in this process: ``cxmaturity_cli("assess", "--json", folder)``."""


@pytest.fixture
def cxmaturity_cli(capsys: pytest.CaptureFixture[str]) -> RunCommand:
    """Runs command lines in this process; see :class:`RunCommand`."""
    from cxmaturity.cli import run

    def call(*arguments: object) -> CommandResult:
        capsys.readouterr()  # what was printed before is not its
        code = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return CommandResult(code, captured.out, captured.err)

    return call


# -------------------------------------------------------------------------------------------- metrics


def measured(
    metric: str,
    tables: Mapping[str, Sequence[Mapping[str, object]]],
    *,
    as_of: str | None = None,
    options: Mapping[str, float | str] | None = None,
    period: tuple[str, str] | None = None,
) -> MetricResult:
    """What a metric of an installed plugin makes of rows, as it would of the same rows in a file.

    ``tables`` leads from its tables to rows by its column names, with ``segment`` where customers have one;
    ``as_of`` is the day of the assessment, by default the latest date in the rows; ``period`` is what
    snapshots speak of. Raises :class:`AssertionError` if the plugin fails, and :class:`KeyError` if none has
    the metric.
    """
    from cxmaturity.evidence.trial import try_metric

    if metric not in _metrics()[0]:
        _metrics.cache_clear()  # its plugin may have been installed meanwhile
    known, texts = _metrics()
    result, plugins = try_metric(known[metric], tables, texts, as_of=as_of, options=options, period=period)
    if plugins.listed[0].reason:
        raise AssertionError(plugins.listed[0].reason) from plugins.listed[0].error
    return result


@cache
def _metrics() -> tuple[Mapping[str, Metric], Texts]:
    """All metrics of the installed plugins by id, and the words for them."""
    from cxmaturity.engagement import plugin_texts
    from cxmaturity.plugins import load_plugins
    from cxmaturity.texts import load_texts

    plugins = load_plugins()
    words, plugins = plugin_texts(plugins, "en")
    return {metric.id: metric for _, metric in plugins.metrics}, load_texts("en", words)


# ----------------------------------------------------------------------------------------- comparison


def assert_assessment(actual: Any, expected: Any) -> None:
    """Compare a result, as ``assess --json`` gives it, with a part of what is expected.

    Of a mapping only the keys named in ``expected`` are compared. A list of things that have an ``id`` or a
    ``name`` may be written as a mapping by it: ``{"dimensions": {"culture": {"level": 3}}}``. Numbers may
    differ by a billionth, or by 0.000001. The :class:`AssertionError` names every difference with its place.
    """
    __tracebackhide__ = True
    differences = list(_differences(actual, expected, ""))
    if differences:
        listed = "\n".join(f"  {difference}" for difference in differences)
        raise AssertionError(f"{len(differences)} things are not as expected:\n{listed}")


def _differences(actual: Any, expected: Any, place: str) -> Iterator[str]:
    if isinstance(expected, Mapping):
        yield from _of_mapping(actual, expected, place)
    elif isinstance(expected, list | tuple) and isinstance(actual, list | tuple):
        yield from _of_list(actual, expected, place)
    elif not _same(actual, expected):
        yield f"{place or 'all of it'}: {expected!r} expected, but it is {_short(actual)}"


def _of_mapping(actual: Any, expected: Mapping[Any, Any], place: str) -> Iterator[str]:
    found = _by_name(actual)
    if found is None:
        yield f"{place or 'all of it'}: {_short(expected)} expected, but it is {_short(actual)}"
        return
    for key, value in expected.items():
        inner = f"{place}.{key}" if place else str(key)
        if key in found:
            yield from _differences(found[key], value, inner)
        else:
            yield f"{inner}: {_short(value)} expected, but there is only {_short(list(found))}"


def _by_name(actual: Any) -> Mapping[Any, Any] | None:
    """A mapping, or a list of things with names as one; ``None`` if it is neither."""
    if isinstance(actual, Mapping):
        return actual
    if not isinstance(actual, list | tuple) or not all(isinstance(each, Mapping) for each in actual):
        return None
    for key in ("id", "name"):
        if all(key in each for each in actual):
            return {each[key]: each for each in actual}
    return None


def _of_list(actual: Sequence[Any], expected: Sequence[Any], place: str) -> Iterator[str]:
    if len(actual) != len(expected):
        yield f"{place}: {len(expected)} entries expected, but there are {len(actual)}: {_short(actual)}"
    for position, (found, wanted) in enumerate(zip(actual, expected, strict=False)):
        yield from _differences(found, wanted, f"{place}[{position}]")


def _same(actual: Any, expected: Any) -> bool:
    if _is_number(actual) and _is_number(expected):
        return math.isclose(actual, expected, rel_tol=_RELATIVE, abs_tol=_ABSOLUTE)
    if isinstance(actual, bool) is not isinstance(expected, bool):
        return False  # True is not 1
    return bool(actual == expected)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _short(value: object) -> str:
    text = repr(value)
    return f"{text[:200]}…" if len(text) > 200 else text  # noqa: PLR2004 - two lines of a terminal


# ---------------------------------------------------------------------------------------- conformance


@pytest.fixture(scope="class")
def cxmaturity_verdicts(request: pytest.FixtureRequest) -> Mapping[str, Verdict]:
    """What became of each check of the plugin under test, all of them run once for its class."""
    from cxmaturity.conformance import check_plugin
    from cxmaturity.errors import UserError

    tested: PluginConformance = request.cls()
    try:
        verdicts = check_plugin(tested.plugin, tested.plugins())
    except UserError as error:  # there is no such plugin
        pytest.fail(str(error), pytrace=False)
    return {verdict.check.name: verdict for verdict in verdicts}


class PluginConformance:
    """Every conformance check as a test of its own.

    A subclass whose name begins with ``Test`` names the plugin::

        class TestConformance(PluginConformance):
            plugin = "acme-accessibility"
    """

    plugin: str = ""
    """The name of the plugin, as its entry point has it."""

    def plugins(self) -> Plugins | None:
        """Among which plugins it is looked for: by default those installed. Override it for others."""
        return None

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """One test for each check."""
        from cxmaturity.conformance import CHECKS

        if "check" in metafunc.fixturenames:
            metafunc.parametrize("check", [check.name for check in CHECKS])

    def test_conformance(self, check: str, cxmaturity_verdicts: Mapping[str, Verdict]) -> None:
        """The plugin passes the check."""
        verdict = cxmaturity_verdicts[check]
        if verdict.outcome == "not-run":
            pytest.skip(verdict.detail)
        if not verdict.passed:
            pytest.fail(f"{self.plugin}: not so: {verdict.check.title}\n{verdict.detail}", pytrace=False)
