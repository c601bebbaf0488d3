"""Tries one plugin by itself: imports it, checks its hooks, and asks it for what it brings."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from types import ModuleType
from typing import Any, get_args

import pluggy

from cxmaturity import hookspecs
from cxmaturity.api import (
    API_VERSION,
    Calculation,
    Column,
    ColumnKind,
    Format,
    Message,
    Metric,
    MetricUnit,
    Reader,
    Scorer,
    Section,
)
from cxmaturity.plugins.finding import GROUP, Found
from cxmaturity.plugins.guarding import PluginError
from cxmaturity.suggesting import alike

PREFIX = "cxmaturity_"
QUESTIONNAIRE_FILE = "questionnaire.yaml"


class RefusedError(PluginError):
    """A plugin that works but does what no plugin may."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What one plugin's hooks returned, and what is to be said of it."""

    name: str
    version: str
    api: int
    hooks: tuple[str, ...]
    notes: tuple[str, ...]
    scorers: tuple[Scorer, ...]
    catalogues: tuple[Traversable, ...]
    metrics: tuple[Metric, ...]
    texts: tuple[Traversable, ...]
    questionnaires: tuple[Traversable, ...]
    readers: tuple[Reader, ...]
    formats: tuple[Format, ...]
    sections: tuple[Section, ...]


def build_manager(specs: ModuleType = hookspecs) -> pluggy.PluginManager:
    """A plugin manager that knows our hooks and no plugin."""
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(specs)
    return manager


def hook_names() -> tuple[str, ...]:
    """Every hook, without the prefix that all of them share, in the order of their specifications."""
    return tuple(name.removeprefix(PREFIX) for name in vars(hookspecs) if name.startswith(PREFIX))


def try_plugin(found: Found, specs: ModuleType = hookspecs) -> Brought:
    """Load one plugin into a manager of its own and call its hooks."""
    module = found.load()
    api = _api_version(module)
    manager = build_manager(specs)
    notes = _register(manager, module, found.name)
    callers = manager.get_hookcallers(module) or []
    for caller in callers:
        if not caller.has_spec():
            raise PluginError(_no_hook(caller.name))
        if any(each.wrapper or each.hookwrapper for each in caller.get_hookimpls()):
            raise RefusedError(f"it wraps the hook {caller.name}; wrappers are not allowed")
    implemented = {caller.name.removeprefix(PREFIX) for caller in callers}
    for name in hook_names():
        if name not in implemented and callable(getattr(module, f"{PREFIX}{name}", None)):
            raise PluginError(f"its function {PREFIX}{name} is not marked with @hookimpl")
    version = getattr(module, "__version__", found.version)
    return Brought(
        found.name,
        version if found.origin.startswith("file:") and isinstance(version, str) else found.version,
        api,
        tuple(name for name in hook_names() if name in implemented),
        notes,
        scorers=_checked(_results(manager, "scorers", Scorer), _check_scorer),
        catalogues=tuple(_results(manager, "catalogues", Traversable)),
        metrics=_checked(_results(manager, "metrics", Metric), _check_metric),
        texts=tuple(_results(manager, "translations", Traversable)),
        questionnaires=_checked(_results(manager, "questionnaires", Traversable), _check_questionnaire),
        readers=_checked(_results(manager, "readers", Reader), _check_reader),
        formats=_checked(_results(manager, "formats", Format), _check_format),
        sections=_sections(_results(manager, "sections", Section)),
    )


def _no_hook(name: str) -> str:
    close = alike(name.removeprefix(PREFIX), hook_names())  # the prefix would make all of them alike
    hint = f"did you mean {PREFIX}{close[0]}?" if close else f"use some of {', '.join(hook_names())}"
    return f"it implements {name}, which is no hook; {hint}"


def _api_version(module: ModuleType) -> int:
    version = getattr(module, "CXMATURITY_API", None)
    if type(version) is not int or version < 1:
        raise PluginError(f"it does not say which plugin API it needs; add CXMATURITY_API = {API_VERSION}")
    if version > API_VERSION:
        raise PluginError(
            f"it needs plugin API {version}, this cxmaturity has {API_VERSION}; update cxmaturity"
        )
    return version


