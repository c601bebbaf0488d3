"""Commands of plugins, wrapped so that a failure is named and is not taken for a bug of ours."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from cxmaturity.cli import Options, ReportedError
from cxmaturity.errors import UserError
from cxmaturity.plugins import PluginError, describe, guarded

if TYPE_CHECKING:
    from cxmaturity.cli.commands import Command

T = TypeVar("T")

_NO_FAILURE = (click.ClickException, click.Abort, click.exceptions.Exit, UserError, ReportedError)
"""What a command may raise to say something to the user."""
_NOT_ITS_OWN = (KeyboardInterrupt, BrokenPipeError)
"""What the user does to it: an interruption, and a reader of its output that has gone."""


def guarded_command(command: Command) -> click.Command:
    """A plugin's command; where it cannot be imported, one that says so when it is called."""
    loaded = guarded(command.point.load)
    if not isinstance(loaded, BaseException) and not isinstance(loaded, click.Command):
        loaded = PluginError(f"it is a {type(loaded).__name__} instead of a click command")
    if isinstance(loaded, BaseException):
        return _Guarded(command, _unusable(command, loaded))
    return _Guarded(command, loaded)


def _unusable(command: Command, error: BaseException) -> click.Command:
    """A command that says why it is none, whatever it is called with."""
    return click.Command(
        command.name,
        callback=lambda: _fail(command, error),
        add_help_option=False,
        context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
    )


class _Guarded(click.Command):
    """Runs another command and catches what it raises, a wish to exit included."""

    def __init__(self, command: Command, inner: click.Command) -> None:
        super().__init__(command.name)
        self._command, self._inner = command, inner

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The context of the command itself, so that its options and its help are its own."""
        inner = self._inner
        context = _run(self._command, lambda: inner.make_context(info_name, args, parent=parent, **extra))
        context.command = self
        return context

    def invoke(self, ctx: click.Context) -> Any:
        """Run it. A whole number that it gives is the exit code; anything else means nothing."""
        ctx.command = self._inner
        result = _run(self._command, lambda: self._inner.invoke(ctx))
        return result if type(result) is int else None


def _run(command: Command, call: Callable[[], T]) -> T:
    try:
        return call()
    except (*_NO_FAILURE, *_NOT_ITS_OWN):
        raise
    except BaseException as error:  # noqa: BLE001 - somebody else's code
        _fail(command, error)


def _fail(command: Command, error: BaseException) -> NoReturn:
    options = click.get_current_context().find_object(Options)
    click.echo(f"the command '{command.name}' ({command.distribution}) failed: {describe(error)}", err=True)
    if options is not None and options.traceback:
        click.echo("".join(traceback.format_exception(error)), err=True)
    raise ReportedError
