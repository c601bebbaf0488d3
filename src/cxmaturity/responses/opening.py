"""Opens a file of answers: an ordinary file, in an encoding that is known and not guessed."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from typing import BinaryIO

from cxmaturity.api import ResponseFile
from cxmaturity.errors import UserError
from cxmaturity.yamlfile.characters import FORBIDDEN

_BLOCK = 1 << 16
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LINE_END = re.compile(rb"\r\n?|\n")


def open_file(file: ResponseFile) -> BinaryIO:
    """A file's bytes. Raises :class:`UserError` for what is no ordinary file, or cannot be read."""
    try:
        if file.path.is_dir():
            raise UserError.about(file.name, "is a folder, not a file", "name a file inside it")
        if file.path.exists() and not file.path.is_file():  # opening a pipe would wait for ever
            raise UserError.about(file.name, "is no ordinary file", "save what it gives as a file")
        if file.path.exists() and not file.path.stat().st_size:
            raise UserError.about(file.name, "the file is empty", "export it again, or take it out")
        return file.path.open("rb")
    except FileNotFoundError:
        raise UserError.about(file.name, "there is no such file", "correct its name") from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UserError.about(file.name, f"cannot be read: {reason}", "try another file") from None


def encoding_of(start: bytes) -> str:
    """The encoding that a file's first bytes state, UTF-8 if they state none."""
    return next((name for bom, name in _BOMS if start.startswith(bom)), "utf-8")


def stem_of(file: ResponseFile) -> str:
    """A file's name without its ending, for the ids of respondents who have none."""
    return FORBIDDEN.sub("", file.path.stem) or "row"


def not_text(file: ResponseFile, encoding: str, fix: str) -> UserError:
    """That a file is not in its encoding: the line, and the byte from the file's start."""
    with open_file(file) as opened:
        at, line = first_bad_byte(lambda: opened.read(_BLOCK), encoding)
    name = "UTF-16" if encoding == "utf-16" else "UTF-8"
    return UserError.about(file.name, f"is not {name} text (byte {at:,})", fix, line=line, column=1)


def first_bad_byte(read: Callable[[], bytes], encoding: str) -> tuple[int, int]:
    """Where bytes stop being text: how many are before it, and in which line it is."""
    decoder = codecs.getincrementaldecoder(encoding)()
    before, line, waiting = 0, 1, b""
    while True:
        block = read()
        try:
            decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            # the decoder's own count starts at what it had kept of the block before
            return before - len(waiting) + error.start, line + len(_LINE_END.findall(block[: error.start]))
        if not block:
            return before, line
        waiting = decoder.getstate()[0]
        before += len(block)
        line += len(_LINE_END.findall(block))
