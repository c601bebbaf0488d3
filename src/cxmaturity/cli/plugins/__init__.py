"""``cxmaturity plugins``: a group whose commands are imported when they are called."""

from __future__ import annotations

import click

from cxmaturity.cli.lazy import LazyGroup

_COMMANDS = {
    "list": ("listing", "List the plugins that were found, and what became of each."),
    "new": ("new", "Write a new plugin that works, as a distribution of its own."),
    "check": ("check", "Put an installed plugin to the test."),
}


@click.group("plugins", cls=LazyGroup, package=__name__, listed=_COMMANDS, invoke_without_command=True)
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