def _register(manager: pluggy.PluginManager, module: ModuleType, name: str) -> tuple[str, ...]:
    """Register a plugin; what pluggy says of deprecated hooks is a note on this plugin."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", DeprecationWarning)
        manager.register(module, name)
    return tuple(str(each.message) for each in caught if issubclass(each.category, DeprecationWarning))


def _results(manager: pluggy.PluginManager, hook: str, kind: type[Any]) -> Iterator[Any]:
    """What the one plugin of a manager returns from a hook."""
    full = f"{PREFIX}{hook}"
    for implementation in getattr(manager.hook, full).get_hookimpls():
        result = implementation.function()
        if not isinstance(result, (list, tuple)):
            raise PluginError(f"{full} returned {type(result).__name__} instead of a list")
        for item in result:
            if not isinstance(item, kind):
                raise PluginError(f"{full} returned a {type(item).__name__} instead of a {kind.__name__}")
            yield item


def _checked(items: Iterable[Any], check: Any) -> tuple[Any, ...]:
    """Items of which each has passed a check of its form."""
    kept = tuple(items)
    for item in kept:
        check(item)
    return kept


def _check_scorer(scorer: Scorer) -> None:
    if not _is_name(scorer.dimension):
        raise PluginError(f"{type(scorer).__name__}.dimension is not the id of a dimension")


def _check_metric(metric: Metric) -> None:
    """Refuse a metric that could not be computed or shown, whatever the data."""
    if not all(map(_is_name, (metric.id, metric.practice, metric.source, *metric.tables))):
        raise PluginError(f"the metric {metric.id!r} has a name that is no text")
    if "." not in metric.practice:
        raise PluginError(f"the metric '{metric.id}' measures '{metric.practice}', which is no practice")
    if metric.unit not in get_args(MetricUnit):
        raise PluginError(f"the metric '{metric.id}' is in '{metric.unit}', not in {get_args(MetricUnit)}")
    calculation: object = metric.calculation
    if not isinstance(calculation, Calculation) or not metric.tables:
        raise PluginError(f"the metric '{metric.id}' has no calculation, or reads no table")
    for column in (column for columns in metric.tables.values() for column in columns):
        _check_column(column, metric)


def _check_column(column: object, metric: Metric) -> None:
    if not isinstance(column, Column) or column.kind not in get_args(ColumnKind):
        raise PluginError(f"the metric '{metric.id}' has a column that is none: {column!r}")
    limits: tuple[object, ...] = (column.minimum, column.maximum)
    if not all(limit is None or isinstance(limit, (int, float)) for limit in limits):
        raise PluginError(f"the column '{column.name}' of '{metric.id}' has a limit that is no number")


def _check_questionnaire(folder: Traversable) -> None:
    if not folder.joinpath(QUESTIONNAIRE_FILE).is_file():
        raise PluginError(f"the questionnaire folder '{folder.name}' has no {QUESTIONNAIRE_FILE}")


def _check_reader(reader: Reader) -> None:
    suffixes: object = reader.suffixes
    if not isinstance(suffixes, tuple) or not suffixes or not all(map(_is_suffix, suffixes)):
        raise PluginError(f"{type(reader).__name__}.suffixes is no tuple of suffixes such as '.yaml'")


def _check_format(each: Format) -> None:
    if not _is_name(each.name) or not _is_suffix(each.suffix):
        raise PluginError(f"{type(each).__name__} needs a name such as 'pdf' and a suffix such as '.pdf'")


def _sections(items: Iterable[Section]) -> tuple[Section, ...]:
    """Sections of the right form, each with an id of its own."""
    sections = _checked(items, _check_section)
    ids = [section.id for section in sections]
    twice = [name for name in ids if ids.count(name) > 1]
    if twice:
        raise PluginError(f"two of its sections have the id '{twice[0]}'")
    return sections


def _check_section(section: Section) -> None:
    described: tuple[object, ...] = (section.name, getattr(section, "template", None))
    if not _is_name(section.id) or not isinstance(section.dimension, str):
        raise PluginError(f"{type(section).__name__} needs an id, and a dimension that is a text")
    if not isinstance(described[0], Message) or not isinstance(described[1], Traversable):
        raise PluginError(f"the section '{section.id}' needs a name that is a Message, and a template file")


def _is_name(value: object) -> bool:
    return isinstance(value, str) and value != ""


def _is_suffix(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"\.[a-z0-9]+", value) is not None
