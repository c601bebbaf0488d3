"""Finds, tries, isolates and lists plugins.

Ours are found through the same entry-point group as anybody's. Each plugin is tried in a manager of
its own before it may join, and each hook implementation is called by itself, so that one that fails
is named and left out while the rest goes on.
"""

from cxmaturity.plugins.finding import GROUP, Selection
from cxmaturity.plugins.guarding import PluginError, PluginFailedError, all_of, ask, describe, guarded
from cxmaturity.plugins.loading import load_plugins
from cxmaturity.plugins.model import CORE, FIRST_PARTY, Plugin, Plugins

__all__ = [
    "CORE",
    "FIRST_PARTY",
    "GROUP",
    "Plugin",
    "PluginError",
    "PluginFailedError",
    "Plugins",
    "Selection",
    "all_of",
    "ask",
    "describe",
    "guarded",
    "load_plugins",
]
