"""``cxmaturity report``: a PDF where it was asked for, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Cli = Callable[..., Any]
Write = Callable[..., Path]

ROWS = "1,2026-01-01,\n"


@pytest.fixture
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaves out the typesetting, which tests/report shows."""
    monkeypatch.setattr("cxmaturity.report.pdf.pdf_bytes", lambda *_, **__: b"%PDF-made-up")


@pytest.mark.usefixtures("_quick")
def test_the_path_of_the_report_is_all_that_is_printed(
    with_customers: Write, cli: Cli, tmp_path: Path
) -> None:
    folder = with_customers(ROWS)
    done = cli("report", folder)
    assert (done.code, done.out, done.err) == (0, f"{folder / 'reports/report.pdf'}\n", "")
    assert (folder / "reports/report.pdf").read_bytes() == b"%PDF-made-up"
    other = tmp_path / "new" / "acme.pdf"
    assert cli("report", folder, "-o", other).out == f"{other}\n"
    assert [path.name for path in other.parent.iterdir()] == ["acme.pdf"]


@pytest.mark.usefixtures("_quick")
def test_with_something_left_out_there_is_a_report_and_exit_code_1(with_customers: Write, cli: Cli) -> None:
    folder = with_customers(f"{ROWS}2,soon,\n")
    done = cli("report", folder)
    assert done.code == 1
    assert "customers.csv:3:" in done.err
    assert (folder / "reports/report.pdf").is_file()


@pytest.mark.usefixtures("_quick")
@pytest.mark.parametrize("kind", ["folder", "inside a file"])
def test_a_path_that_cannot_be_written_is_the_users_mistake(
    kind: str, with_customers: Write, cli: Cli, tmp_path: Path
) -> None:
    place = tmp_path / "place"
    if kind == "folder":
        place.mkdir()
        output = place
    else:
        place.write_text("precious", encoding="utf-8")
        output = place / "report.pdf"
    before = sorted(tmp_path.rglob("*"))
    done = cli("report", with_customers(ROWS), "-o", output)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"{output}: cannot be written (")
    assert [path for path in sorted(tmp_path.rglob("*")) if path in before or "place" in path.name] == before
    assert not place.is_file() or place.read_text(encoding="utf-8") == "precious"


@pytest.mark.usefixtures("_quick")
def test_a_former_report_stays_when_the_new_one_cannot_be_written(
    with_customers: Write, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = with_customers(ROWS)
    old = folder / "reports" / "report.pdf"
    old.parent.mkdir()
    old.write_bytes(b"old")

    def full(*_: object) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    done = cli("report", folder)
    assert done.code == 2
    assert "No space left on device" in done.err
    assert old.read_bytes() == b"old"
    assert list(old.parent.iterdir()) == [old]
