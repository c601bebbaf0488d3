"""Exports of survey tools on the small questionnaire, proposed, confirmed and read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest

from cxmaturity.api import CodedColumn, ResponseFile, ResponseTable
from cxmaturity.questionnaire.model import Questionnaire
from cxmaturity.responses.mapping.applying import read_mapped
from cxmaturity.responses.mapping.asking import in_all_languages
from cxmaturity.responses.mapping.proposing import Proposal, propose
from cxmaturity.responses.mapping.recognising import read_export
from cxmaturity.responses.mapping.writing import mapping_text

DATA = Path(__file__).parent / "data"

ROMANIAN = """\
culture.meaning.same: {text: Înțeleg la fel?}
answer_sets.five:
  {never: Nimeni., rarely: O echipă., sometimes: Jumătate., often: Cele mai multe., always: Toate.}
retention.churn-insight.ways:
  text: Cum aflați?
  options: {calls: "La telefon, prin SMS; sau la ghișeu", letters: Prin scrisori., none: Nimic.}
"""


@pytest.fixture
def languages(workspace: Callable[..., Path]) -> Sequence[Questionnaire]:
    """The small questionnaire in English and Romanian."""
    folder = workspace(files={"texts.ro.yaml": ROMANIAN})
    return in_all_languages(["questionnaire.yaml"], folder, {})


@pytest.fixture
def proposed(languages: Sequence[Questionnaire]) -> Callable[[str], Proposal]:
    """``proposed("qualtrics.csv")`` is the proposal for one of the exports."""

    def make(name: str) -> Proposal:
        return propose(read_export(ResponseFile(DATA / name, name)), languages)

    return make


@pytest.fixture
def mapped(tmp_path: Path, proposed: Callable[[str], Proposal]) -> Callable[..., ResponseTable]:
    """``mapped("qualtrics.csv")`` reads an export as proposed; ``edit`` corrects the mapping before."""

    def read(name: str, edit: Callable[[str], str] = lambda text: text) -> ResponseTable:
        copyfile(DATA / name, tmp_path / name)
        mapping = tmp_path / f"{Path(name).stem}.map.yaml"
        confirmed = mapping_text(proposed(name), name).replace("confirmed: no", "confirmed: yes")
        mapping.write_text(edit(confirmed), encoding="utf-8")
        return read_mapped(ResponseFile(tmp_path / name, name), mapping)

    return read


@pytest.fixture
def said() -> Callable[..., list[Any]]:
    """``said(table, question)`` is what each respondent answered."""

    def cells(table: ResponseTable, question: str) -> list[Any]:
        column = table.answers.get(question) or table.attributes[question]
        assert isinstance(column, CodedColumn)
        return [column.values[code] for code in column.codes.tolist()]

    return cells
