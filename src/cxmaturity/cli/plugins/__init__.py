"""``cxmaturity plugins``: a group whose commands are imported when they are called."""

from __future__ import annotations

from importlib import import_module

import click

_COMMANDS = {
    "list": ("listing", "List the plugins that were found, and what became of each."),
    "new": ("new", "Write a new plugin that works, as a distribution of its own."),
    "check": ("check", "Put an installed plugin to the test."),
}
"""Each with its module, and what it does: to be listed without being imported."""


class _LazyPlugins(click.Group):
    """Lists its commands without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, in the order in which one meets them."""
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module, _ = _COMMANDS[cmd_name]
        command: click.Command = import_module(f"cxmaturity.cli.plugins.{module}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in ``--help``."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, what) for name, (_, what) in _COMMANDS.items()])


@click.group("plugins", cls=_LazyPlugins, invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@click.pass_context
def command(ctx: click.Context, *, as_json: bool) -> int | None:
    """List the plugins that were found, write a new one, or put one to the test.

    Without a command it lists them. Exit code 1 says that one of them cannot be used.
    """
    if ctx.invoked_subcommand is not None:
        return None
    from cxmaturity.cli.plugins.listing import command as list_command

    code: int = ctx.invoke(list_command, as_json=as_json)
    return code
