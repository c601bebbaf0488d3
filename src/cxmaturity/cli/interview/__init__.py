"""``cxmaturity interview DIR``."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path

import click

from cxmaturity.cli import DONE, INCOMPLETE, Options


@dataclass(frozen=True)
class Wanted:
    """What was said on the command line."""

    options: Options
    folder: Path
    respondent: str | None
    role: str | None
    department: str | None
    language: str | None

    def again(self, respondent: str | None) -> str:
        """The command line that goes on with a respondent, or with the next."""
        words = ["cxmaturity"]
        words += [] if self.options.third_party else ["--no-third-party"]
        for folder in self.options.plugins_dirs:
            words += ["--plugins-dir", str(folder)]
        words += ["interview", str(self.folder)]
        words += ["--respondent", respondent] if respondent else []
        words += ["--lang", self.language] if self.language else []
        return shlex.join(words)


@click.command("interview")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--respondent", metavar="ID", help="Who answers, such as r07.  [default: asked]")
@click.option("--role", metavar="ROLE", help="Ask only the questions for this role.  [default: all]")
@click.option("--department", metavar="NAME", help="The person's department.  [default: asked]")
@click.option(
    "--lang", "language", metavar="LANG", help="The questions' language.  [default: the workspace's]"
)
@click.pass_obj
def command(  # noqa: PLR0913 - a parameter for each option
    options: Options,
    folder: Path,
    *,
    respondent: str | None,
    role: str | None,
    department: str | None,
    language: str | None,
) -> int:
    """Ask the questions of the workspace DIR here, one at a time.

    The answers go to DIR/responses/ID.yaml after each question. The same command goes on where an
    interview stopped, by q, Ctrl-C, Ctrl-D or a crash. Answers may also be piped in, one a line.
    Exit code 0: saved, to the end or not; 1: a part of the questionnaire could not be asked; 2: the input
    is wrong.
    """
    from cxmaturity.cli.interview.sitting import hold  # lazy: rich, and all that reads files

    complete = hold(Wanted(options, folder, respondent, role, department, language))
    return DONE if complete else INCOMPLETE
