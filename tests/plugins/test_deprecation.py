"""A hook that is going to go: its users are named."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import EntryPoint
from types import ModuleType
from typing import Any

import pytest

from cxmaturity import hookspecs
from cxmaturity.hookspecs import hookspec
from cxmaturity.plugins.finding import Found
from cxmaturity.plugins.trying import try_plugin

OLD = "from cxmaturity.api import hookimpl\nCXMATURITY_API = 1\n@hookimpl\ndef cxmaturity_old():\n    return []\n"  # noqa: E501
WARNING = "the hook cxmaturity_old goes with version 2; use cxmaturity_new"


@pytest.fixture
def specs() -> ModuleType:
    """The hooks of today and one that is deprecated."""
    module = ModuleType("made_up_specs")
    vars(module).update({name: value for name, value in vars(hookspecs).items() if name.startswith("cxm")})

    @hookspec(warn_on_impl=DeprecationWarning(WARNING))
    def cxmaturity_old() -> list[object]:  # type: ignore[empty-body]
        """What was."""

    vars(module)["cxmaturity_old"] = cxmaturity_old
    return module


def test_a_deprecated_hook_is_a_note_on_the_plugin(
    install: Callable[..., EntryPoint], specs: ModuleType
) -> None:
    point = install("acme", OLD)
    brought = try_plugin(Found("acme", "1.2", "acme-cx", point.value, point.load), specs)
    assert brought.notes == (WARNING,)


def test_the_note_names_the_plugin_and_is_no_failure(
    install: Callable[..., EntryPoint],
    specs: ModuleType,
    cli: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    install("acme", OLD)
    tried = try_plugin
    monkeypatch.setattr("cxmaturity.plugins.loading.try_plugin", lambda found: tried(found, specs))
    done = cli("plugins")
    assert done.code == 0
    assert done.err == f"note: the plugin 'acme' (acme-cx 1.2): {WARNING}\n"
