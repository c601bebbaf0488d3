"""Gets at the text of a file: its size, its encoding and its characters are checked before any parsing."""

from __future__ import annotations

import codecs
import re
from importlib.resources.abc import Traversable
from pathlib import Path

from cxmaturity.errors import UserError
from cxmaturity.yamlfile.building import build
from cxmaturity.yamlfile.characters import FORBIDDEN, name_of
from cxmaturity.yamlfile.document import Mark, YamlDocument

MAX_BYTES = 5_000_000

_LINE_END = re.compile(r"\r\n?|\n")
_DIRECTIVE = re.compile(r"^%", re.MULTILINE)


def read_yaml(
    path: Path | Traversable, *, name: str | None = None, max_bytes: int = MAX_BYTES
) -> YamlDocument:
    """The content of a YAML file; an empty one has the data None.

    ``name`` is what the file is called in messages, by default its path. Raises :class:`UserError`
    with every problem that can be known.
    """
    name = str(path) if name is None else name
    return parse_yaml(_read_bytes(path, name, max_bytes), name, max_bytes=max_bytes)


def parse_yaml(source: str | bytes, name: str, *, max_bytes: int = MAX_BYTES) -> YamlDocument:
    """The content of YAML text, called ``name`` in messages; otherwise as :func:`read_yaml`."""
    content = source.encode(errors="surrogatepass") if isinstance(source, str) else source
    if len(content) > max_bytes:
        raise UserError.about(name, f"is larger than {max_bytes:,} bytes", "split it into several files")
    text = _decode(content.removeprefix(codecs.BOM_UTF8), name)
    _check_text(text, name)
    return YamlDocument(name, *build(text, name))


def _read_bytes(path: Path | Traversable, name: str, max_bytes: int) -> bytes:
    """The bytes of a file, at most one more than allowed."""
    if path.is_dir():
        raise UserError.about(name, "is a folder, not a file", "name a file inside it")
    try:
        with path.open("rb") as file:
            return file.read(max_bytes + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise UserError.about(name, "there is no such file", "correct its name") from None
    except PermissionError:
        raise UserError.about(name, "may not be read", "give yourself permission to read it") from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UserError.about(name, f"cannot be read: {reason}", "try another file") from None


def _decode(content: bytes, name: str) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        line, column = _mark(content[: error.start].decode())
        what = f"is not UTF-8 text: byte 0x{content[error.start]:02x}"
        raise UserError.about(name, what, "save the file as UTF-8", line=line, column=column) from None


def _check_text(text: str, name: str) -> None:
    """Refuse characters that nobody sees, and directives."""
    if found := FORBIDDEN.search(text):
        line, column = _mark(text[: found.start()])
        what = f"invisible control character {name_of(found[0])}"
        raise UserError.about(name, what, "remove it, and save the file as UTF-8", line=line, column=column)
    if found := _DIRECTIVE.search(text):
        # not only useless: libyaml takes minutes over a few megabytes of %TAG
        line, column = _mark(text[: found.start()])
        what = "a line cannot start with %"
        raise UserError.about(name, what, "remove it, or indent it if it is text", line=line, column=column)


def _mark(before: str) -> Mark:
    """Line and column of what follows a text."""
    lines = _LINE_END.split(before)
    return len(lines), len(lines[-1]) + 1
