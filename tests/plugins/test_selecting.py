"""Which plugins are used: those installed, those in a folder, and those that somebody does without."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

import cxmaturity
from cxmaturity.plugins import FIRST_PARTY, Selection, load_plugins

Install = Callable[..., EntryPoint]
Cli = Callable[..., Any]
Loose = Callable[..., Path]

HARMLESS = "CXMATURITY_API = 1\n"
MUST_NOT_BE_IMPORTED = "raise SystemExit('it was imported')\n"
FIVES = """
    def combine(self, practices, metrics):
        return Score(5.0, (Contribution("accessibility", 5.0, 1.0),))
"""


@pytest.fixture
def loose(tmp_path: Path) -> Iterator[Loose]:
    """``loose({"acme.py": source})`` writes plugin files into a folder and gives it."""
    root = tmp_path / "loose"
    before = set(sys.modules)

    def write(files: dict[str, str], folder: str = "mine") -> Path:
        for name, source in files.items():
            path = root / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(source), encoding="utf-8")
        return root / folder

    yield write
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(root)):
            del sys.modules[name]


@pytest.fixture
def listed(cli: Cli) -> Callable[..., dict[str, Any]]:
    """``listed(*options)`` leads from third-party plugins to what ``plugins --json`` says of them."""

    def run(*options: object) -> dict[str, Any]:
        everything = json.loads(cli(*options, "plugins", "--json").out)
        assert {each["state"] for each in everything if each["distribution"] == FIRST_PARTY} == {"active"}
        return {each["name"]: each for each in everything if each["distribution"] != FIRST_PARTY}

    return run


# ----------------------------------------------------------------------------------------- the environment


@pytest.mark.parametrize(
    ("said", "used"),
    [
        (None, {"acme", "mid", "zeta"}),
        ("acme", {"acme"}),
        (" acme , zeta,", {"acme", "zeta"}),
        ("", set()),
        (" , ", set()),
        ("culture,mid", {"mid"}),  # ours are always there, named or not
    ],
)
def test_the_environment_names_those_that_are_used(
    said: str | None,
    used: set[str],
    install: Install,
    listed: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("acme", "mid", "zeta"):
        install(name, HARMLESS)
    if said is not None:
        monkeypatch.setenv("CXMATURITY_PLUGINS", said)
    assert listed().keys() == used


def test_a_plugin_that_the_environment_does_not_name_is_not_imported(
    install: Install, listed: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    install("acme", HARMLESS)
    install("zeta", MUST_NOT_BE_IMPORTED)
    assert listed()["zeta"]["state"] == "failed"  # the trap works
    monkeypatch.setenv("CXMATURITY_PLUGINS", "acme")
    assert list(listed()) == ["acme"]


def test_a_name_in_the_environment_that_is_no_plugin_is_refused(
    install: Install, three: Callable[..., Path], cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = three()
    install("acme", HARMLESS)
    install("zeta", HARMLESS)
    monkeypatch.setenv("CXMATURITY_PLUGINS", "acme,acmee")
    for command in (("plugins",), ("assess", folder), ("report", folder)):
        done = cli(*command)
        assert (done.code, done.out) == (2, "")
        assert done.err == "CXMATURITY_PLUGINS: there is no plugin 'acmee'; use some of acme, zeta\n"
    assert not (folder / "reports").exists()


@pytest.mark.usefixtures("install")
def test_where_nothing_is_installed_a_name_in_the_environment_says_so(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CXMATURITY_PLUGINS", "acme")
    done = cli("plugins")
    assert done.code == 2
    assert done.err == "CXMATURITY_PLUGINS: there is no plugin 'acme'; none is installed; unset it\n"


def test_without_third_parties_nobody_looks_at_the_environment(
    install: Install, listed: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    install("acme", MUST_NOT_BE_IMPORTED)
    monkeypatch.setenv("CXMATURITY_PLUGINS", "nothing-of-the-kind")
    assert listed("--no-third-party") == {}


# ------------------------------------------------------------------------------------------ loose plugins


def test_files_and_packages_of_a_folder_are_plugins(
    loose: Loose,
    scorer: Callable[..., str],
    three: Callable[..., Path],
    assessed: Callable[..., Any],
    listed: Callable[..., Any],
) -> None:
    folder = loose(
        {
            "acme_ramps.py": scorer(FIVES),
            "a_package/__init__.py": HARMLESS,
            "_helper.py": MUST_NOT_BE_IMPORTED,
            "_private/__init__.py": MUST_NOT_BE_IMPORTED,
            "no_package/data.py": MUST_NOT_BE_IMPORTED,
            "not-a-module.py": MUST_NOT_BE_IMPORTED,
            "notes.txt": "Not Python.",
        }
    )
    found = listed("--plugins-dir", folder)
    assert {name: (each["state"], each["version"], each["distribution"]) for name, each in found.items()} == {
        "a-package": ("active", "unknown", f"file:{folder}/a_package"),
        "acme-ramps": ("active", "unknown", f"file:{folder}/acme_ramps.py"),
    }
    data, code, err = assessed(three(), "--plugins-dir", folder)
    assert (code, err) == (0, "")
    assert (data["dimensions"][2]["plugin"], data["dimensions"][2]["score"]) == ("acme-ramps", 5.0)


def test_several_folders_may_be_named(loose: Loose, listed: Callable[..., Any]) -> None:
    one, other = loose({"one.py": HARMLESS}, "first"), loose({"other.py": HARMLESS}, "second")
    assert listed("--plugins-dir", one, "--plugins-dir", other).keys() == {"one", "other"}
    twice = loose({"one.py": HARMLESS}, "third")
    found = json.dumps(listed("--plugins-dir", one, "--plugins-dir", twice))
    assert "another plugin is called 'one' too; uninstall one of them" in found


def test_a_folder_that_is_not_there_is_the_users_mistake(cli: Cli, tmp_path: Path) -> None:
    done = cli("--plugins-dir", tmp_path / "gone", "plugins")
    assert (done.code, done.out) == (2, "")
    assert "'--plugins-dir'" in done.err


def test_the_version_is_what_the_module_says(loose: Loose, listed: Callable[..., Any]) -> None:
    folder = loose(
        {
            "said.py": "__version__ = '2.5'\nCXMATURITY_API = 1\n",
            "unsaid.py": HARMLESS,
            "a_number.py": "__version__ = 2.5\nCXMATURITY_API = 1\n",
            "broken.py": "__version__ = '2.5'\nraise ValueError\n",
        }
    )
    found = listed("--plugins-dir", folder)
    assert {name: each["version"] for name, each in found.items()} == {
        "said": "2.5",
        "unsaid": "unknown",
        "a-number": "unknown",
        "broken": "unknown",
    }


def test_an_installed_plugins_version_is_its_distributions(
    install: Install, listed: Callable[..., Any]
) -> None:
    install("acme", "__version__ = '99'\nCXMATURITY_API = 1\n", version="1.2")
    assert listed()["acme"]["version"] == "1.2"


def test_a_loose_package_imports_its_own_modules_both_ways(
    loose: Loose, three: Callable[..., Path], assessed: Callable[..., Any]
) -> None:
    folder = loose(
        {
            "made_up_ramps/__init__.py": """
                from made_up_ramps.absolute import Base
                from . import relative
                from cxmaturity.api import hookimpl, resource
                CXMATURITY_API = 1
                assert resource(__name__, "data.txt").read_text() == "data"
                class Made(Base):
                    combine = relative.combine
                @hookimpl
                def cxmaturity_scorers():
                    return [Made()]
            """,
            "made_up_ramps/absolute.py": """
                from cxmaturity.api import Scorer
                class Base(Scorer):
                    dimension = "accessibility"
            """,
            "made_up_ramps/relative.py": """
                from cxmaturity.api import Contribution, Score
                def combine(self, practices, metrics):
                    return Score(2.0, (Contribution("x", 2.0, 1.0),))
            """,
            "made_up_ramps/data.txt": "data",
        }
    )
    data, code, err = assessed(three(), "--plugins-dir", folder)
    assert (code, err) == (0, "")
    assert (data["dimensions"][2]["plugin"], data["dimensions"][2]["score"]) == ("made-up-ramps", 2.0)


@pytest.mark.parametrize(
    ("file", "source", "reason"),
    [
        ("json.py", HARMLESS, "there is another module 'json'; rename json.py"),
        ("cxmaturity.py", HARMLESS, "there is another module 'cxmaturity'; rename cxmaturity.py"),
        (
            "cxmaturity_culture.py",
            HARMLESS,
            "there is another module 'cxmaturity_culture'; rename cxmaturity_culture.py",
        ),
        ("colorsys/__init__.py", HARMLESS, "there is another module 'colorsys'; rename colorsys"),
        ("acme.py", "raise ValueError('no idea')\n", "ValueError: no idea"),
        ("acme.py", "raise SystemExit(3)\n", "SystemExit: 3"),
        ("acme.py", "import made_up_and_missing\n", "No module named 'made_up_and_missing'"),
        ("acme.py", "def broken(:\n", "SyntaxError"),
        ("acme.py", "import sys\ndel sys.modules[__name__]\nraise ValueError('gone')\n", "ValueError: gone"),
        ("acme/__init__.py", "from . import missing\n", "ImportError"),
    ],
)
def test_a_loose_plugin_that_cannot_be_used_is_named_and_changes_nothing(
    *,
    file: str,
    source: str,
    reason: str,
    loose: Loose,
    three: Callable[..., Path],
    assessed: Callable[..., Any],
    others: Callable[..., str],
) -> None:
    workspace = three()
    before, _, _ = assessed(workspace)
    folder = loose({file: source})
    after, code, err = assessed(workspace, "--plugins-dir", folder)
    assert code == 1
    bad = next(each for each in after["plugins"] if each["distribution"].startswith("file:"))
    place = file.removesuffix("/__init__.py")
    assert (bad["state"], bad["distribution"]) == ("failed", f"file:{folder}/{place}")
    assert reason in bad["reason"]
    assert f"warning: plugin “{bad['name']}” (file:{folder}/{place}) failed: " in err
    assert after["dimensions"] == before["dimensions"]
    assert others(after, "") == others(before, "")


def test_a_loose_plugin_that_failed_leaves_no_module_behind(loose: Loose) -> None:
    folder = loose({"made_up_half.py": "half = 1\nraise ValueError\n"})
    load_plugins(Selection(folders=(folder,)))
    assert "made_up_half" not in sys.modules


def test_a_loose_plugin_cannot_pose_as_one_of_ours(
    loose: Loose, scorer: Callable[..., str], three: Callable[..., Path], assessed: Callable[..., Any]
) -> None:
    workspace = three()
    before, _, _ = assessed(workspace)
    folder = loose({"culture.py": scorer(FIVES, dimension="culture")})
    after, code, err = assessed(workspace, "--plugins-dir", folder)
    assert code == 1
    assert after["dimensions"] == before["dimensions"]
    assert (
        f"plugin “culture” (file:{folder}/culture.py) failed: another plugin is called 'culture' too" in err
    )
    listed = [each["distribution"] for each in after["plugins"] if each["name"] == "culture"]
    assert listed == [FIRST_PARTY, f"file:{folder}/culture.py"]


def test_the_environment_and_no_third_party_hold_for_loose_plugins_too(
    loose: Loose, listed: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = loose({"one.py": HARMLESS, "other.py": MUST_NOT_BE_IMPORTED})
    assert listed("--no-third-party", "--plugins-dir", folder) == {}
    monkeypatch.setenv("CXMATURITY_PLUGINS", "one")
    assert list(listed("--plugins-dir", folder)) == ["one"]
    monkeypatch.setenv("CXMATURITY_PLUGINS", "")
    assert listed("--plugins-dir", folder) == {}


def test_the_same_folder_may_be_looked_at_again_in_one_process(
    loose: Loose, scorer: Callable[..., str], three: Callable[..., Path]
) -> None:
    """Two engagements, one after the other, as a script would load them."""
    selection = Selection(folders=(loose({"acme.py": scorer(FIVES)}),))
    for _ in range(2):
        engagement = cxmaturity.load(three(), selection=selection)
        assert cxmaturity.assess(engagement).dimension("accessibility").plugin == "acme"


def test_a_folder_that_python_looks_into_anyway_may_be_named(
    loose: Loose, listed: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the folder one is in, under ``python -m cxmaturity --plugins-dir .``."""
    folder = loose({"made_up_here.py": HARMLESS})
    monkeypatch.syspath_prepend(str(folder))
    assert listed("--plugins-dir", folder)["made-up-here"]["state"] == "active"


