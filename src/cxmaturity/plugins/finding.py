"""Finds plugins without importing them: those installed, and loose ones in folders named by the user."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib.machinery import ModuleSpec
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from cxmaturity.errors import UserError
from cxmaturity.plugins.guarding import PluginError
from cxmaturity.plugins.model import FIRST_PARTY

GROUP = "cxmaturity"
VARIABLE = "CXMATURITY_PLUGINS"
"""The environment variable that names the third-party plugins to be used, separated by commas."""

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which plugins a run looks at: those of strangers or not, and folders of loose plugin files."""

    third_party: bool = True
    folders: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A plugin that has been found and not yet imported. ``origin`` says where it lies."""

    name: str
    version: str
    distribution: str
    origin: str
    load: Callable[[], ModuleType] = field(compare=False)

    @property
    def first_party(self) -> bool:
        """Whether it comes with the product."""
        return self.distribution == FIRST_PARTY


def find_plugins(
    selection: Selection, points: Iterable[EntryPoint] | None = None
) -> tuple[list[Found], bool]:
    """The plugins that a selection leaves, and whether that is all of them.

    Ours are first, so that nobody takes their names, then by name. ``points`` are the entry points to look
    at, by default the installed ones. Raises :class:`UserError` where the environment names a plugin that is
    not there.
    """
    installed = entry_points(group=GROUP) if points is None else points
    found = [_installed(point) for point in installed]
    if selection.third_party:
        found += [loose for folder in selection.folders for loose in _loose(folder)]
        kept = _as_environment_says(found)
    else:
        kept = [each for each in found if each.first_party]
    everything = len(kept) == len(found)
    return sorted(kept, key=lambda each: (not each.first_party, each.name, each.origin)), everything


def _as_environment_says(found: list[Found]) -> list[Found]:
    """Ours, and of the others those that :data:`VARIABLE` names, if it is set."""
    said = os.environ.get(VARIABLE)
    if said is None:
        return found
    wanted = [name.strip() for name in said.split(",") if name.strip()]
    others = sorted({each.name for each in found if not each.first_party})
    unknown = [name for name in wanted if name not in {each.name for each in found}]
    if unknown:
        fix = f"use some of {', '.join(others)}" if others else "none is installed; unset it"
        raise UserError.about(VARIABLE, f"there is no plugin '{unknown[0]}'", fix)
    return [each for each in found if each.first_party or each.name in wanted]


def _installed(point: EntryPoint) -> Found:
    distribution = point.dist
    # a distribution whose metadata are broken has neither
    version = (distribution.version if distribution else None) or UNKNOWN
    name = (distribution.name if distribution else None) or UNKNOWN
    return Found(point.name, version, name, point.value, point.load)


def _loose(folder: Path) -> Iterator[Found]:
    """The plugin files and packages of a folder."""
    for path in sorted(folder.iterdir()):
        package = (path / "__init__.py").is_file()
        if (package or path.suffix == ".py") and path.stem.isidentifier() and not path.stem.startswith("_"):
            shown = f"file:{path.as_posix()}"
            name = path.stem.replace("_", "-")
            yield Found(name, UNKNOWN, shown, shown, lambda path=path: _import_file(path))  # type: ignore[misc]


def _import_file(path: Path) -> ModuleType:
    """Import a loose plugin under its own name, once, if no other module has that."""
    name = path.stem
    spec = _spec(name, path)
    there = sys.modules.get(name)
    other = find_spec(name) if there is None else getattr(there, "__spec__", None)
    if (there is not None or other is not None) and getattr(other, "origin", None) != spec.origin:
        raise PluginError(f"there is another module '{name}'; rename {path.name}")
    if there is not None:
        return there
    module = module_from_spec(spec)
    sys.modules[name] = module
    try:
        assert spec.loader is not None  # noqa: S101 - a spec of a file has one
        spec.loader.exec_module(module)
    except BaseException:
        sys.modules.pop(name, None)
        raise
    return module


def _spec(name: str, path: Path) -> ModuleSpec:
    is_package = path.is_dir()
    file = path / "__init__.py" if is_package else path
    spec = spec_from_file_location(name, file, submodule_search_locations=[str(path)] if is_package else None)
    if spec is None:
        raise PluginError(f"{path.name} is no Python module")
    return spec
