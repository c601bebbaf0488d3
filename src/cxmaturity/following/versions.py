"""Which plugins and questionnaires of two results are others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cxmaturity.api import Message

Version = tuple[str, str]
"""Something that tells versions apart, and the version as it is called."""


def version_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Message]:
    """What scored or was asked in another version, of two results as data (see ``docs/json.md``)."""
    api = before.get("plugin_api"), after.get("plugin_api")
    if None not in api and api[0] != api[1]:
        yield Message("changes.version.api", {"before": api[0], "after": api[1]})
    # of several plugins of one name the first is used
    plugins = [
        {each["name"]: (each["distribution"], each["version"]) for each in reversed(result["plugins"])}
        for result in (before, after)
    ]
    yield from _differences("plugin", *plugins)
    asked = [
        {each["id"]: (each["sha256"], each["version"]) for each in result["questionnaires"]}
        for result in (before, after)
    ]
    yield from _differences("questionnaire", *asked)


def _differences(kind: str, before: Mapping[str, Version], now: Mapping[str, Version]) -> Iterator[Message]:
    for name in sorted(before.keys() | now.keys()):
        if name not in now:
            yield Message(f"changes.version.{kind}.gone", {"name": name})
        elif name not in before:
            yield Message(f"changes.version.{kind}.come", {"name": name, "after": now[name][1]})
        elif before[name][1] != now[name][1]:
            values = {"name": name, "before": before[name][1], "after": now[name][1]}
            yield Message(f"changes.version.{kind}.changed", values)
        elif before[name] != now[name]:
            yield Message(f"changes.version.{kind}.other", {"name": name, "after": now[name][1]})
