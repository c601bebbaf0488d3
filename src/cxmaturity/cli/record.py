"""The last result of a workspace, kept beside its reports, and what has changed since."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from cxmaturity.api import API_VERSION
from cxmaturity.engagement import Engagement
from cxmaturity.errors import UserError
from cxmaturity.export import FORMAT, as_data, as_text
from cxmaturity.outputs import write_whole
from cxmaturity.result import Assessment
from cxmaturity.roadmap.model import Roadmap

PLACE = ("reports", "assessment.json")
_COMPARED = {"plugins": ("name", "distribution", "version"), "questionnaires": ("id", "version", "sha256")}


def keep_record(folder: Path, engagement: Engagement, assessment: Assessment, roadmap: Roadmap) -> None:
    """Keep a result in the workspace. A file that is none of ours, and a folder that is read-only, stay."""
    path = folder.joinpath(*PLACE)
    if path.exists() and _read(path) is None:
        click.echo(f"note: {path} is no result of cxmaturity and was left as it is", err=True)
        return
    try:
        write_whole(path, as_text(as_data(assessment, roadmap, engagement.texts)).encode("utf-8"))
    except UserError:
        click.echo(f"note: {path} cannot be written, so the next run cannot say what has changed", err=True)


def keep_release(folder: Path, engagement: Engagement) -> None:
    """Keep what a confidential result was made from, so that none that differs by few people follows.

    It is kept before anything is shown, in case the showing is cut short.
    """
    ledger = engagement.workspace.release.ledger
    if ledger is None:
        return
    from cxmaturity.anonymity.ledger import PLACE as LEDGER  # lazy: numpy
    from cxmaturity.anonymity.ledger import write_ledger

    try:
        write_ledger(folder, ledger)
    except UserError:
        path = folder.joinpath(*LEDGER)
        click.echo(
            f"note: {path} cannot be written, so a later result may differ from this by few people", err=True
        )


def say_what_changed(folder: Path, assessment: Assessment) -> None:
    """Name on stderr the plugins and questionnaires that are others than those of the last result."""
    former = _read(folder.joinpath(*PLACE))
    for change in () if former is None else changes(former, assessment):
        click.echo(f"note: since the last assessment {change}", err=True)


def changes(former: dict[str, Any], assessment: Assessment) -> Iterator[str]:
    """What scored or was asked in another version than in a former result, in words."""
    if former.get("plugin_api", API_VERSION) != API_VERSION:
        yield f"the plugin API changed from {former['plugin_api']} to {API_VERSION}"
    # of several plugins of one name the first is used
    before = {each["name"]: (each["distribution"], each["version"]) for each in reversed(former["plugins"])}
    now = {each.name: (each.distribution, each.version) for each in reversed(assessment.plugins)}
    yield from _differences("plugin", before, now)
    asked = {each["id"]: (each["sha256"], each["version"]) for each in former["questionnaires"]}
    asks = {each.id: (each.sha256, each.version) for each in assessment.questionnaires}
    yield from _differences("questionnaire", asked, asks)


def _differences(
    kind: str, before: dict[str, tuple[str, str]], now: dict[str, tuple[str, str]]
) -> Iterator[str]:
    for name in sorted(before.keys() | now.keys()):
        if name not in now:
            yield f"the {kind} '{name}' has gone"
        elif name not in before:
            yield f"the {kind} '{name}' {now[name][1]} has come"
        elif before[name][1] != now[name][1]:
            yield f"the {kind} '{name}' changed from {before[name][1]} to {now[name][1]}"
        elif before[name] != now[name]:
            yield f"the {kind} '{name}' changed, though it is still called {now[name][1]}"


def _read(path: Path) -> dict[str, Any] | None:
    """A result that was kept, if the file is one."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return data if _is_result(data) else None


def _is_result(data: Any) -> bool:
    """Whether data are a result of ours, at least in what is compared."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        return False
    return all(
        isinstance(data.get(kind), list)
        and all(
            isinstance(each, dict) and all(type(each.get(key)) is str for key in keys) for each in data[kind]
        )
        for kind, keys in _COMPARED.items()
    )
