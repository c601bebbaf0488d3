"""Paths as seen from a workspace, which may come from somebody else and ask for anything."""

from __future__ import annotations

from pathlib import Path


def lies_inside(folder: Path, path: Path) -> bool:
    """Whether a path leads to a place inside a folder, links followed."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # links that lead to each other
        return False


def seen_from(folder: Path, path: Path | str) -> str:
    """A path as seen from a folder; one outside it stays as it is written."""
    inner = Path(path)
    return inner.relative_to(folder).as_posix() if inner.is_relative_to(folder) else str(path)
