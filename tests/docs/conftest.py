"""What the tests of the documentation share: the blocks of its pages, installed as a reader would."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
DOCS = CHECKOUT / "docs"

_BLOCK = re.compile(r"^```(\w+)(?: (title|run)=\"([^\"]+)\")?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks_of(page: str, kind: str) -> dict[str, str]:
    """The blocks of a page that have a ``title`` or are to be ``run``, by that name."""
    found = _BLOCK.findall((CHECKOUT / page).read_text(encoding="utf-8"))
    return {name: text for _, attribute, name, text in found if attribute == kind}


def write_files(files: Mapping[str, str], folder: Path) -> None:
    """Write files into a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def blocks() -> Callable[[str, str], dict[str, str]]:
    """``blocks("docs/workspace.md", "title")`` gives the blocks of a page by name."""
    return blocks_of


@pytest.fixture
def unnamed() -> Callable[[str, str], str]:
    """``unnamed("docs/plugins/metrics.md", "yaml")`` gives the one block of a language without a name."""

    def find(page: str, wanted: str) -> str:
        found = _BLOCK.findall((CHECKOUT / page).read_text(encoding="utf-8"))
        (text,) = (text for language, kind, _, text in found if language == wanted and not kind)
        return str(text)

    return find


@pytest.fixture
def write() -> Callable[[Mapping[str, str], Path], None]:
    """``write(files, folder)`` writes files."""
    return write_files


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """The workspace of docs/workspace.md with the questionnaire of docs/questionnaires.md."""
    folder = tmp_path / "acme"
    questionnaire = blocks_of("docs/questionnaires.md", "title")["questionnaire.yaml"]
    logo = (CHECKOUT / "examples" / "demo" / "logo.svg").read_text(encoding="utf-8")
    write_files({"questionnaire.yaml": questionnaire, "logo.svg": logo}, folder)
    write_files(blocks_of("docs/workspace.md", "title"), folder)
    return folder


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that packages are installed into; what was imported from it is forgotten afterwards."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(folder)
    before = set(sys.modules)
    yield folder
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(folder)):
            del sys.modules[name]


@pytest.fixture
def install(site: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """``install("scorers.md", "acme_weakest")`` installs an example of the guide, as pip would.

    ``more`` are other pages whose files lie in the package. Of other people's plugins the test sees this one
    alone. It gives the plugin's name.
    """

    def put(page: str, module: str, *more: str) -> str:
        name = module.replace("_", "-")
        files = blocks_of(f"docs/plugins/{page}", "title")
        own = {path: text for path, text in files.items() if path.startswith(module)}
        for other in more:
            parts = blocks_of(f"docs/plugins/{other}", "title")
            own |= {f"{module}/{path}": text for path, text in parts.items()}
        groups = {"cxmaturity": {name: module}}
        if "pyproject.toml" in files:
            groups = tomllib.loads(files["pyproject.toml"])["project"]["entry-points"]
        points = (
            f"[{group}]\n" + "".join(f"{key} = {value}\n" for key, value in entries.items())
            for group, entries in groups.items()
        )
        metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0.0\n"
        about = {"METADATA": metadata, "entry_points.txt": "\n".join(points)}
        write_files(own, site)
        write_files({f"{module}-1.0.0.dist-info/{path}": text for path, text in about.items()}, site)
        monkeypatch.setenv("CXMATURITY_PLUGINS", name if "cxmaturity" in groups else "")
        return name

    return put
