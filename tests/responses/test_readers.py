"""Readers of plugins: what they read, and what becomes of a file that one of them fails on."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.metadata import EntryPoint
from itertools import cycle
from pathlib import Path
from textwrap import dedent, indent
from typing import Any

import pytest

from cxmaturity.plugins import load_plugins
from cxmaturity.questionnaire.model import Questionnaire
from cxmaturity.responses.model import Responses
from cxmaturity.responses.reading import read_responses

Install = Callable[..., EntryPoint]
Write = Callable[..., Path]
Cli = Callable[..., Any]

SAME, SAID = "culture.meaning.same", "culture.meaning.said"
WAYS, SHARE = "retention.churn-insight.ways", "retention.churn-insight.share"

PROLOGUE = """\
import sys
from types import SimpleNamespace
from cxmaturity.api import Problem, Reader, ResponseTable, UserError, hookimpl
CXMATURITY_API = 1
class Lines(Reader):
    suffixes = (".lines",)
    def read(self, file):
"""
EPILOGUE = """
@hookimpl
def cxmaturity_readers():
    return [Lines()]
"""
READS = """
    rows = [line.split(",") for line in file.path.read_text().splitlines()]
    def places(row, part, question=""):
        return row + 1, {"respondent": 1, "question": 2, "answer": 3, "note": 4}[part]
    return ResponseTable(
        respondents=[row[0] for row in rows],
        attributes={"role": [row[1] or None for row in rows]},
        answers={"culture.meaning.same": [int(row[2]) if row[2].isdigit() else row[2] for row in rows]},
        notes={(number, "culture.meaning.same"): row[3] for number, row in enumerate(rows) if row[3]},
        places=places,
    )
