"""What is said of plugins on stderr: notes on them, and with ``--traceback`` where they failed."""

from __future__ import annotations

import traceback
from collections.abc import Iterable

import click

from cxmaturity.cli import Options
from cxmaturity.plugins import Plugin


def show_notes(plugins: Iterable[Plugin]) -> None:
    """Print the remarks on plugins, such as on hooks that will go, each with the plugin's name."""
    for plugin in plugins:
        for note in plugin.notes:
            click.echo(f"note: {plugin.origin}: {note}", err=True)


def show_tracebacks(plugins: Iterable[Plugin], options: Options) -> None:
    """Print the tracebacks of plugins that failed on stderr, if that was asked for."""
    if options.traceback:
        for plugin in plugins:
            if plugin.error is not None:
                click.echo("".join(traceback.format_exception(plugin.error)), err=True)
