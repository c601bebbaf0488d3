"""What a report can be written as: the core's formats and those of plugins go through one hook."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

Install = Callable[..., EntryPoint]
Cli = Callable[..., Any]

PEOPLE = [{"id": "r01", "answers": {"culture.meaning.same": 3, "retention.loyalty-and-value.scheme": 4}}]


def plugin(body: str, *, name: str = "plain", suffix: str = ".plain") -> str:
    """The source of a plugin with one format."""
    return (
        "from cxmaturity.api import Format, Problem, UserError, hookimpl\nCXMATURITY_API = 1\n"
        f"class Made(Format):\n    name = {name!r}\n    suffix = {suffix!r}\n"
        f"    def render(self, rendering):\n        {body}\n"
        "@hookimpl\ndef cxmaturity_formats():\n    return [Made()]\n"
    )


@pytest.fixture
def folder(workspace: Callable[..., Path]) -> Path:
    return workspace(PEOPLE)


@pytest.mark.parametrize(
    ("arguments", "name"),
    [((), "report.pdf"), (("--format", "html"), "report.html"), (("--format", "json"), "report.json")],
)
def test_the_format_names_the_file(
    arguments: tuple[str, ...], name: str, folder: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cxmaturity.report.pdf.pdf_bytes", lambda _: b"%PDF-made-up")
    done = cli("report", folder, *arguments)
    assert (done.code, done.out.strip()) == (0, str(folder / "reports" / name))
    assert (folder / "reports" / name).is_file()


def test_what_a_files_name_ends_in_names_the_format(folder: Path, cli: Cli, tmp_path: Path) -> None:
    assert cli("report", folder, "-o", tmp_path / "a.JSON").code == 0
    data = json.loads((tmp_path / "a.JSON").read_text(encoding="utf-8"))
    assert data == json.loads(cli("assess", "--json", folder).out)


def test_the_html_page_loads_nothing(folder: Path, cli: Cli, tmp_path: Path) -> None:
    cli("report", folder, "-o", tmp_path / "a.html")
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "<style>" in page
    assert re.findall(r"""(?:src|href)=["'](?!#|data:)""", page) == []
    assert re.findall(r"url\((?!['\"]?(?:data:|#))", page) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--format", "docx"), "there is no format 'docx'; use one of pdf, html, json"),
        (("-o", "a.docx"), "there is no format for '.docx'; use one of .pdf, .html, .json, or --format"),
    ],
)
def test_what_nobody_writes_is_named(
    arguments: tuple[str, ...], said: str, folder: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    done = cli("report", folder, *arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert not (folder / "a.docx").exists()


def test_a_plugins_format_gets_the_data_and_the_page(install: Install, folder: Path, cli: Cli) -> None:
    install("acme", plugin("return f\"{rendering.data['format']} {'<html' in rendering.html()}\".encode()"))
    assert cli("report", folder, "--format", "plain").code == 0
    assert (folder / "reports" / "report.plain").read_bytes() == b"1 True"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("1 / 0", "ZeroDivisionError"),
        ("raise SystemExit(0)", "SystemExit"),
        ("return 'text'", "it gave no bytes"),
        ("rendering.data.clear()", "it gave no bytes"),
    ],
)
def test_a_format_that_fails_is_named_and_the_former_file_stays(
    body: str, said: str, install: Install, folder: Path, cli: Cli
) -> None:
    install("acme", plugin(body))
    former = folder / "reports" / "report.plain"
    former.parent.mkdir()
    former.write_bytes(b"former")
    done = cli("report", folder, "--format", "plain")
    assert (done.code, done.out) == (1, "")
    named = "the plugin 'acme' (acme-cx 1.2) failed writing the format 'plain': "
    assert named in done.err
    assert said in done.err
    assert [path.name for path in former.parent.iterdir()] == ["report.plain"]
    assert former.read_bytes() == b"former"
    assert "Traceback" not in done.err
    shown = cli("--traceback", "report", folder, "--format", "plain").err
    assert len(shown) > len(done.err)


def test_a_problem_that_a_format_names_is_the_users(install: Install, folder: Path, cli: Cli) -> None:
    install("acme", plugin("raise UserError([Problem('a.yaml', 3, 1, 'no', 'say yes')])"))
    done = cli("report", folder, "--format", "plain")
    assert (done.code, done.err) == (2, "a.yaml:3:1: no; say yes\n")


def test_nobody_takes_the_name_of_a_format_of_ours(
    install: Install, folder: Path, cli: Cli, tmp_path: Path
) -> None:
    install("acme", plugin("return b'mine'", name="html", suffix=".html"))
    done = cli("report", folder, "-o", tmp_path / "a.html")
    assert done.code == 1
    assert "“acme” (acme-cx) is refused: it brings the format 'html', which 'core' brings" in done.err
    assert (tmp_path / "a.html").read_bytes() != b"mine"
