"""The one family of errors that are the user's to mend, and how they read.

A user error is never a traceback: the command line prints each problem as
``file:line:column: what is wrong; what to do`` and exits with 2. Anything that is not a
:class:`UserError` is a bug of ours and keeps its traceback.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong with something the user gave us.

    ``file`` is shown as the user wrote it; ``line`` and ``column`` count from 1 and are 0 where a
    place inside the file makes no sense (a file that does not exist). ``what`` says what is wrong,
    ``fix`` what to do about it; neither ends in a full stop.
    """

    file: str
    line: int
    column: int
    what: str
    fix: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        text = f"{self.what}; {self.fix}" if self.fix else self.what
        return f"{place}: {text}" if place else text


class UserError(Exception):
    """Input that cannot be used, with every problem found in it (at least one)."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(dict.fromkeys(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    @classmethod
    def about(
        cls, file: str | Path, what: str, fix: str = "", *, line: int = 0, column: int = 0
    ) -> UserError:
        """A user error with one problem."""
        return cls([Problem(str(file), line, column, what, fix)])
