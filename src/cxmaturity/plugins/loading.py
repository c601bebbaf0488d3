"""Loads plugins one by one: found, tried, and settled among each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from importlib.metadata import EntryPoint

from cxmaturity.plugins.finding import Found, Selection, find_plugins
from cxmaturity.plugins.guarding import PluginError, describe, guarded
from cxmaturity.plugins.model import CORE, Plugin, Plugins, PluginState
from cxmaturity.plugins.settling import settle
from cxmaturity.plugins.trying import Brought, RefusedError, try_plugin


def load_plugins(
    selection: Selection | None = None,
    *,
    choices: Mapping[str, str] | None = None,
    disabled: Collection[str] = (),
    found: Iterable[EntryPoint] | None = None,
) -> Plugins:
    """All plugins, loaded, tried and asked for what they bring.

    ``choices`` decides for a dimension that several plugins claim: dimension to plugin name.
    ``disabled`` are the names of plugins that the workspace does without; these are not even imported.
    ``found`` are the entry points to look at, by default the installed ones. Raises
    :class:`cxmaturity.errors.UserError` where the environment names a plugin that is not there.
    """
    listed: list[Plugin] = []
    brought: list[Brought] = []
    kept, everything = find_plugins(selection or Selection(), found)
    for each in kept:
        plugin = Plugin(each.name, each.version, each.distribution)
        if each.name in disabled and each.name != CORE:
            listed.append(replace(plugin, state="disabled", reason="assessment.yaml disables it"))
            continue
        result = _tried(each, taken=any(other.name == each.name for other in listed))
        if isinstance(result, Brought):
            brought.append(result)
            listed.append(_described(plugin, result))
        else:
            listed.append(_failed(plugin, result))
    settled = settle(listed, brought, choices or {})
    complete = everything and all(plugin.state == "active" for plugin in settled.listed)
    return replace(settled, complete=complete)


def _tried(found: Found, *, taken: bool) -> Brought | BaseException:
    if taken:
        return PluginError(f"another plugin is called '{found.name}' too; uninstall one of them")
    return guarded(lambda: try_plugin(found))


def _described(plugin: Plugin, brought: Brought) -> Plugin:
    return replace(plugin, version=brought.version, hooks=brought.hooks, api=brought.api, notes=brought.notes)


def _failed(plugin: Plugin, error: BaseException) -> Plugin:
    state: PluginState = "refused" if isinstance(error, RefusedError) else "failed"
    return replace(plugin, state=state, reason=describe(error), error=error)
