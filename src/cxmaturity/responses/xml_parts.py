"""Reads the XML parts of a workbook as a stream: bounded, without entities, and nothing of them evaluated.

A kilobyte of zip may unpack to gigabytes, and a line of XML may stand for them. So sizes are looked at
before anything is unpacked, parts are read block by block, and a document type, which alone can define
entities, is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import BinaryIO
from xml.parsers import expat  # its entities are refused below
from zipfile import BadZipFile, ZipFile
from zlib import error as DeflateError  # noqa: N812 - by the name of an error

from cxmaturity.api import ResponseFile
from cxmaturity.errors import UserError
from cxmaturity.responses.limits import (
    MAX_TOKEN,
    MAX_UNZIPPED,
    MAX_XML_ELEMENTS,
    MAX_ZIP_DIRECTORY,
    MAX_ZIP_RATIO,
)
from cxmaturity.responses.opening import open_file

_BLOCK = 1 << 16
_OLD = b"\xd0\xcf\x11\xe0"
_END, _END_64 = b"PK\x05\x06", b"PK\x06\x07"
_END_LENGTH, _LONGEST_COMMENT = 22, 1 << 16
_SMALL = 1_000_000  # bytes that are harmless however well they were packed
_SAVE = "open it in a spreadsheet and save it as .xlsx again"
_BROKEN = (
    BadZipFile,
    DeflateError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    OverflowError,
    ValueError,
    expat.ExpatError,
)


class Handler:
    """What to do with the elements of a part; ``names`` are without their prefixes."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Some of the text between."""


class Parts:
    """The parts of a workbook."""

    def __init__(self, file: ResponseFile, archive: ZipFile) -> None:
        self.file = file
        self._archive = archive
        self._names = set(archive.namelist())

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def parse(self, name: str, handler: Handler) -> None:
        """Read a part. Raises :class:`UserError` for one that is made to do harm."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        count = 0

        def start(element: str, attributes: dict[str, str]) -> None:
            nonlocal count
            count += 1
            if count > MAX_XML_ELEMENTS:
                raise self.too_large()
            handler.start(element.rpartition(":")[2], attributes)

        def refuse(*_: object) -> None:
            what = "the workbook defines entities, which none does that a spreadsheet saved"
            raise UserError.about(self.file.name, what, _SAVE)

        parser.StartElementHandler = start
        parser.EndElementHandler = lambda element: handler.end(element.rpartition(":")[2])
        parser.CharacterDataHandler = handler.text
        parser.StartDoctypeDeclHandler = refuse
        with self._archive.open(name) as stream:
            fed = 0
            while block := stream.read(_BLOCK):
                parser.Parse(block)
                fed += len(block)
                if fed - parser.CurrentByteIndex > MAX_TOKEN:  # a tag without end is kept in memory
                    raise self.too_large()
            parser.Parse(b"", True)  # noqa: FBT003 - takes no names

    def too_large(self) -> UserError:
        """That a workbook holds more than it may."""
        fix = "save the sheet as CSV, or split it"
        return UserError.about(self.file.name, "the workbook is larger than can be read", fix)


@contextmanager
def opened_parts(file: ResponseFile) -> Iterator[Parts]:
    """The parts of a workbook. Raises :class:`UserError` for what is none, is too large, or is broken."""
    with open_file(file) as stream:
        check_directory(file, stream)
        try:
            with ZipFile(stream) as archive:
                parts = Parts(file, archive)
                _check_sizes(parts, archive)
                yield parts
        except _BROKEN:
            raise UserError.about(file.name, "the workbook is broken", _SAVE) from None
        except RuntimeError:  # zipfile's own for a part with a password
            raise UserError.about(file.name, "the workbook has a password", "save it without one") from None


def check_directory(file: ResponseFile, stream: BinaryIO) -> None:
    """Refuse a file that is no zip, or whose table of contents is larger than a workbook's.

    Raises :class:`UserError`; otherwise the stream is at its beginning.
    """
    if stream.read(len(_OLD)) == _OLD:
        what = "is a workbook with a password, or in the format of Excel before 2007"
        raise UserError.about(file.name, what, "save it as .xlsx without a password")
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _END_LENGTH - _LONGEST_COMMENT))
    tail = stream.read()
    at = tail.rfind(_END)
    if at < 0:
        raise UserError.about(file.name, "is not a workbook", "correct its name, or save it as .xlsx")
    directory = int.from_bytes(tail[at + 12 : at + 16], "little")
    if directory > MAX_ZIP_DIRECTORY or _END_64 in tail[max(0, at - 20) : at]:
        raise UserError.about(file.name, "the workbook has more parts than any spreadsheet saves", _SAVE)
    stream.seek(0)


def _check_sizes(parts: Parts, archive: ZipFile) -> None:
    packed = sum(each.compress_size for each in archive.infolist())
    unpacked = sum(each.file_size for each in archive.infolist())
    if unpacked > MAX_UNZIPPED or unpacked > max(_SMALL, MAX_ZIP_RATIO * packed):
        raise parts.too_large()
