"""The example that planning.md has its readers redo by hand is what the solver finds."""

from __future__ import annotations

from collections.abc import Callable


def test_the_worked_example_comes_out_so(blocks: Callable[[str, str], dict[str, str]]) -> None:
    page = "docs/planning.md"
    exec(compile(blocks(page, "run")["worked-example"], page, "exec"), {})  # noqa: S102 - our own documentation
