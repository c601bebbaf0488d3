"""``cxmaturity plugins list``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

import click

from cxmaturity.api import API_VERSION
from cxmaturity.cli import DONE, INCOMPLETE, Options
from cxmaturity.cli.commands import Command, all_commands, find_commands
from cxmaturity.cli.tracebacks import show_notes, show_tracebacks
from cxmaturity.plugins import Plugin, load_plugins


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@click.pass_obj
def command(options: Options, *, as_json: bool) -> int:
    """List the plugins that were found, and what became of each.

    Exit code 1 says that one of them cannot be used.
    """
    listed = with_commands(load_plugins(options.selection).listed, third_party=options.third_party)
    if as_json:
        click.echo(json.dumps([_data(plugin) for plugin in listed], indent=2, ensure_ascii=False))
    else:
        _print(listed)
    show_notes(listed)
    show_tracebacks(listed, options)
    return DONE if all(plugin.state == "active" for plugin in listed) else INCOMPLETE


def with_commands(listed: tuple[Plugin, ...], *, third_party: bool) -> tuple[Plugin, ...]:
    """The plugins with the commands of their distributions, which are not imported for a list.

    A distribution that brings nothing but commands is listed under its own name.
    """
    offered: dict[str, list[Command]] = {}
    for each in all_commands(third_party=third_party):
        offered.setdefault(each.distribution, []).append(each)
    used = find_commands(third_party=third_party)
    first = {plugin.distribution: plugin.name for plugin in reversed(listed)}
    alone = tuple(
        Plugin(distribution, commands[0].version, distribution)
        for distribution, commands in offered.items()
        if distribution not in first
    )
    owners = first | {plugin.distribution: plugin.name for plugin in alone}
    return tuple(
        _with_commands(plugin, offered[plugin.distribution], used)
        if plugin.distribution in offered and owners[plugin.distribution] == plugin.name
        else plugin
        for plugin in (*listed, *alone)
    )


def _with_commands(plugin: Plugin, commands: list[Command], used: Mapping[str, Command]) -> Plugin:
    taken = tuple(
        f"its command '{each.name}' is that of {used[each.name].distribution}"
        for each in commands
        if used[each.name].distribution != each.distribution
    )
    return replace(plugin, hooks=(*plugin.hooks, "commands"), notes=(*plugin.notes, *taken))


def _data(plugin: Plugin) -> dict[str, object]:
    return {
        "name": plugin.name,
        "version": plugin.version,
        "distribution": plugin.distribution,
        "api": plugin.api,
        "hooks": list(plugin.hooks),
        "dimensions": list(plugin.dimensions),
        "state": plugin.state,
        "reason": plugin.reason or None,
        "notes": list(plugin.notes),
    }


def _print(listed: tuple[Plugin, ...]) -> None:
    from cxmaturity.cli.terminal import print_table

    print_table(
        ("plugin", "version", "distribution", "hooks", "dimensions", "state"),
        [
            (
                plugin.name,
                plugin.version,
                plugin.distribution,
                ", ".join(plugin.hooks),
                ", ".join(plugin.dimensions),
                plugin.state,
            )
            for plugin in listed
        ],
    )
    for plugin in listed:
        if plugin.reason:
            click.echo(f"{plugin.name} ({plugin.distribution}) {plugin.state}: {plugin.reason}")
    click.echo(f"Plugin API: {API_VERSION}")