"""
LINES = "r1,leadership,3,Mostly.\nr2,,often,\n"


def reader(body: str, suffixes: str = '(".lines",)') -> str:
    """The source of a plugin whose reader does this."""
    prologue = PROLOGUE.replace('(".lines",)', suffixes)
    return prologue + indent(dedent(body).strip("\n"), " " * 8) + "\n" + EPILOGUE


@pytest.fixture
def workspace_of(workspace: Write) -> Callable[..., Path]:
    """``workspace_of(name=text)`` is a workspace whose responses are these files."""

    def write(files: dict[str, str], **settings: Any) -> Path:
        return workspace(
            [{"id": "y1", "answers": {SAME: 5}}],
            {"responses": ["responses/*"], **settings},
            {f"responses/{name}": text for name, text in files.items()},
        )

    return write


@pytest.fixture
def run(workspace_of: Callable[..., Path], cli: Cli) -> Callable[..., tuple[int, str, Any]]:
    """``run(files)`` assesses a workspace with these: exit code, what was said, the data."""

    def assess(files: dict[str, str]) -> tuple[int, str, Any]:
        folder = workspace_of(files)
        done = cli("assess", "--json", folder)
        return done.code, done.err.replace(f"{folder}/", ""), json.loads(done.out or "null")

    return assess


# ------------------------------------------------------------------------------------------ what is read


def test_a_third_partys_reader_reads_beside_ours(install: Install, run: Callable[..., Any]) -> None:
    install("acme", reader(READS))
    code, err, data = run({"shop.lines": LINES})
    assert (code, err) == (0, "")
    # 5, 3 and often (4) of five options: fractions 1, 0.5, 0.75, their mean 0.75: 1 + 4 × 0.75
    assert (data["dimensions"][0]["score"], data["dimensions"][0]["n"]) == (4.0, 3)


def test_everything_in_a_table_arrives(install: Install, small: Questionnaire, tmp_path: Path) -> None:
    install("acme", reader(READS))
    path = tmp_path / "shop.LINES"  # the case of a suffix does not matter
    path.write_text(LINES, encoding="utf-8")
    responses: Responses = read_responses([path], small, load_plugins())
    assert responses.respondents == ("r1", "r2")
    assert responses.attributes["role"].values() == ("leadership", None)
    assert responses.notes == {(0, SAME): "Mostly."}
    assert responses.fractions([SAME])[:, 0].tolist() == [0.5, 0.75]


@pytest.mark.parametrize(
    ("column", "score"),
    [
        ("culture.meaning.same: [3]", 3.0),
        ("culture.meaning.same: ('always',)", 5.0),  # a column may be any sequence
        ("culture.meaning.same: ['n/a']", None),
        ("culture.meaning.same: [None]", None),
    ],
)
def test_answers_are_understood_as_those_in_yaml(
    column: str, score: float | None, install: Install, run: Callable[..., Any]
) -> None:
    name, _, values = column.partition(": ")
    install("acme", reader(f"return ResponseTable(respondents=['r1'], answers={{{name!r}: {values}}})"))
    folder = {"shop.lines": "", "answers.yaml": "respondents: []\n"}
    code, err, data = run(folder)
    assert (code, err) == (0, "")
    assert data["dimensions"][0]["score"] == score


@pytest.mark.parametrize("ticks", ["['calls', 'letters']", "('calls', 'letters')", "[1, 2]"])
def test_several_ticks_may_be_a_list_or_a_tuple(
    ticks: str, install: Install, run: Callable[..., Any]
) -> None:
    install("acme", reader(f"return ResponseTable(respondents=['r1'], answers={{{WAYS!r}: [{ticks}]}})"))
    _, _, data = run({"shop.lines": "", "answers.yaml": "respondents: []\n"})
    assert data["dimensions"][1]["score"] == 5.0


def test_a_column_may_have_wide_codes_and_a_row_left_out_any_file(
    install: Install, run: Callable[..., Any]
) -> None:
    body = f"""
        import numpy as np
        from cxmaturity.api import CodedColumn
        codes = np.array([0, 1], dtype=np.uint64)
        return ResponseTable(
            respondents=["r1", "r2"],
            attributes={{"role": CodedColumn(codes, ("leadership", None))}},
            answers={{{SAME!r}: CodedColumn(codes, (3, 5))}},
            left_out=[Problem("elsewhere.txt", 3, 1, "the row is torn", "mend it")],
            seconds=[1e300, None],
            survey=True,
        )
    """
    install("acme", reader(body))
    _, err, data = run({"shop.lines": "", "answers.yaml": "respondents: []\n"})
    assert "Warning" not in err
    assert (data["quality"]["respondents"], data["quality"]["files"][0]["left_out"]) == (2, 1)


# ------------------------------------------------------------------------------------- the user's mistakes


def test_a_question_that_a_survey_without_anybody_asks_is_named(
    install: Install, run: Callable[..., Any]
) -> None:
    install("acme", reader("return ResponseTable(respondents=[], answers={'weather': []}, survey=True)"))
    code, err, _ = run({"shop.lines": ""})
    assert code == 2
    assert err.startswith("responses/shop.lines: there is no question 'weather'")


def test_answers_and_questions_that_are_none_are_placed_as_the_reader_says(
    install: Install, run: Callable[..., Any]
) -> None:
    install("acme", reader(READS))
    code, err, _ = run({"shop.lines": "r1,,9,\nr2,,3,\nr1,,3,\n"})
    assert code == 2
    assert err.splitlines() == [
        f"responses/shop.lines:1:3: {SAME}: there is no option 9; use 1 to 5, or an option's id",
        (
            "responses/shop.lines:3:1: respondent 'r1' is listed twice, first at responses/shop.lines:1:1; "
            "give each respondent one entry and one id"
        ),
    ]


@pytest.mark.parametrize(
    "places",
    [
        "None",
        "lambda *_: 1 / 0",
        "lambda *_: sys.exit()",
        "lambda *_: None",
        "lambda *_: (1,)",
        "lambda *_: ('1', 2)",
        "'here'",
    ],
)
def test_without_places_that_hold_the_respondent_is_named(
    places: str, install: Install, run: Callable[..., Any]
) -> None:
    answers = f"{{{SAME!r}: [9, 3], 'weather': [None, 1]}}"
    install(
        "acme",
        reader(f"return ResponseTable(respondents=['r1', 'y1'], answers={answers}, places={places})"),
    )
    code, err, _ = run({"shop.lines": ""})
    assert code == 2
    assert err.splitlines() == [
        f"responses/shop.lines: respondent 'r1': {SAME}: there is no option 9; use 1 to 5, or an option's id",
        (
            "responses/shop.lines: respondent 'y1': there is no question 'weather'; "
            "see the ids with `cxmaturity questionnaires show ID`"
        ),
        (
            "responses/shop.lines: respondent 'y1' is listed twice, first at responses/answers.yaml:2:7; "
            "give each respondent one entry and one id"
        ),
    ]


def test_problems_that_a_reader_finds_are_shown_located_with_those_of_other_files(
    install: Install, run: Callable[..., Any]
) -> None:
    problems = """
        raise UserError(
            Problem(file.name, line, 2, f"line {line} is empty", "fill it in") for line in (4, 7)
        )
    """
    install("acme", reader(problems))
    code, err, _ = run({"shop.lines": "", "other.yaml": "respondents: [{id: r1, answers: {weather: 1}}]\n"})
    assert code == 2
    assert err.splitlines() == [
        (
            "responses/other.yaml:1:34: there is no question 'weather'; "
            "see the ids with `cxmaturity questionnaires show ID`"
        ),
        "responses/shop.lines:4:2: line 4 is empty; fill it in",
        "responses/shop.lines:7:2: line 7 is empty; fill it in",
    ]


@pytest.mark.parametrize("name", ["shop.lines", "shop.LINES", "shop.tar.gz", "shop"])
def test_a_file_that_nobody_reads_is_named_with_what_can_be_read(name: str, run: Callable[..., Any]) -> None:
    code, err, _ = run({name: LINES})
    assert code == 2
    suffix = Path(name).suffix.lower()
    assert err == (
        f"responses/{name}: files ending in '{suffix}' cannot be read; use one of .yaml, .yml, .json, "
        ".jsonl, .csv, .tsv, .parquet, .xlsx, or install a plugin that reads it\n"
    )


def test_without_third_parties_their_files_cannot_be_read(
    install: Install, workspace_of: Callable[..., Path], cli: Cli
) -> None:
    install("acme", reader(READS))
    folder = workspace_of({"shop.lines": LINES})
    assert cli("assess", folder).code == 0
    done = cli("--no-third-party", "assess", folder)
    assert done.code == 2
    assert "files ending in '.lines' cannot be read" in done.err


# ------------------------------------------------------------------------------------ the reader's mistakes

ONE = "respondents=['r1']"
FAILING = {
    "raises": ("raise ValueError('no idea')", "ValueError: no idea"),
    "exits": ("sys.exit(3)", "SystemExit: 3"),
    "recurses": ("return self.read(file)", "RecursionError: "),
    "cannot decode": ("file.path.read_text('utf-8')", "UnicodeDecodeError: "),
    "gives nothing": ("pass", "it gave a NoneType instead of a ResponseTable"),
    "gives a dict": ("return {'respondents': []}", "it gave a dict instead of a ResponseTable"),
    "a user error that is a text": ("raise UserError('The file is wrong.')", "UserError: "),
    "respondents that are none": ("return ResponseTable(respondents=None, answers={})", "TypeError: "),
    "respondents that are numbers": (
        "return ResponseTable(respondents=[1], answers={})",
        "a respondent's id is a int, not a text",
    ),
    "a respondent without a name": (
        "return ResponseTable(respondents=[''], answers={})",
        "a respondent's id is empty",
    ),
    "answers that are no mapping": (f"return ResponseTable({ONE}, answers=[3])", "AttributeError: "),
    "a column that is too short": (
        f"return ResponseTable({ONE}, answers={{{SAME!r}: []}})",
        f"the column '{SAME}' has 0 rows, and there are 1 respondents",
    ),
    "a column that is too long": (
        f"return ResponseTable({ONE}, answers={{}}, attributes={{'role': ['a', 'b']}})",
        "the column 'role' has 2 rows, and there are 1 respondents",
    ),
    "a column without a length": (
        f"return ResponseTable({ONE}, answers={{{SAME!r}: (n for n in [3])}})",
        "TypeError: ",
    ),
    "a column that breaks off": (
        (
            "class Column(list):\n    def __iter__(self):\n        raise OSError('disk')\n"
            f"return ResponseTable({ONE}, answers={{{SAME!r}: Column([3])}})"
        ),
        "OSError: disk",
    ),
    "a question that is a number": (
        f"return ResponseTable({ONE}, answers={{7: [3]}})",
        "a column's name is a int, not a text",
    ),
    "an answer that is an object": (
        f"return ResponseTable({ONE}, answers={{{SAME!r}: [SimpleNamespace()]}})",
        f"an answer to '{SAME}' is a SimpleNamespace: give a text, a number, a list of these, or None",
    ),
    "a tick that is an object": (
        f"return ResponseTable({ONE}, answers={{{WAYS!r}: [[SimpleNamespace()]]}})",
        f"an answer to '{WAYS}' is a SimpleNamespace",
    ),
    "an answer that no text can hold": (
        f"return ResponseTable({ONE}, answers={{{SAID!r}: ['caf\\udce9']}})",
        f"an answer to '{SAID}' has the character U+DCE9, which no text can hold",
    ),
    "a respondent that no text can hold": (
        "return ResponseTable(respondents=['\\x1b[31m'], answers={})",
        "a respondent's id has the character U+001B",
    ),
    "an attribute that is none": (
        f"return ResponseTable({ONE}, answers={{}}, attributes={{'age': ['7']}})",
        "there is no attribute 'age', only role, department, country, tenure, wave",
    ),
    "an attribute that is a number": (
        f"return ResponseTable({ONE}, answers={{}}, attributes={{'tenure': [7]}})",
        "a tenure is a int, not a text",
    ),
    "notes without rows": (
        f"return ResponseTable({ONE}, answers={{}}, notes={{{SAME!r}: 'a'}})",
        "ValueError: ",
    ),
    "a note on nobody": (
        f"return ResponseTable({ONE}, answers={{}}, notes={{(1, {SAME!r}): 'a'}})",
        "there is a note on row 1, and there are 1 respondents",
    ),
    "a note before everybody": (
        f"return ResponseTable({ONE}, answers={{}}, notes={{(-1, {SAME!r}): 'a'}})",
        "there is a note on row -1",
    ),
    "a row left out at a line that is none": (
        f"return ResponseTable({ONE}, answers={{}}, left_out=[Problem(file.name, '7', 1, 'odd')])",
        "the line or column of a row that is left out is no whole number",
    ),
    "a row left out for no reason": (
        f"return ResponseTable({ONE}, answers={{}}, left_out=[Problem(file.name, 7, 1, None)])",
        "what is said of a row that is left out is a NoneType, not a text",
    ),
    "a note that is none": (
        f"return ResponseTable({ONE}, answers={{}}, notes={{(0, {SAME!r}): None}})",
        "a note is a NoneType, not a text",
    ),
}


COMMANDS = ("assess", "report", "check")
FIRST, *REST = FAILING
TRIED = [*((FIRST, command) for command in COMMANDS), *zip(REST, cycle(COMMANDS), strict=False)]
"""One failure through all commands, as they read alike; the others through one of them in turn."""


@pytest.mark.parametrize(("what", "command"), TRIED)
def test_a_reader_that_fails_is_named_and_nothing_is_assessed(
    *, command: str, what: str, install: Install, workspace_of: Callable[..., Path], cli: Cli
) -> None:
    body, reason = FAILING[what]
    install("acme", reader(body))
    folder = workspace_of({"shop.lines": ""})
    (folder / "responses/shop.lines").write_bytes(b"caf\xe9")
    done = cli(command, folder)
    assert (done.code, done.out) == (2, "")
    (line,) = done.err.splitlines()
    place = f"{folder}/responses/shop.lines"
    assert line.startswith(f"{place}: the plugin 'acme' (acme-cx 1.2) failed reading it: {reason}")
    assert line.endswith("; ask its author, or take the file out")
    assert not (folder / "reports").exists()


def test_the_users_own_interruption_passes_through_a_reader(
    install: Install, workspace_of: Callable[..., Path], cli: Cli
) -> None:
    install("acme", reader("raise KeyboardInterrupt"))
    done = cli("assess", workspace_of({"shop.lines": ""}))
    assert (done.code, done.out, done.err) == (130, "", "\ninterrupted\n")


def test_what_a_reader_prints_is_no_part_of_our_data(install: Install, run: Callable[..., Any]) -> None:
    install("acme", reader(f"print('reading')\n{dedent(READS)}"))
    code, err, data = run({"shop.lines": LINES})
    assert (code, err) == (0, "reading\n")
    assert data["dimensions"][0]["n"] == 3


# ----------------------------------------------------------------------------------------- whose suffix

CLASHING = {
    ".yaml": ("acme", '(".yaml",)', "it brings the reader of '.yaml', which 'core' brings"),
    "several": ("acme", '(".lines", ".yml")', "it brings the reader of '.yml', which 'core' brings"),
}


@pytest.mark.parametrize("what", CLASHING)
def test_a_suffix_of_ours_stays_ours(what: str, install: Install, run: Callable[..., Any]) -> None:
    before = run({})[2]
    name, suffixes, reason = CLASHING[what]
    install(name, reader("raise ValueError('it took what is ours')", suffixes))
    code, err, after = run({})
    assert code == 1
    assert f"warning: plugin “acme” (acme-cx) is refused: {reason}\n" in err
    listed = next(each for each in after["plugins"] if each["name"] == "acme")
    assert (listed["state"], listed["reason"]) == ("refused", reason)
    assert after["dimensions"] == before["dimensions"]


def test_of_two_readers_of_one_suffix_the_first_reads(install: Install, run: Callable[..., Any]) -> None:
    install("zeta", reader("raise ValueError('zeta read it')"))
    install("acme", reader(READS))
    code, err, data = run({"shop.lines": LINES})
    assert code == 1
    assert "plugin “zeta” (zeta-cx) is refused: it brings the reader of '.lines', which 'acme' brings" in err
    assert data["dimensions"][0]["n"] == 3


@pytest.mark.parametrize(
    "suffixes", ["()", "'.lines'", "['.lines']", "('lines',)", "('.Lines',)", "('.',)", "(7,)", "('./../x',)"]
)
def test_suffixes_that_are_none_are_the_plugins_failure(
    suffixes: str, install: Install, run: Callable[..., Any]
) -> None:
    install("acme", reader(READS, suffixes))
    code, err, _ = run({})
    assert code == 1
    assert "plugin “acme” (acme-cx) failed: Lines.suffixes is no tuple of suffixes such as '.yaml'" in err
