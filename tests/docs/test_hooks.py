"""Each hook has a page in the guide, an example on it that works, and a plugin of ours that uses it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import cxmaturity
from cxmaturity import hookspecs
from cxmaturity.api import API_VERSION
from cxmaturity.conformance import check_plugin
from cxmaturity.plugins import Selection, load_plugins
from cxmaturity.plugins.trying import hook_names
from cxmaturity.questionnaire.loading import load_questionnaire

GUIDE = Path(__file__).parents[2] / "docs" / "plugins"
HOOKS = [name for name in vars(hookspecs) if name.startswith("cxmaturity_")]


@dataclass(frozen=True)
class Bench:
    """What an example is put to work with: see the fixtures of the same names."""

    workspace: Path
    install: Callable[..., str]
    blocks: Callable[[str, str], dict[str, str]]
    unnamed: Callable[[str, str], str]
    write: Callable[[Mapping[str, str], Path], None]
    cli: Callable[..., Any]

    def complete(self) -> Path:
        """Install the complete plugin of index.md, and give the workspace that asks for it."""
        self.install("index.md", "acme_accessibility", "catalogues.md", "questionnaires.md")
        files = self.blocks("docs/plugins/index.md", "title")
        folder = self.workspace.with_name("asks-for-it")
        self.write({name: files[name] for name in ("assessment.yaml", "responses/first.yaml")}, folder)
        return folder

    def assessed(self, folder: Path) -> Any:
        """The result of a workspace in which nothing goes wrong."""
        done = self.cli("assess", "--json", folder)
        assert (done.code, done.err) == (0, "")
        return json.loads(done.out)


@pytest.fixture
def bench(
    *,
    workspace: Path,
    install: Callable[..., str],
    blocks: Callable[[str, str], dict[str, str]],
    unnamed: Callable[[str, str], str],
    write: Callable[[Mapping[str, str], Path], None],
    cli: Callable[..., Any],
) -> Bench:
    return Bench(workspace, install, blocks, unnamed, write, cli)


def entry(entries: list[Any], name: str) -> Any:
    return next(each for each in entries if each["id"] == name)


# ------------------------------------------------------------------------------ one effect for each hook


def scorers(bench: Bench) -> None:
    scored = entry(bench.assessed(bench.complete())["dimensions"], "accessibility")
    assert scored["plugin"] == "acme-accessibility"
    # practices 1 and 5: (1 + 5) / 2 = 3; checking with users is at level 1, so at most 2
    assert (scored["score"], scored["uncapped_level"], scored["level"]) == (3.0, 3, 2)
    assert scored["caps"][0]["reason"].startswith("What nobody concerned has tried is not yet known to work")


def questionnaires(bench: Bench) -> None:
    result = bench.assessed(bench.complete())
    assert [each["id"] for each in result["questionnaires"]] == ["quick-scan", "accessibility"]
    listed = bench.cli("questionnaires").out
    assert "acme-accessibility" in listed
    started = bench.workspace.with_name("started")
    both = ("--questionnaire", "quick-scan", "--questionnaire", "accessibility")
    assert bench.cli("init", started, *both).code == 0
    assert "accessibility.daily-work.detours:" in (started / "responses" / "first.yaml").read_text("utf-8")


def catalogues(bench: Bench) -> None:
    planned = [each["id"] for each in bench.assessed(bench.complete())["recommendations"]]
    assert planned.index("accessibility.one-name") < planned.index("accessibility.trials")


def metrics(bench: Bench) -> None:
    bench.install("metrics.md", "acme_reach")
    settings = "organisation: {name: Acme}\nquestionnaire: questionnaire.yaml\n"
    requests = "date,number of contacts\n2026-03-01,1\n2026-03-02,3\n2026-03-03,1\n2026-03-04,1\n"
    mapping = bench.unnamed("docs/plugins/metrics.md", "yaml")
    bench.write({"assessment.yaml": settings + mapping, "evidence/requests.csv": requests}, bench.workspace)
    metric = entry(bench.assessed(bench.workspace)["metrics"], "first-contact-rate")
    assert (metric["value"], metric["n"], metric["band"]) == (0.75, 4, 4)
    page = bench.workspace / "page.html"
    assert bench.cli("report", bench.workspace, "-o", page).code == 0
    assert "Solved at first contact" in page.read_text("utf-8")


def translations(bench: Bench) -> None:
    bench.install("translations.md", "acme_demo")
    texts = cxmaturity.load(bench.workspace).texts
    from acme_demo import message  # type: ignore[import-not-found]

    page = (GUIDE / "translations.md").read_text("utf-8")
    assert f"*{texts.message(message)}*" in " ".join(page.split())


def sections(bench: Bench) -> None:
    bench.install("sections.md", "acme_unknown")
    answers = bench.workspace / "responses" / "leadership.yaml"
    text = answers.read_text("utf-8")
    answers.write_text(text.replace("trials: nobody", "trials: dont-know"), "utf-8")
    page = bench.workspace / "page.html"
    done = bench.cli("report", bench.workspace, "-o", page)
    assert (done.code, done.err) == (0, "")
    html = page.read_text("utf-8")
    assert "One question on accessibility could not be answered by\u00a0everybody" in html
    assert "<td>Trials before launch</td>" in html
    assert "This page comes from the plugin acme-unknown (acme-unknown 1.0.0)." in html


def formats(bench: Bench) -> None:
    folder = bench.complete()
    bench.install("formats.md", "acme_actions")
    os.environ["CXMATURITY_PLUGINS"] += ",acme-accessibility"  # monkeypatched, so put back afterwards
    done = bench.cli("report", folder, "--format", "actions")
    assert (done.code, done.out.strip()) == (0, str(folder / "reports" / "report.md"))
    lines = (folder / "reports" / "report.md").read_text("utf-8").splitlines()
    assert lines[0] == "# Acme SRL: what to do"
    assert "Give accessibility a name (Managing director, 3 person-days)" in "\n".join(lines)


def readers(bench: Bench) -> None:
    bench.install("readers.md", "acme_kiosk")
    before = bench.assessed(bench.workspace)["overall"]["n"]
    settings = bench.workspace / "assessment.yaml"
    pattern = bench.unnamed("docs/plugins/readers.md", "yaml").strip()
    text = settings.read_text("utf-8").replace("responses: [responses/*.yaml]", pattern)
    settings.write_text(text, "utf-8")
    (kiosk,) = (
        (name, text)
        for name, text in bench.blocks("docs/plugins/readers.md", "title").items()
        if name.endswith(".kiosk")
    )
    bench.write(dict([kiosk]), bench.workspace)
    assert bench.assessed(bench.workspace)["overall"]["n"] == before + 2  # one of three answered nothing
    bench.write({kiosk[0]: kiosk[1].replace("not-shown;3", "not-shown;9")}, bench.workspace)
    done = bench.cli("assess", bench.workspace)
    page = (GUIDE / "readers.md").read_text("utf-8")
    (promised,) = (line.strip() for line in page.splitlines() if "shop-3.kiosk:2:4" in line)
    assert done.code == 2
    assert promised.removesuffix("…").removeprefix("acme/") in done.err


EFFECTS: dict[str, Callable[[Bench], None]] = {
    "cxmaturity_scorers": scorers,
    "cxmaturity_questionnaires": questionnaires,
    "cxmaturity_readers": readers,
    "cxmaturity_formats": formats,
    "cxmaturity_sections": sections,
    "cxmaturity_catalogues": catalogues,
    "cxmaturity_metrics": metrics,
    "cxmaturity_translations": translations,
}
"""For each hook what its example in the guide does, end to end."""


@pytest.mark.parametrize("hook", HOOKS)
def test_every_hook_does_what_its_page_shows(hook: str, bench: Bench) -> None:
    assert hook in EFFECTS, "a new hook needs a page with an example, and its effect here"
    EFFECTS[hook](bench)


@pytest.mark.parametrize("hook", HOOKS)
def test_every_hook_is_documented(hook: str) -> None:
    pages = [page for page in GUIDE.glob("*.md") if f"Hook: `{hook}`" in page.read_text("utf-8")]
    assert len(pages) == 1
    index = (GUIDE / "index.md").read_text("utf-8")
    (row,) = (line for line in index.splitlines() if line.startswith(f"| `{hook}` |"))
    assert f"]({pages[0].name})" in row


@pytest.mark.parametrize("hook", hook_names())
def test_every_hook_is_used_by_a_plugin_of_ours(hook: str) -> None:
    ours = load_plugins(Selection(third_party=False)).listed
    assert [plugin.name for plugin in ours if hook in plugin.hooks]


# ----------------------------------------------------------------------------------- the other examples


@pytest.mark.parametrize(
    "example",
    [
        ("index.md", "acme_accessibility", "catalogues.md", "questionnaires.md"),
        ("scorers.md", "acme_balanced"),
        ("scorers.md", "acme_weakest"),
        ("scorers.md", "acme_findings"),
        ("metrics.md", "acme_reach"),
        ("translations.md", "acme_demo"),
        ("sections.md", "acme_unknown"),
        ("formats.md", "acme_actions"),
        ("readers.md", "acme_kiosk"),
    ],
    ids=lambda example: str(example[1]),
)
def test_each_example_plugin_passes_every_check(
    example: tuple[str, ...], site: Path, install: Callable[..., str]
) -> None:
    name = install(*example)
    for translation in site.rglob("texts.ro.yaml"):
        translation.unlink()  # an excerpt in the guide, and checks want a whole one
    verdicts = check_plugin(name)
    assert [(each.check.name, each.detail) for each in verdicts if not each.passed] == []


@pytest.mark.parametrize(("page", "module"), [("scorers.md", "acme_balanced"), ("metrics.md", "acme_reach")])
def test_each_example_of_a_call_runs(
    page: str, module: str, install: Callable[..., str], blocks: Callable[[str, str], dict[str, str]]
) -> None:
    name = install(page, module)
    exec(compile(blocks(f"docs/plugins/{page}", "run")[name], page, "exec"), {})  # noqa: S102 - our own documentation


@pytest.mark.parametrize(
    ("module", "expected"),
    [
        # practices 1 + 4 × (0 + 0.75) ÷ 2 = 2.5 and, weight 2, 1 + 4 × 4/6 = 11/3
        ("acme_weakest", 2.5),
        ("acme_balanced", (2.5 + 2 * 11 / 3) / 3),
    ],
)
def test_each_example_scorer_scores(module: str, expected: float, bench: Bench) -> None:
    name = bench.install("scorers.md", module)
    (claimed,) = load_plugins().named(name).dimensions
    for file in bench.workspace.rglob("*.yaml"):
        text = file.read_text("utf-8").replace("id: accessibility", f"id: {claimed}")
        text = text.replace("{accessibility:", f"{{{claimed}:")
        file.write_text(text.replace("accessibility.", f"{claimed}."), "utf-8")
    scored = entry(bench.assessed(bench.workspace)["dimensions"], claimed)
    assert scored["score"] == pytest.approx(expected)


def test_the_example_finding_is_given(bench: Bench) -> None:
    bench.install("scorers.md", "acme_findings")
    for file in bench.workspace.rglob("*.yaml"):
        text = file.read_text("utf-8").replace("id: accessibility", "id: known")
        text = text.replace("{accessibility:", "{known:").replace("trials: nobody", "trials: dont-know")
        file.write_text(text.replace("accessibility.", "known."), "utf-8")
    findings = entry(bench.assessed(bench.workspace)["dimensions"], "known")["findings"]
    assert "Trials before launch: 1 do not know, 0 do." in [each["text"] for each in findings]


def test_the_example_translation_of_a_part_is_used(bench: Bench) -> None:
    bench.complete()
    known = load_plugins().known_questionnaires()
    part = load_questionnaire("accessibility", known=known, language="ro")
    assert part.dimensions[0].title == "Accesibilitate"
    trials, detours = part.questions()
    assert trials.answers.options[0].text == "Nimeni din afara proiectului."
    assert detours.topic == "Detours"  # what is missing stays as it is


def test_the_example_command_prints_what_its_page_says(bench: Bench, cli: Callable[..., Any]) -> None:
    bench.install("commands.md", "acme_levels")
    assert "levels" in cli("--help").out
    done = cli("levels", bench.workspace)
    assert (done.code, done.out) == (0, bench.blocks("docs/plugins/commands.md", "title")["printed"])
    assert cli("--no-third-party", "levels", bench.workspace).code == 2


@pytest.mark.parametrize("stated", ["", f"CXMATURITY_API = {API_VERSION + 1}\n"])
def test_a_plugin_for_another_version_is_told_what_the_page_says(
    stated: str, site: Path, cli: Callable[..., Any]
) -> None:
    (site / "loose").mkdir()
    (site / "loose" / "acme_other.py").write_text(stated, "utf-8")
    listed = json.loads(cli("--plugins-dir", site / "loose", "plugins", "--json").out)
    (reason,) = (each["reason"] for each in listed if each["name"] == "acme-other")
    quoted = re.findall(r"has `failed`: \"([^\"]+)\"", (GUIDE / "compatibility.md").read_text("utf-8"))
    assert [words for words in quoted if words in reason]


def test_a_new_plugin_has_the_files_that_the_guide_explains(
    tmp_path: Path, cli: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    page = (GUIDE / "index.md").read_text("utf-8")
    (line,) = (line for line in page.splitlines() if line.startswith("$ cxmaturity plugins new"))
    done = cli(*line.split()[2:])
    assert (done.code, done.out.strip()) == (0, "cxmaturity-accessibility")
    table = page.partition("| file in `cxmaturity-accessibility` |")[2].partition("\n\n")[0]
    names = re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)
    assert names
    assert [name for name in names if not (tmp_path / done.out.strip() / name).exists()] == []


def test_the_example_tests_pass(bench: Bench, tmp_path: Path, site: Path) -> None:
    bench.complete()
    for translation in site.rglob("texts.ro.yaml"):
        translation.unlink()
    tests = tmp_path / "tests"
    bench.write(bench.blocks("docs/plugins/testing.md", "title"), tests)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "."],
        cwd=tests,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "passed" in done.stdout
