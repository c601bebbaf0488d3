"""Loading the plugin costs every command little: what is heavy is imported by the function that uses it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

from cxmaturity.conformance.subject import Subject
from cxmaturity.plugins import GROUP

HEAVY = (
    "PIL",
    "babel",
    "click",
    "duckdb",
    "httpx",
    "ibis",
    "jinja2",
    "lxml",
    "matplotlib",
    "numpy",
    "openpyxl",
    "pandas",
    "plotly",
    "polars",
    "pyarrow",
    "pydantic",
    "requests",
    "rich",
    "scipy",
    "sklearn",
    "sqlalchemy",
    "torch",
    "weasyprint",
    "xlsxwriter",
    "yaml",
)
"""Libraries that take long to import, or that bring such along."""

_PROGRAM = """
import contextlib, importlib, json, sys
module, sys.path[:], heavy = sys.argv[1], json.loads(sys.argv[2]), json.loads(sys.argv[3])
import cxmaturity.hookspecs
before = set(sys.modules)
with contextlib.redirect_stdout(sys.stderr):
    plugin = importlib.import_module(module)
    imported = set(sys.modules) - before
    import cxmaturity.evidence.declaring  # what reads declared metrics is not the plugin's doing
    before = set(sys.modules)
    for name in vars(cxmaturity.hookspecs):
        if name.startswith("cxmaturity_") and hasattr(plugin, name):
            getattr(plugin, name)()
imported |= set(sys.modules) - before
print(json.dumps(sorted(set(heavy) & imported)))
"""
_SECONDS = 60
_LOOSE = "file:"  # what the distribution of a loose file begins with


def module_of(subject: Subject) -> str:
    """The module that a plugin is: of its entry point, of its file, or where what it brings was made."""
    plugin = subject.plugin
    if plugin.distribution.startswith(_LOOSE):
        return Path(plugin.distribution.removeprefix(_LOOSE)).stem
    for point in entry_points(group=GROUP, name=plugin.name):
        if point.dist is not None and point.dist.name == plugin.distribution:
            return point.module
    made = (*(case.scorer for case in subject.cases), *subject.sections, *subject.other)
    modules = [type(each).__module__ for each in made]
    modules += [metric.calculation.measure.__module__ for metric in subject.metrics]
    return next((module.partition(".")[0] for module in modules), "")


def _path(subject: Subject) -> list[str]:
    """Where modules are looked for: as here, and in the folder of a loose plugin."""
    distribution = subject.plugin.distribution
    loose = [str(Path(distribution.removeprefix(_LOOSE)).parent)] if distribution.startswith(_LOOSE) else []
    return [*loose, *sys.path]


def light(subject: Subject) -> Iterator[str]:
    """Neither importing the plugin's module nor asking what it brings imports a heavy library."""
    module = module_of(subject)
    try:
        done = subprocess.run(  # noqa: S603 - this very interpreter, and a module that it has imported before
            [sys.executable, "-c", _PROGRAM, module, json.dumps(_path(subject)), json.dumps(HEAVY)],
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        yield f"{module} takes longer than {_SECONDS} seconds to import"
        return
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        yield f"{module} cannot be imported in a fresh interpreter: {said[-1]}"
        return
    imported = json.loads(done.stdout.strip().splitlines()[-1])
    if imported:
        yield f"{module} imports {', '.join(imported)}; import in the function that uses it"
