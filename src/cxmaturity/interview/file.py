"""The file of an interview on disk: saved after each answer, and never over what somebody else wrote."""

from __future__ import annotations

from pathlib import Path

from cxmaturity.errors import UserError
from cxmaturity.interview.record import Record, read_record, written
from cxmaturity.outputs import write_whole
from cxmaturity.questionnaire.model import Questionnaire
from cxmaturity.yamlfile.reading import MAX_BYTES


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
        current = _bytes(self.path)
        if current not in {self._content, content}:
            what = "somebody has changed the file during the interview, so the last input was not saved"
            raise UserError.about(self.path, what, "start again: the interview goes on from what it says now")
        if current != content:
            write_whole(self.path, content)
        self._content = content


def _bytes(path: Path) -> bytes | None:
    """What is in a file, at most one byte more than can be read as YAML; ``None`` if there is none."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UserError.about(path, f"cannot be read ({error.strerror})", "choose another id") from None
