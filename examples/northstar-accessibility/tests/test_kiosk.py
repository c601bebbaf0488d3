"""Files of the tablet: read, and every mistake named with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from northstar_accessibility.kiosk import KioskReader

from cxmaturity.api import ResponseFile, ResponseTable, UserError
from cxmaturity.testing import MakeWorkspace, RunCommand

WAYS, EXCEPTIONS = "accessibility.help.ways", "accessibility.help.exceptions"
HEADING = f"respondent\trole\t{WAYS}\t{EXCEPTIONS}\n"


def read(folder: Path, content: str | bytes) -> ResponseTable:
    path = folder / "room.kiosk"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return KioskReader().read(ResponseFile(path, "room.kiosk"))


def problems(folder: Path, content: str | bytes) -> list[str]:
    with pytest.raises(UserError) as raised:
        read(folder, content)
    return [str(problem) for problem in raised.value.problems]


def test_a_file_is_read_cell_by_cell(tmp_path: Path) -> None:
    table = read(tmp_path, f"{HEADING}t1\tfrontline\tequal\t4\n\nt2\t\t\tn/a\n")
    assert table.respondents == ("t1", "t2")
    assert table.attributes == {"role": ("frontline", None)}
    assert table.answers == {WAYS: ("equal", None), EXCEPTIONS: (4, "n/a")}


@pytest.mark.parametrize("content", ["\ufeff" + HEADING, HEADING.replace("\n", "\r\n")])
def test_what_windows_writes_is_read_too(content: str, tmp_path: Path) -> None:
    table = read(tmp_path, f"{content}t1\tfrontline\t 2 \tsuperior")
    assert table.answers == {WAYS: (2,), EXCEPTIONS: ("superior",)}


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("3", 3),
        ("-2", -2),
        ("2.5", 2.5),
        ("9" * 16, "9" * 16),
        ("٣", "٣"),
        ("1e9", "1e9"),
        ("too loud", "too loud"),
    ],
)
def test_numbers_are_numbers(cell: str, answer: object, tmp_path: Path) -> None:
    assert read(tmp_path, f"respondent\trole\tq\nt1\t\t{cell}\n").answers["q"] == (answer,)


def test_places_are_those_of_the_file(tmp_path: Path) -> None:
    places = read(tmp_path, f"{HEADING}t1\tfrontline\tequal\t4\n\nt2\tfrontline\t2\t3\n").places
    assert places is not None
    assert places(1, "respondent") == (4, 1)  # the third line is empty
    assert places(1, "question", EXCEPTIONS) == (1, 4)
    assert places(1, "answer", EXCEPTIONS) == (4, 4)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("\n \n", ["room.kiosk: is empty; begin it with a line that names the columns"]),
        (
            "name\trole\tq\n",
            ["room.kiosk:1:1: column 1 is not called 'respondent'; name it so, and separate columns by tabs"],
        ),
        (
            "respondent\n",
            ["room.kiosk:1:2: column 2 is not called 'role'; name it so, and separate columns by tabs"],
        ),
        (
            "respondent\trole\tq\t\tq\n",
            [
                "room.kiosk:1:4: column 4 has no name; name it",
                "room.kiosk:1:5: there are two columns 'q'; take one of them out",
            ],
        ),
        (
            "respondent\trole\tq\nt1\tfrontline\n\tfrontline\t1\nt3\t\t1\t2\n",
            [
                "room.kiosk:2:3: the line has 2 cells, the first line 3; give each column one cell",
                "room.kiosk:3:1: the respondent has no id; give each person one",
                "room.kiosk:4:4: the line has 4 cells, the first line 3; give each column one cell",
            ],
        ),
        (
            "respondent\trole\tq\nt1\t\ta\x07b\n",
            ["room.kiosk:2:3: there is the invisible character U+0007; remove it"],
        ),
        (
            b"respondent\trole\tq\nt1\tfront\xe9\t1\n",
            ["room.kiosk:2:2: is not UTF-8 text; save it as UTF-8"],
        ),
    ],
)
def test_each_mistake_is_named_with_its_place(
    content: str | bytes, expected: list[str], tmp_path: Path
) -> None:
    assert problems(tmp_path, content) == expected


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"gone\.kiosk: cannot be read"):
        KioskReader().read(ResponseFile(tmp_path / "gone.kiosk", "gone.kiosk"))


def test_an_answer_that_there_is_not_is_named_with_its_place(
    cxmaturity_workspace: MakeWorkspace, cxmaturity_cli: RunCommand
) -> None:
    folder = cxmaturity_workspace(
        {"questionnaire": ["quick-scan", "accessibility"], "responses": ["responses/*.kiosk"]},
        files={"responses/room.kiosk": f"{HEADING}t1\tfrontline\tequal\tshrug\n"},
    )
    checked = cxmaturity_cli("check", folder)
    assert checked.code == 2
    assert f"room.kiosk:2:4: {EXCEPTIONS}: 'shrug' is not one of the options" in checked.err
