"""The guide says all that the contract has: each class with its members, each key, each check."""

from __future__ import annotations

import enum
import inspect
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from cxmaturity import api
from cxmaturity.conformance import CHECKS
from cxmaturity.engagement import Engagement, Written
from cxmaturity.plugins import Selection
from cxmaturity.report import fragments
from cxmaturity.report.theme import Theme
from cxmaturity.result import Assessment
from cxmaturity.roadmap import catalogue
from cxmaturity.roadmap.model import Initiative, Outlook, Period, Projection, Roadmap
from cxmaturity.roadmap.tradeoff import Tradeoff
from cxmaturity.testing import CommandResult, MakeWorkspace, PluginConformance
from cxmaturity.texts import KINDS
from cxmaturity.wishes import Wish

CHECKOUT = Path(__file__).parents[2]
DOCS = CHECKOUT / "docs"

_TABLE = re.compile(r"^\| (?:field|member|parameter) of `(\w+)` \|.*\n\| --- .*\n((?:\|.*\n)+)", re.MULTILINE)
_ROW = re.compile(r"^\| (`[^|]*`) \|", re.MULTILINE)
_NAME = re.compile(r"`([\w.]+)(?:\([^`]*\))?`")


def page(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


@cache
def documented() -> dict[str, set[str]]:
    """The members of each class that has a table in the guide, by its name."""
    found: dict[str, set[str]] = {}
    for path in (*(DOCS / "plugins").glob("*.md"), DOCS / "python.md"):
        for name, rows in _TABLE.findall(path.read_text("utf-8")):
            assert name not in found, f"{name} is described twice"
            found[name] = {each for row in _ROW.findall(rows) for each in _NAME.findall(row)}
    return found


def members(described: type) -> set[str]:
    """What a class has of its own that others use: fields, properties, methods, attributes."""
    if issubclass(described, enum.Enum):
        return set(described.__members__)
    own = {name for name in vars(described) if not name.startswith(("_", "test_", "pytest_", "cxmaturity_"))}
    own |= {name for name in described.__annotations__ if not name.startswith("_")}
    inherited = {name for base in described.__mro__[1:] for name in vars(base)}
    if is_dataclass(described):
        bases = [base for base in described.__mro__[1:] if is_dataclass(base)]
        inherited = {each.name for base in bases for each in fields(base)}
    return own - inherited


CLASSES = [
    value
    for name, value in vars(api).items()
    if isinstance(value, type) and not name.startswith("_") and value.__module__ == api.__name__
]
RESULTS = [
    Selection,
    Engagement,
    Written,
    Assessment,
    Roadmap,
    Initiative,
    Period,
    Outlook,
    Projection,
    Wish,
    Tradeoff,
]


@pytest.mark.parametrize(
    "described", [*CLASSES, *RESULTS, CommandResult, PluginConformance, api.Problem], ids=lambda c: c.__name__
)
def test_every_member_of_the_contract_is_documented(described: type) -> None:
    if described is api.Places:
        assert documented()["Places"] == {*inspect.signature(api.Places.__call__).parameters} - {"self"}
    else:
        assert documented()[described.__name__] == members(described) - {"plain"}  # said in words


def test_every_name_of_the_contract_is_in_the_guide() -> None:
    text = "".join(each.read_text("utf-8") for each in (DOCS / "plugins").glob("*.md"))
    imported = {"annotations", "dataclass", "field", "pluggy", "Any", "Literal", "Protocol", "TYPE_CHECKING"}
    imported |= {"Callable", "Iterable", "Mapping", "Sequence", "IntEnum"}
    names = {name for name in vars(api) if name.isidentifier() and not name.startswith("_")} - imported
    assert [name for name in sorted(names) if not re.search(rf"`[^`\n]*\b{name}\b[^`\n]*`", text)] == []


def test_every_way_to_make_a_user_error_is_documented() -> None:
    assert documented()["UserError"] == {"UserError", "UserError.about", "problems"}
    parameters = [*inspect.signature(api.UserError.about).parameters]
    assert f"`UserError.about({', '.join(parameters)})`" in page("plugins/readers.md")


def test_every_argument_of_the_fixture_is_documented() -> None:
    arguments = {*inspect.signature(MakeWorkspace.__call__).parameters} - {"self"}
    text = page("plugins/testing.md")
    assert [name for name in arguments if f"| `{name}` |" not in text] == []


def test_every_check_is_documented() -> None:
    section = page("plugins/testing.md").partition("## The checks")[2].partition("```console")[0]
    assert re.findall(r"^\| `([\w-]+)` \|", section, re.MULTILINE) == [check.name for check in CHECKS]


def test_every_key_of_a_catalogue_is_documented() -> None:
    models = [m for m in vars(catalogue).values() if isinstance(m, type) and issubclass(m, BaseModel)]
    names = {name for model in models for name in model.model_fields if model is not BaseModel}
    names -= catalogue.CatalogueFile.model_fields.keys()
    assert sorted(name for name in names if f"`{name}`" not in page("plugins/catalogues.md")) == []


def test_the_example_catalogue_loads(
    blocks: Callable[[str, str], dict[str, str]], write: Callable[..., None], tmp_path: Path
) -> None:
    write(blocks("docs/plugins/catalogues.md", "title"), tmp_path)
    read = catalogue.read_catalogue(tmp_path / "recommendations.yaml", "acme")
    assert [each.find_out for each in read] == [False, False, True]


def test_every_kind_of_field_is_documented() -> None:
    assert [kind for kind in KINDS if f"`{kind}`" not in page("plugins/translations.md")] == []


# --------------------------------------------------------------------------------------------- sections


def test_the_elements_that_pages_may_not_have_are_documented() -> None:
    text = " ".join(page("plugins/sections.md").split())
    refused = text.partition("are refused: ")[2].partition(".")[0]
    assert set(re.findall(r"`(\w+)`", refused)) == fragments._FORBIDDEN


def test_the_classes_that_templates_may_use_are_there() -> None:
    style = (CHECKOUT / "src/cxmaturity/report/templates/report.css").read_text("utf-8")
    table = page("plugins/sections.md").partition("| class | on |")[2].partition("\n\n")[0]
    names = [name for row in _ROW.findall(table) for name in _NAME.findall(row)]
    assert names
    assert [name for name in names if not re.search(rf"\.{name}\b", style)] == []


def test_every_colour_of_the_theme_is_documented() -> None:
    text = page("plugins/sections.md")
    names = [each.name for each in fields(Theme)]
    assert [name for name in names if not re.search(rf"`(theme\.)?{name}(\[0\])?`", text)] == []


# ----------------------------------------------------------------------------------------------- result


def keys(data: Any, section: str = "Result") -> Iterator[tuple[str, str]]:
    """Each key of a result with the section of json.md that describes it."""
    lists = {
        "dimensions": "Dimensions",
        "practices": "Practices",
        "questions": "Questions",
        "metrics": "Metrics",
        "recommendations": "Recommendations",
        "plugins": "Plugins",
    }
    for key, value in data.items():
        yield section, key
        if key == "overall":
            yield from keys(value, "Standing")
        elif (section, key) in {("Result", "worth"), ("Result", "plan"), ("Plan", "target")}:
            yield from keys(value, key.title())
        elif key in lists and section in {"Result", "Dimensions", "Practices"}:
            for each in value:
                yield from keys(each, lists[key])


def test_every_key_of_a_result_is_documented(cli: Callable[..., Any]) -> None:
    text = page("json.md")
    sections = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    told = {
        name: {key for row in _ROW.findall(body) for key in _NAME.findall(row)}
        for name, body in sections.items()
    }
    for name in ("Dimensions", "Practices"):
        told[name] |= told["Standing"]
    found: dict[str, set[str]] = {}
    done = cli("--no-third-party", "assess", "--json", CHECKOUT / "examples" / "demo")
    for section, key in keys(json.loads(done.out)):
        found.setdefault(section, set()).add(key)
    for name, names in found.items():
        assert names <= told[name], name
        hidden = {"suppressed"}  # there only where something is hidden
        inherited = told["Standing"] if name in {"Dimensions", "Practices"} else set()
        assert told[name] - hidden - inherited <= names, name
