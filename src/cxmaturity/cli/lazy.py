"""A group of commands that are imported when they are called."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


class LazyGroup(click.Group):
    """Lists its commands without importing them."""

    def __init__(
        self, *arguments: Any, package: str, listed: Mapping[str, tuple[str, str]], **more: Any
    ) -> None:
        """``listed`` has for each command its module in ``package``, and what it does."""
        super().__init__(*arguments, **more)
        self._package = package
        self._listed = listed

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, in the order in which one meets them."""
        del ctx
        return list(self._listed)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported."""
        del ctx
        if cmd_name not in self._listed:
            return None
        module, _ = self._listed[cmd_name]
        command: click.Command = import_module(f"{self._package}.{module}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in ``--help``."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, what) for name, (_, what) in self._listed.items()])