# ------------------------------------------------------------------------------- what the workspace disables


def test_a_disabled_plugin_is_not_imported_and_that_is_no_failure(
    install: Install, three: Callable[..., Path], cli: Cli, assessed: Callable[..., Any]
) -> None:
    install("acme", MUST_NOT_BE_IMPORTED)
    _, code, _ = assessed(three())
    assert code == 1  # the trap works
    folder = three({"plugins": {"disable": ["acme"]}})
    data, code, err = assessed(folder)
    assert (code, err) == (0, "")
    plugin = next(each for each in data["plugins"] if each["name"] == "acme")
    assert (plugin["state"], plugin["distribution"], plugin["version"]) == ("disabled", "acme-cx", "1.2")
    assert plugin["reason"] == "assessment.yaml disables it"
    assert data["warnings"] == []
    assert cli("check", folder).code == 0
    written = cli("report", folder, "--format", "html")
    assert (written.code, written.err) == (0, "")
    page = Path(written.out.strip()).read_text(encoding="utf-8")
    row = "<td>acme</td><td>1.2</td><td>acme-cx</td><td>assessment.yaml disables it</td>"
    assert row in page


def test_disabling_a_plugin_is_as_if_it_were_not_installed(
    *,
    install: Install,
    scorer: Callable[..., str],
    three: Callable[..., Path],
    assessed: Callable[..., Any],
) -> None:
    without, _, _ = assessed(three())
    install("acme", scorer(FIVES))
    used, _, _ = assessed(three())
    disabled, code, _ = assessed(three({"plugins": {"disable": ["acme"]}}))
    assert code == 0
    assert used["dimensions"] != without["dimensions"]
    for key in without.keys() - {"plugins"}:
        assert disabled[key] == without[key], key


