"""``cxmaturity plugins check NAME``."""

from __future__ import annotations

import json
import traceback
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from cxmaturity.cli import DONE, INCOMPLETE, Options
from cxmaturity.cli.tracebacks import show_tracebacks

if TYPE_CHECKING:
    from cxmaturity.conformance import Verdict

WORDS = {
    "passed": "passed",
    "failed": "failed",
    "nothing-to-check": "nothing to check",
    "not-run": "not run",
}


@click.command("check")
@click.argument("name", metavar="NAME")
@click.option("--json", "as_json", is_flag=True, help="Print the verdicts as JSON.")
@click.pass_obj
def command(options: Options, name: str, *, as_json: bool) -> int:
    """Put the plugin NAME to the test: does it do right what every plugin must do right?

    Its scorers are asked with made-up answers, and its files are read. Exit code 0: it passes every check;
    1: it does not.
    """
    from cxmaturity.conformance import check_plugin  # lazy: numpy
    from cxmaturity.plugins import load_plugins

    plugins = load_plugins(options.selection)
    verdicts = check_plugin(name, plugins)
    failed = [verdict for verdict in verdicts if not verdict.passed]
    if as_json:
        click.echo(json.dumps(_data(name, verdicts), indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(_lines(verdicts)))
        click.echo(f"{name}: {len(verdicts) - len(failed)} of {len(verdicts)} checks passed")
    show_tracebacks([plugins.named(name)], options)
    _show_errors(verdicts, options)
    return INCOMPLETE if failed else DONE


def _show_errors(verdicts: Sequence[Verdict], options: Options) -> None:
    """Print where in its code the plugin raised something on stderr, if that was asked for."""
    for verdict in verdicts if options.traceback else ():
        if verdict.error is not None:
            click.echo("".join(traceback.format_exception(verdict.error)), err=True)


def _lines(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Each verdict on a line, with what was found on those after it."""
    columns = (
        max(len(WORDS[verdict.outcome]) for verdict in verdicts),
        max(len(verdict.check.name) for verdict in verdicts),
    )
    for verdict in verdicts:
        word, name = WORDS[verdict.outcome], verdict.check.name
        yield f"{word:<{columns[0]}}   {name:<{columns[1]}}   {verdict.check.title}"
        if verdict.outcome == "failed":
            yield from (f"    {line}" for line in verdict.detail.splitlines())


def _data(name: str, verdicts: Sequence[Verdict]) -> dict[str, object]:
    return {
        "plugin": name,
        "passed": all(verdict.passed for verdict in verdicts),
        "checks": [
            {
                "name": verdict.check.name,
                "title": verdict.check.title,
                "outcome": verdict.outcome,
                "detail": verdict.detail or None,
            }
            for verdict in verdicts
        ],
    }
