"""Output files: written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from cxmaturity.errors import UserError


def write_whole(output: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all; a former one stays until then."""
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}-")
        scratch = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            scratch.chmod(0o666 & ~_umask())
            scratch.replace(output)
        finally:
            scratch.unlink(missing_ok=True)
    except OSError as error:
        what = f"cannot be written ({error.strerror})"
        raise UserError.about(output, what, "name a file in a folder that you may write to") from None


def _umask() -> int:
    """The process's umask, which a temporary file ignores."""
    current = os.umask(0)
    os.umask(current)
    return current
