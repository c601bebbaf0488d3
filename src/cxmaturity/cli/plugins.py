"""``cxmaturity plugins``."""

from __future__ import annotations

import json

import click

from cxmaturity.cli import DONE, INCOMPLETE, Options
from cxmaturity.cli.tracebacks import show_tracebacks
from cxmaturity.plugins import Plugin, load_plugins


@click.command("plugins")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@click.pass_obj
def command(options: Options, *, as_json: bool) -> int:
    """List the plugins that were found, and what became of each.

    Exit code 1 says that one of them cannot be used.
    """
    listed = load_plugins(third_party=options.third_party).listed
    if as_json:
        click.echo(json.dumps([_data(plugin) for plugin in listed], indent=2, ensure_ascii=False))
    else:
        _print(listed)
    show_tracebacks(listed, options)
    return DONE if all(plugin.state == "active" for plugin in listed) else INCOMPLETE


def _data(plugin: Plugin) -> dict[str, object]:
    return {
        "name": plugin.name,
        "version": plugin.version,
        "distribution": plugin.distribution,
        "dimensions": list(plugin.dimensions),
        "state": plugin.state,
        "reason": plugin.reason or None,
    }


def _print(listed: tuple[Plugin, ...]) -> None:
    from cxmaturity.cli.terminal import print_table

    print_table(
        ("plugin", "version", "distribution", "dimensions", "state"),
        [
            (
                plugin.name,
                plugin.version,
                plugin.distribution,
                ", ".join(plugin.dimensions),
                f"{plugin.state}: {plugin.reason}" if plugin.reason else plugin.state,
            )
            for plugin in listed
        ],
    )
