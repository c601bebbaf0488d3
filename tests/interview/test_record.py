"""The response file of an interview: what was written is what is read, and nothing of others is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.errors import UserError
from cxmaturity.interview.file import RecordFile
from cxmaturity.interview.record import Record, read_record, written
from cxmaturity.questionnaire.model import Questionnaire
from cxmaturity.yamlfile import parse_yaml
from cxmaturity.yamlfile.characters import FORBIDDEN

TEXT = st.text(min_size=1, max_size=30).filter(lambda text: not FORBIDDEN.search(text)) | st.sampled_from(
    [
        "true",
        "no",
        "~",
        "null",
        "3",
        "012",
        "1e5",
        ".5",
        "n/a",
        "- x",
        "a: b",
        "# x",
        "'",
        '"',
        "\ufeff",
        "<<",
    ]
)
NUMBER = st.integers(-(10**17), 10**17) | st.floats(allow_nan=False, allow_infinity=False)
VALUE = TEXT | NUMBER | st.booleans() | st.lists(TEXT | NUMBER, max_size=3)
ENTRIES = {
    "attributes": st.fixed_dictionaries({}, optional={"role": TEXT, "department": TEXT, "tenure": TEXT}),
    "answers": st.dictionaries(st.from_regex(r"x[a-z0-9.-]{0,9}", fullmatch=True) | TEXT, VALUE, max_size=4),
    "notes": st.dictionaries(TEXT, TEXT, max_size=3),
}


def test_a_record_reads_well_as_a_file() -> None:
    record = Record(
        "r07",
        {"role": "leadership", "department": "Sales & service"},
        {"culture.meaning.same": "often", "retention.churn-insight.ways": ["calls"], "x.y.z": 12.5},
        {"culture.meaning.same": "Țara: “toți”"},
    )
    assert written(record).decode() == (
        "respondents:\n"
        "  - id: r07\n"
        "    role: leadership\n"
        '    department: "Sales & service"\n'
        "    answers:\n"
        "      culture.meaning.same: often\n"
        "      retention.churn-insight.ways: [calls]\n"
        "      x.y.z: 12.5\n"
        "    notes:\n"
        '      culture.meaning.same: "Țara: “toți”"\n'
    )


@given(
    record=st.builds(
        Record,
        TEXT,
        ENTRIES["attributes"],
        ENTRIES["answers"],
        ENTRIES["notes"],
    )
)
def test_what_was_written_is_what_is_read(record: Record, small: Questionnaire) -> None:
    assert read_record(written(record), "r.yaml", record.id, small) == record


@pytest.mark.parametrize(
    "text",
    [
        "respondents:\n- {id: r07, role: leadership, answers: {x.y.z: 1}}\n",
        "respondents:\r\n  - id: 'r07'\r\n    department:\r\n    answers: {x.y.z: 'a # b'}\r\n",
        "respondents:\n  - id: r07\n    notes:\n      x.y.z: |\n        # a heading\n        text\n",
        "\ufeffrespondents: [{id: r07, notes: {x.y.z: plain#text}}]\n",
    ],
)
def test_a_file_written_by_hand_keeps_all_that_it_says(text: str, small: Questionnaire) -> None:
    record = read_record(text.encode(), "r07.yaml", "r07", small)
    again: Any = parse_yaml(written(record), "again").data["respondents"][0]
    (before,) = parse_yaml(text.encode(), "before").data["respondents"]
    said = {key: value for key, value in before.items() if value is not None}
    assert {key: value for key, value in again.items() if value != {}} == said


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("# mine\nrespondents: [{id: r07}]\n", (1, 1), "an interview would lose this comment"),
        ("respondents:\n  - id: r07  # me\n", (2, 14), "an interview would lose this comment"),
        ("respondents: [{id: r07}]\n\n# end", (3, 1), "an interview would lose this comment"),
        (
            "respondents:\n  - id: r07\n    notes:\n      x: |  # why\n        text\n",
            (4, 13),
            "an interview would lose this comment",
        ),
        ("respondents: [{id: r07}, {id: r08}]\n", (0, 0), "holds other respondents than 'r07'"),
        ("respondents: [{id: r08}]\n", (0, 0), "holds other respondents than 'r07'"),
        ("respondents: []\n", (0, 0), "holds other respondents than 'r07'"),
        ("respondents: [{id: r07, mood: good}]\n", (1, 25), "unknown key"),
        ("people: []\n", (1, 1), "`respondents` is missing"),
        ("respondents: [{id: r07\n", (1, 14), ""),
        (
            "respondents: [{id: r07, answers: {culture.meaning.same: 9}}]\n",
            (1, 57),
            "culture.meaning.same: there is no option 9",
        ),
    ],
)
def test_a_file_that_would_lose_something_is_refused_with_the_place(
    text: str, place: tuple[int, int], what: str, small: Questionnaire
) -> None:
    with pytest.raises(UserError) as raised:
        read_record(text.encode(), "r07.yaml", "r07", small)
    problem = raised.value.problems[0]
    assert what in problem.what
    if what:
        assert (problem.file, problem.line, problem.column) == ("r07.yaml", *place)


def test_saving_makes_the_file_and_reading_gives_it_back(tmp_path: Path, small: Questionnaire) -> None:
    path = tmp_path / "responses" / "r07.yaml"
    file = RecordFile(path)
    assert file.read("r07", small) == Record("r07")
    record = Record("r07", answers={"culture.meaning.same": "often"})
    file.save(record)
    assert RecordFile(path).read("r07", small) == record
    assert [each.name for each in path.parent.iterdir()] == ["r07.yaml"]  # no scratch file is left


@pytest.mark.parametrize("meanwhile", ["respondents: [{id: r07, role: leadership}]\n", None])
def test_what_somebody_else_wrote_meanwhile_stays(
    meanwhile: str | None, tmp_path: Path, small: Questionnaire
) -> None:
    path = tmp_path / "r07.yaml"
    path.write_text("respondents: [{id: r07}]\n", encoding="utf-8")
    file = RecordFile(path)
    file.read("r07", small)
    path.unlink()
    if meanwhile is not None:
        path.write_text(meanwhile, encoding="utf-8")
    with pytest.raises(UserError, match="somebody has changed the file during the interview"):
        file.save(Record("r07", answers={"culture.meaning.same": "often"}))
    assert (path.read_text(encoding="utf-8") if path.exists() else None) == meanwhile


def test_a_save_that_was_interrupted_after_writing_is_no_change_of_somebody_else(
    tmp_path: Path, small: Questionnaire
) -> None:
    path = tmp_path / "r07.yaml"
    file = RecordFile(path)
    record = Record("r07", answers={"culture.meaning.same": "often"})
    path.write_bytes(written(record))
    file.save(record)
    file.save(Record("r07"))
    assert RecordFile(path).read("r07", small) == Record("r07")


def test_a_file_that_is_too_large_is_refused_before_it_is_read_whole(
    tmp_path: Path, small: Questionnaire
) -> None:
    path = tmp_path / "r07.yaml"
    with path.open("wb") as file:
        file.truncate(10**10)  # sparse: it takes no room on the disk
    with pytest.raises(UserError, match="is larger than 5,000,000 bytes"):
        RecordFile(path).read("r07", small)


def test_a_file_that_cannot_be_read_is_the_users_to_mend(tmp_path: Path) -> None:
    (tmp_path / "r07.yaml").mkdir()
    with pytest.raises(UserError, match=r"cannot be read .*; choose another id"):
        RecordFile(tmp_path / "r07.yaml")
