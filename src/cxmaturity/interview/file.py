"""The file of an interview on disk: saved after each answer, and never over what somebody else wrote."""

from __future__ import annotations

from pathlib import Path

from cxmaturity.errors import UserError
from cxmaturity.interview.record import Record, read_record, written
from cxmaturity.outputs import write_whole
from cxmaturity.questionnaire.model import Questionnaire


class RecordFile:
    """The response file of one person; ``content`` is what it held when last read or written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._content = _bytes(path)

    def read(self, respondent: str, questionnaire: Questionnaire) -> Record:
        """What the file holds of a person; without a file, nothing. Raises as :func:`read_record` does."""
        if self._content is None:
            return Record(respondent)
        return read_record(self._content, str(self.path), respondent, questionnaire)

    def save(self, record: Record) -> None:
        """Write the record, whole or not at all.

        Raises :class:`UserError` if it cannot be written, or if somebody else has changed the file since.
        """
        content = written(record)
        if content == self._content:
            return
        if _bytes(self.path) != self._content:
            what = "somebody has changed the file during the interview, so the last input was not saved"
            raise UserError.about(self.path, what, "start again: the interview goes on from what it says now")
        write_whole(self.path, content)
        self._content = content


def _bytes(path: Path) -> bytes | None:
    """What is in a file; ``None`` if there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UserError.about(path, f"cannot be read ({error.strerror})", "choose another id") from None
