"""What ``--traceback`` shows: where in its code a plugin failed."""

from __future__ import annotations

import traceback
from collections.abc import Iterable

import click

from cxmaturity.cli import Options
from cxmaturity.plugins import Plugin


def show_tracebacks(plugins: Iterable[Plugin], options: Options) -> None:
    """Print the tracebacks of plugins that failed on stderr, if that was asked for."""
    if options.traceback:
        for plugin in plugins:
            if plugin.error is not None:
                click.echo("".join(traceback.format_exception(plugin.error)), err=True)