def test_one_of_ours_may_be_disabled_and_the_shared_default_scores(
    three: Callable[..., Path], assessed: Callable[..., Any]
) -> None:
    data, code, _ = assessed(three({"plugins": {"disable": ["culture"]}}))
    assert code == 0
    culture = data["dimensions"][0]
    # same: 3 of five is 2/4, so 3.0; 2 of five is 1/4, so 2.0; their mean is 2.5
    assert (culture["id"], culture["plugin"], culture["score"]) == ("culture", None, 2.5)
    assert not [each for each in data["recommendations"] if each["plugin"] == "culture"]


@pytest.mark.parametrize(
    ("decisions", "place", "problem"),
    [
        ({"disable": ["acme", "acmee"]}, "- acmee", "there is no plugin 'acmee'; use one of core, culture, "),
        ({"disable": ["core"]}, "- core", "nothing works without 'core'; take it out of `disable`"),
        (
            {"disable": ["acme"], "dimensions": {"accessibility": "acme"}},
            "acme\n",
            "'acme' is disabled as well; take it out of `disable`, or from here",
        ),
        (
            {"disable": ["acme"], "may_cap": ["acme"]},
            "acme\n",
            "'acme' is disabled as well; take it out of `disable`, or from here",
        ),
    ],
)
def test_a_decision_that_makes_no_sense_is_located_and_takes_nothing_down(
    *,
    decisions: dict[str, Any],
    place: str,
    problem: str,
    install: Install,
    three: Callable[..., Path],
    assessed: Callable[..., Any],
    cli: Cli,
) -> None:
    install("acme", HARMLESS)
    folder = three({"plugins": decisions})
    lines = (folder / "assessment.yaml").read_text(encoding="utf-8").splitlines(keepends=True)
    number, text = next(
        (n, t) for n, t in reversed([*enumerate(lines, 1)]) if t.endswith(f"{place.strip()}\n")
    )
    column = text.index(place.strip().removeprefix("- ")) + 1
    data, code, err = assessed(folder)
    assert code == 1
    assert f"warning: assessment.yaml:{number}:{column}: {problem}" in err
    assert data["overall"]["score"] is not None
    checked = cli("check", folder)
    assert checked.code == 2
    assert f"{folder}/assessment.yaml:{number}:{column}: {problem}" in checked.err


def test_without_third_parties_their_names_in_a_workspace_are_no_problem(
    install: Install, three: Callable[..., Path], assessed: Callable[..., Any]
) -> None:
    install("acme", HARMLESS)
    folder = three({"plugins": {"disable": ["acme"], "may_cap": ["zeta"]}})
    _, code, err = assessed(folder, "--no-third-party")
    assert (code, err) == (0, "")
