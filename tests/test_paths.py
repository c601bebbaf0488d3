"""Where paths of a workspace lead, and what they are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from cxmaturity.paths import lies_inside, seen_from


def test_what_lies_inside_is_told_from_what_links_and_dots_lead_out_to(tmp_path: Path) -> None:
    folder = tmp_path / "acme"
    folder.mkdir()
    (folder / "in").symlink_to(folder / "there")
    (folder / "out").symlink_to(tmp_path / "there")
    names = ("there", "in", "a/../there", "out", "../there", "../acme", "/there")
    assert [name for name in names if lies_inside(folder, folder / name)] == [
        "there",
        "in",
        "a/../there",
        "../acme",
    ]


@pytest.mark.parametrize(
    ("path", "seen"),
    [
        ("acme/responses/a.csv", "responses/a.csv"),
        (Path("acme/responses/a.csv"), "responses/a.csv"),
        ("acmes/a.csv", "acmes/a.csv"),
        ("postgresql://host/acme", "postgresql://host/acme"),
    ],
)
def test_a_path_inside_is_named_from_the_folder_and_others_stay_as_written(
    path: str | Path, seen: str
) -> None:
    assert seen_from(Path("acme"), path) == seen
