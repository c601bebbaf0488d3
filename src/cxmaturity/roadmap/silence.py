"""Keeps a library from writing to the standard output of the process, where our data goes."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_OUTPUT = 1


@contextmanager
def silent_output() -> Iterator[None]:
    """Discard what C code prints meanwhile: some releases of HiGHS print notes that no option turns off."""
    try:
        kept = os.dup(_OUTPUT)
    except OSError:  # there is none
        yield
        return
    if sys.stdout is not None:  # as in a program without a console
        sys.stdout.flush()
    _flush()
    try:
        with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - no path of ours
            os.dup2(nowhere.fileno(), _OUTPUT)
        yield
    finally:
        _flush()  # C keeps what is printed into a pipe or file until later
        os.dup2(kept, _OUTPUT)
        os.close(kept)


def _flush() -> None:
    """Write out what C's own buffers hold."""
    library = ctypes.CDLL("ucrtbase" if os.name == "nt" else None)
    library.fflush(None)
