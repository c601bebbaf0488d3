"""Text files of customer data: unpacked as they are read, in UTF-8, and no part larger than it may be."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

from cxmaturity.errors import UserError
from cxmaturity.evidence.sources.model import DataFile
from cxmaturity.responses.opening import encoding_of, first_bad_byte, open_file

BLOCK = 1 << 20
MAX_ROW = 2_000_000
"""Bytes of a row of a CSV file."""
_STEP = 16_000_000
_SAVE = "save it in UTF-8"


@contextmanager
def unpacked(file: DataFile) -> Iterator[BinaryIO]:
    """A file's bytes, unpacked. Raises :class:`UserError` where they cannot be had."""
    with open_file(file.response) as packed:
        if not file.packing:
            yield packed
            return
        opened, errors = _unpacker(file.packing, packed)
        try:
            with opened:
                yield opened
        except errors:
            what = "the compressed file is broken or cut off"
            raise UserError.about(file.name, what, "compress it again, or copy it again") from None


def _unpacker(packing: str, packed: BinaryIO) -> tuple[BinaryIO, tuple[type[Exception], ...]]:
    if packing == "gzip":
        return cast("BinaryIO", gzip.GzipFile(fileobj=packed)), (OSError, EOFError, zlib.error)
    zstd: Any
    try:
        from compression import zstd  # type: ignore[import-not-found, no-redef]  # new in Python 3.14
    except ImportError:
        from backports import zstd
    return cast("BinaryIO", zstd.ZstdFile(packed)), (OSError, EOFError, zstd.ZstdError)


def as_text(stream: BinaryIO, *, strict: bool = False) -> io.TextIOWrapper:
    """Bytes as text, its line ends as they are; a BOM is passed over."""
    return io.TextIOWrapper(stream, "utf-8-sig", "strict" if strict else "replace", newline="")


def check_encoding(file: DataFile) -> None:
    """Raise :class:`UserError` for a file that says it is UTF-16, or that begins with NUL bytes."""
    with unpacked(file) as stream:
        start = stream.read(BLOCK)
    if encoding_of(start) == "utf-16":
        raise UserError.about(file.name, "is not UTF-8 text but UTF-16", _SAVE)
    if b"\0" in start:
        raise nul_byte(file)


def nul_byte(file: DataFile) -> UserError:
    """That a file holds a NUL byte, and the first line with one."""
    line = 1
    with unpacked(file) as stream:
        while (block := stream.read(BLOCK)) and b"\0" not in block:
            line += block.count(b"\n")
    line += block.partition(b"\0")[0].count(b"\n")
    return UserError.about(file.name, "the line holds a NUL byte", _SAVE, line=line, column=1)


def not_utf_8(file: DataFile) -> UserError:
    """That a file is not UTF-8: the line, and the byte from the file's start."""
    with unpacked(file) as stream:
        at, line = first_bad_byte(lambda: stream.read(BLOCK), "utf-8")
    return UserError.about(file.name, f"is not UTF-8 text (byte {at:,})", _SAVE, line=line, column=1)


def lines_at(file: DataFile, offsets: Sequence[int], line_end: bytes) -> list[int]:
    """The lines in which some bytes (rising, from 0) stand."""
    found: list[int] = []
    line, before = 1, 0
    with unpacked(file) as stream:
        while len(found) < len(offsets):
            block = stream.read(BLOCK)
            while len(found) < len(offsets) and (offsets[len(found)] <= before + len(block) or not block):
                found.append(line + block[: offsets[len(found)] - before].count(line_end))
            line += block.count(line_end)
            before += len(block)
    return found


def check_lines(file: DataFile) -> None:
    """Raise :class:`UserError` for a line so long that DuckDB passes over it and says nothing.

    That are lines of more than 32 MB, and so only some of the file is looked at.
    """
    at = 0
    with unpacked(file) as stream:
        while len(block := stream.read(MAX_ROW)) == MAX_ROW:
            if b"\n" not in block and b"\r" not in block:
                (line,) = lines_at(file, [at], b"\n")
                what = f"the line is longer than {MAX_ROW:,} bytes"
                raise UserError.about(file.name, what, "export the file again", line=line, column=1)
            at += _STEP
            stream.seek(at)
