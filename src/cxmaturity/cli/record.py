"""The last result of a workspace, kept beside its reports, and what has changed since."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cxmaturity.api import API_VERSION
from cxmaturity.engagement import Engagement
from cxmaturity.errors import UserError
from cxmaturity.export import as_data, as_text
from cxmaturity.following.reading import read_result
from cxmaturity.following.versions import version_changes
from cxmaturity.outputs import write_whole
from cxmaturity.result import Assessment
from cxmaturity.roadmap.model import Roadmap
from cxmaturity.texts import Texts

if TYPE_CHECKING:
    from cxmaturity.following.schema import ResultPart

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


def say_what_changed(folder: Path, assessment: Assessment, texts: Texts) -> None:
    """Name on stderr the plugins and questionnaires that are others than those of the last result."""
    former = _read(folder.joinpath(*PLACE))
    if former is None:
        return
    for change in version_changes(former.model_dump(), _versions(assessment)):
        click.echo(f"note: since the last assessment {texts.message(change)}", err=True)


def _versions(assessment: Assessment) -> dict[str, Any]:
    """What scored and was asked, as a result says it."""
    return {
        "plugin_api": API_VERSION,
        **{
            kind: [{key: getattr(each, key) for key in keys} for each in getattr(assessment, kind)]
            for kind, keys in _COMPARED.items()
        },
    }


def _read(path: Path) -> ResultPart | None:
    """A result that was kept, if the file is one."""
    try:
        return read_result(path)
    except UserError:
        return None
