"""The commands: found among the entry points, ours like those of plugins, and imported when called.

A plugin's command is somebody else's code: what it raises is named with its distribution, and is no
bug of ours.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click


GROUP = "cxmaturity.commands"
FIRST_PARTY = "cxmaturity"

OURS = {
    "init": "Start a new workspace.",
    "questionnaires": "List the questionnaires, show one, or print the file format's JSON Schema.",
    "responses": "Read what survey tools have collected.",
    "check": "Everything wrong with a workspace, a questionnaire or a catalogue, each with its place.",
    "interview": "Ask a workspace's questions in the terminal, save each answer, and go on later.",
    "sheet": "Write an answer sheet to send out: a workbook, a CSV or a YAML file.",
    "evidence": "Customer data: how it is read, how good it is, and queries for others to run.",
    "assess": "Score a workspace's answers and weigh them against its customer data.",
    "explain": "What a score is made of, what would raise it, and how much it hangs on its weights.",
    "plan": "The roadmap: the target at the soonest or the most maturity, and what would change it.",
    "report": "Write the report of a workspace as PDF, HTML or data.",
    "compare": "What changed from one assessment to a later one, and what became of the plan.",
    "plugins": "List the plugins that were found, write a new one, or put one to the test.",
    "demo": "A complete assessment of the made-up example company, to a PDF.",
}
"""What ours do, in the order in which one meets them: to be listed without being imported."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command that has been found: its name, what it does in a line, and whose it is."""

    name: str
    distribution: str
    version: str
    point: EntryPoint = field(compare=False)

    @property
    def first_party(self) -> bool:
        """Whether it comes with the product."""
        return self.distribution == FIRST_PARTY

    @property
    def what(self) -> str:
        """What it does, or whose it is: a plugin's command is not imported for a list."""
        return OURS[self.name] if self.first_party else f"From {self.distribution} {self.version}."

    def load(self) -> click.Command:
        """The command, imported. One of a plugin that cannot be becomes a command that says so."""
        if self.first_party:
            ours: click.Command = self.point.load()
            return ours
        from cxmaturity.cli.strangers import guarded_command  # lazy: ours need none of it

        return guarded_command(self)


def all_commands(*, third_party: bool = True) -> list[Command]:
    """Every command that is installed: ours in their order, then those of plugins by name."""
    places = {name: place for place, name in enumerate(OURS)}
    found = [
        Command(point.name, *_distribution(point), point)
        for point in entry_points(group=GROUP)
        if third_party or _distribution(point)[0] == FIRST_PARTY
    ]
    last = len(places)
    return sorted(
        found,
        key=lambda each: (
            not each.first_party,
            places.get(each.name, last) if each.first_party else last,
            each.name,
            each.distribution,
        ),
    )


def find_commands(*, third_party: bool = True) -> dict[str, Command]:
    """The commands by name. Who is first has the name: ours, then by distribution."""
    found: dict[str, Command] = {}
    for each in all_commands(third_party=third_party):
        found.setdefault(each.name, each)
    return found


def _distribution(point: EntryPoint) -> tuple[str, str]:
    """Name and version of what an entry point belongs to; one whose metadata are broken has neither."""
    distribution = point.dist
    if distribution is None:
        return "unknown", "unknown"
    return distribution.name or "unknown", distribution.version or "unknown"
