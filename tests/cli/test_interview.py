"""``cxmaturity interview``: asks, saves after each answer, goes on later, and harms nobody's file."""

from __future__ import annotations

import io
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cxmaturity.testing import CommandResult
from cxmaturity.yamlfile import read_yaml

Interview = Callable[..., CommandResult]

WHO = ["leadership", "sales", "", ""]
"""Role, department, and nothing of country and tenure."""
ANSWERS = ["3", "Three answers.", "d", "4", "2", "1, 2", "12.5"]
GIVEN = {
    "culture.meaning.same": "sometimes",
    "culture.meaning.said": "Three answers.",
    "retention.loyalty-and-value.scheme": "dont-know",
    "retention.loyalty-and-value.effort": 4,
    "retention.churn-insight.known": "yes",
    "retention.churn-insight.ways": ["calls", "letters"],
    "retention.churn-insight.share": 12.5,
}


@pytest.fixture
def folder(workspace: Callable[..., Path]) -> Path:
    """A workspace in which nobody has answered yet."""
    path = workspace()
    (path / "responses" / "answers.yaml").unlink()
    return path


@pytest.fixture
def interview(cli: Callable[..., CommandResult], monkeypatch: pytest.MonkeyPatch) -> Interview:
    """``interview(folder, lines, …)`` runs the command with these lines piped in."""

    def run(folder: Path, lines: list[str] | bytes, *options: object) -> CommandResult:
        content = lines if isinstance(lines, bytes) else "".join(f"{line}\n" for line in lines).encode()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))
        return cli("interview", folder, *options)

    return run


def saved(folder: Path, respondent: str = "r07") -> Any:
    """The one respondent of an interview's file."""
    (person,) = read_yaml(folder / "responses" / f"{respondent}.yaml").data["respondents"]
    return person


# ---------------------------------------------------------------------------------- the whole of it


def test_an_interview_becomes_a_response_file_that_is_right(
    folder: Path, interview: Interview, cli: Callable[..., CommandResult]
) -> None:
    done = interview(folder, ["r07", *WHO, *ANSWERS, ""])
    assert (done.code, done.err) == (0, "")
    assert saved(folder) == {
        "id": "r07",
        "role": "leadership",
        "department": "sales",
        "answers": GIVEN,
        "notes": {},
    }
    assert "respondents: 1" in cli("check", folder).out
    assert "Answered: 6 · don't know: 1 · does not apply: 0 · without an answer: 0\n" in done.out
    assert f"Next: cxmaturity assess {folder}\nThe next person: cxmaturity interview {folder}\n" in done.out


def test_a_question_is_shown_with_all_that_one_needs_to_answer_it(folder: Path, interview: Interview) -> None:
    shown = interview(folder, ["r07", *WHO, "3"]).out
    for part in (
        "Question 1 of 7 · about 3 minutes left\nCulture \u203a Meaning\n",
        "Do they mean the same?\n",
        "  1  Nobody does it.\n",
        "  5  Every team does it.\n",
        "For the upper answers there should be: Notes.\n",
        "1 to 5, or s d n b t q (? explains)\n",
        "Recorded: Half of the teams do it.\n",
        "Question 2 of 7 · about 3 minutes left\n",  # 3 minutes × 6 ÷ 7, rounded up
    ):
        assert part in shown
    assert "\x1b" not in shown


def test_every_type_of_question_says_how_it_is_answered(folder: Path, interview: Interview) -> None:
    shown = interview(folder, ["r07", *WHO, *ANSWERS]).out
    for part in (
        "In your own words, or s d n b t q",
        "  1 (easy) · 2 · 3 · 4 · 5 (hard)\n",
        "  1  No\n  2  Yes\n",
        "One or several of 1 to 3 with commas",
        "A number of percent",
        "Recorded: By calls. + By letters.\n",
        "Recorded: 12.5 percent\n",
        "Recorded: don't know\n",
    ):
        assert part in shown


@pytest.mark.parametrize("stopped_after", range(12))
def test_an_interview_that_goes_on_gives_the_same_file(
    stopped_after: int, folder: Path, interview: Interview
) -> None:
    """The input ends after so many lines; the next run is given those that are left."""
    lines = [*WHO[:2], "RO", "two years", *ANSWERS]
    first = interview(folder, lines[:stopped_after], "--respondent", "r07")
    assert first.code == 0
    if stopped_after in range(1, 11):
        assert f"To go on: cxmaturity interview {folder} --respondent r07\n" in first.out
    assert interview(folder, lines[stopped_after:], "--respondent", "r07").code == 0
    assert saved(folder)["answers"] == GIVEN
    assert (saved(folder)["role"], saved(folder)["tenure"]) == ("leadership", "two years")


def test_what_was_skipped_is_asked_again_at_the_end(folder: Path, interview: Interview) -> None:
    done = interview(folder, ["r07", *WHO, "3", "s", *ANSWERS[2:], "At last.", ""])
    assert "1 question was skipped. Here it is again." in done.out
    assert "Answer so far, which Enter keeps: skipped\n" in done.out
    assert saved(folder)["answers"] == {**GIVEN, "culture.meaning.said": "At last."}


def test_going_back_shows_the_answer_and_can_change_it(folder: Path, interview: Interview) -> None:
    done = interview(folder, ["r07", *WHO, "3", "b", "4", *ANSWERS[1:], "b 1", "5", ""])
    assert "Answer so far, which Enter keeps: Half of the teams do it.\n" in done.out
    assert "Question 1 of 7 · all have been dealt with\n" in done.out
    assert saved(folder)["answers"]["culture.meaning.same"] == "always"


def test_notes_are_added_changed_and_removed(folder: Path, interview: Interview) -> None:
    lines = ["r07", *WHO, "t", "First.", "t", "", "t", "Second.", "3", "t", "Other.", "t", "-", "q"]
    done = interview(folder, lines)
    assert done.code == 0
    assert saved(folder)["notes"] == {"culture.meaning.same": "Second."}
    assert saved(folder)["answers"] == {"culture.meaning.same": "sometimes"}


def test_an_input_that_is_not_taken_is_asked_for_again(folder: Path, interview: Interview) -> None:
    done = interview(folder, ["r07", "9", *WHO, "9", "", "?", "t", "bell \x07", "3"])
    for said in (
        "Not taken: there is no such role; use 1 to 2, or press Enter to leave it out.",
        "Not taken: there is no option 9; use 1 to 5, or an option's id.",
        "Nothing was entered: answer, or type s to skip.",
        "Not taken: the character U+0007 cannot be kept; write it without.",
    ):
        assert said in done.out
    assert done.out.count("s    skip the question") == 2  # at the beginning, and for the ?
    assert saved(folder)["answers"] == {"culture.meaning.same": "sometimes"}


# -------------------------------------------------------------------------------------------- who it is


def test_a_role_is_asked_its_questions_and_the_rest_are_not_shown(folder: Path, interview: Interview) -> None:
    options = ("--respondent", "r07", "--role", "frontline", "--department", "sales")
    done = interview(folder, ["", "", "4", "2", ""], *options)
    assert "Question 1 of 2" in done.out
    answers = saved(folder)["answers"]
    assert answers.pop("retention.loyalty-and-value.scheme") == "often"
    assert answers.pop("retention.loyalty-and-value.effort") == 2
    assert set(answers.values()) == {"not-shown"}
    assert len(answers) == 5
    assert (saved(folder)["role"], saved(folder)["department"]) == ("frontline", "sales")


def test_a_role_that_is_asked_nothing_is_refused(folder: Path, interview: Interview) -> None:
    path = folder / "questionnaire.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("roles: {", "roles: {guest: Guest, ", 1), encoding="utf-8")
    done = interview(folder, [], "--respondent", "r07", "--role", "guest")
    assert (done.code, "has no question for the role 'guest'" in done.err) == (2, True), done.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--role", "king"], "the questionnaire has no role 'king'; use one of leadership, frontline"),
        (["--role", "leadership"], "r07.yaml: the file names another role; leave --role out, or correct"),
        (["--department", "x\x1b"], "--department: the character U+001B cannot be kept"),
        (["--lang", "ro"], "has no texts in language 'ro'"),
        (["--respondent", "../r07"], "the id of a respondent is not one that can name a file"),
        (["--respondent", "r01"], "answers.yaml:2:7: respondent 'r01' stands in this file already"),
    ],
)
def test_options_that_cannot_be_are_refused_and_nothing_is_written(
    options: list[str], said: str, workspace: Callable[..., Path], interview: Interview
) -> None:
    folder = workspace([{"id": "r01", "answers": {"culture.meaning.same": 1}}])
    file = folder / "responses" / "r07.yaml"
    file.write_text("respondents: [{id: r07, role: frontline}]\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    done = interview(folder, ["3"], "--respondent", "r07", *options)
    assert (done.code, said in done.err) == (2, True), done.err
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_the_id_that_is_suggested_is_nobodys(workspace: Callable[..., Path], interview: Interview) -> None:
    folder = workspace([{"id": "r01", "answers": {"culture.meaning.same": 1}}])
    (folder / "responses" / "r02.yaml").write_text("respondents: [{id: r02}]\n", encoding="utf-8")
    done = interview(folder, ["r01", "a b", "", *WHO, "3"])
    assert "Enter takes r03." in done.out
    assert "respondent 'r01' stands in this file already; choose another id" in done.out
    assert "the id of a respondent is not one that can name a file" in done.out
    assert saved(folder, "r03")["answers"] == {"culture.meaning.same": "sometimes"}


@pytest.mark.parametrize(
    "content",
    [
        "# by hand\nrespondents: [{id: r07}]\n",
        "respondents: [{id: r07}, {id: r08}]\n",
        "respondents: [{id: r07, mood: good}]\n",
        "respondents: [{id: r07, answers: {culture.meaning.same: 9}}]\n",
    ],
)
def test_a_file_that_would_lose_something_is_left_as_it_is(
    content: str, folder: Path, interview: Interview
) -> None:
    file = folder / "responses" / "r07.yaml"
    file.write_text(content, encoding="utf-8")
    done = interview(folder, ["3"], "--respondent", "r07")
    assert done.code == 2
    assert done.err.startswith(str(file))
    asked = interview(folder, ["r07", "r09", *WHO, "3"])
    assert "Not taken: " in asked.out
    assert saved(folder, "r09")["answers"] == {"culture.meaning.same": "sometimes"}
    assert file.read_text(encoding="utf-8") == content


# ---------------------------------------------------------------------------- leaving, and being left


@pytest.mark.parametrize("last", [[], ["q"], ["Q"]])
def test_leaving_saves_and_says_how_to_go_on(last: list[str], folder: Path, interview: Interview) -> None:
    done = interview(folder, ["r07", *WHO, "3", *last])
    assert (done.code, done.err) == (0, "")
    assert done.out.endswith(
        f"Saved in {folder}/responses/r07.yaml\nTo go on: cxmaturity interview {folder} --respondent r07\n"
    )


@pytest.mark.parametrize("lines", [[], ["q"], ["r07"], ["r07", "q"], ["r07", "", "", "", "", "q"]])
def test_leaving_before_anything_was_said_writes_nothing(
    lines: list[str], folder: Path, interview: Interview
) -> None:
    done = interview(folder, lines)
    assert (done.code, done.err) == (0, "")
    assert f"Nothing was saved. To begin again: cxmaturity interview {folder}\n" in done.out
    assert list((folder / "responses").iterdir()) == []


def test_an_interruption_saves_and_ends(
    folder: Path, cli: Callable[..., CommandResult], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = iter([*WHO, "3"])

    def typed(_: str) -> str:
        for line in lines:
            return line
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", typed)
    done = cli("interview", folder, "--respondent", "r07")
    assert done.code == 0
    assert "To go on: " in done.out
    assert saved(folder)["answers"] == {"culture.meaning.same": "sometimes"}


def test_a_closed_input_ends_it(
    folder: Path, cli: Callable[..., CommandResult], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", None)
    done = cli("interview", folder)
    assert (done.code, done.err) == (0, "")
    assert "Nothing was saved." in done.out


def test_a_file_changed_meanwhile_is_not_written_over(
    folder: Path, cli: Callable[..., CommandResult], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folder / "responses" / "r07.yaml"
    theirs = "respondents: [{id: r07, role: frontline}]\n"
    lines = iter([*WHO, "3"])

    def typed(_: str) -> str:
        line = next(lines)
        if line == "3":
            file.write_text(theirs, encoding="utf-8")
        return line

    monkeypatch.setattr("builtins.input", typed)
    done = cli("interview", folder, "--respondent", "r07")
    assert done.code == 2
    assert "somebody has changed the file during the interview" in done.err
    assert file.read_text(encoding="utf-8") == theirs


# ------------------------------------------------------------------------------------- what is hostile


def test_bytes_that_are_no_text_are_refused(folder: Path, interview: Interview) -> None:
    done = interview(folder, b"r07\n\n\n\n\n3\n\xff\xfe\nWords.\n")
    assert "the character U+DCFF cannot be kept" in done.out
    assert saved(folder)["answers"]["culture.meaning.said"] == "Words."


def test_what_others_wrote_cannot_steer_the_terminal(folder: Path, interview: Interview) -> None:
    note = "[bold red]x[/] :warning: {title} \u202eright to left \u200f"
    text = f"respondents: [{{id: r07, role: leadership, notes: {{culture.meaning.same: '{note}'}}}}]\n"
    (folder / "responses" / "r07.yaml").write_text(text, encoding="utf-8")
    done = interview(folder, ["", "", "", "q"], "--respondent", "r07")
    assert "Note: [bold red]x[/] :warning: {title} \\u202eright to left \\u200f\n" in done.out


# ----------------------------------------------------------------------------------- what is remarked on


def test_a_pattern_that_leaves_the_file_out_is_named_with_what_to_add(
    workspace: Callable[..., Path], interview: Interview
) -> None:
    folder = workspace(settings={"responses": ["responses/answers.yaml"]})
    done = interview(folder, ["r07", *WHO, "3"])
    assert done.code == 0
    assert done.err == (
        f"warning: {folder}/assessment.yaml:5:1: no pattern of `responses` matches responses/r07.yaml, so "
        "its answers do not count; add responses/r07.yaml to the list\n"
    )


def test_an_entry_that_nobody_filled_in_is_named(
    workspace: Callable[..., Path], interview: Interview
) -> None:
    folder = workspace([{"id": "r01", "answers": {"culture.meaning.same": None}}])
    done = interview(folder, ["r07", *WHO, "3"])
    assert f"{folder}/responses/answers.yaml:2:7: respondent 'r01' has answered nothing" in done.err


def test_mistakes_of_others_keep_nobody_from_answering(folder: Path, interview: Interview) -> None:
    (folder / "responses" / "broken.yaml").write_text("respondents: [{id: }\n", encoding="utf-8")
    assert interview(folder, ["r07", *WHO, "3"]).code == 0
    assert saved(folder)["answers"] == {"culture.meaning.same": "sometimes"}


def test_a_part_that_cannot_be_asked_is_named_and_the_rest_is_asked(
    workspace: Callable[..., Path], interview: Interview
) -> None:
    settings = {
        "questionnaire": ["questionnaire.yaml", "customer-journey"],
        "plugins": {"disable": ["customer-journey"]},
    }
    folder = workspace(settings=settings)
    answers = "{customer-journey.touchpoints.known: 3}"
    (folder / "responses" / "r07.yaml").write_text(f"respondents: [{{id: r07, answers: {answers}}}]\n")
    done = interview(folder, [*WHO, "3"], "--respondent", "r07")
    assert done.code == 1
    assert "'customer-journey' is not asked" in done.err
    assert saved(folder)["answers"] == {
        "culture.meaning.same": "sometimes",
        "customer-journey.touchpoints.known": 3,
    }


def test_the_questions_come_in_the_language_asked_for(folder: Path, interview: Interview) -> None:
    translation = "culture.meaning.same: {text: Înseamnă același lucru?}\n"
    (folder / "texts.ro.yaml").write_text(translation, encoding="utf-8")
    done = interview(folder, ["r07", *WHO, "q"], "--lang", "ro")
    assert "Înseamnă același lucru?\n" in done.out
    assert done.out.endswith(f"cxmaturity interview {folder} --respondent r07 --lang ro\n")


# ------------------------------------------------------------------------------------ a real terminal


class Screen:
    """The program in a terminal of its own: what it prints, and what is typed."""

    def __init__(self, *arguments: str | Path) -> None:
        self._ours, theirs = os.openpty()
        environment = {**os.environ, "TERM": "dumb", "COLUMNS": "80", "NO_COLOR": "1", "PYTHONUTF8": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "cxmaturity", *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment,
            start_new_session=True,
        )
        os.close(theirs)

    def until(self, *parts: str) -> str:
        """What is printed until all these parts have been. A program that says nothing fails the test."""
        seen = ""
        deadline = time.monotonic() + 60
        while not all(part in seen for part in parts):
            ready, _, _ = select.select([self._ours], [], [], max(0.0, deadline - time.monotonic()))
            assert ready, seen
            seen += os.read(self._ours, 65536).decode(errors="replace").replace("\r\n", "\n")
        return seen

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self._ours, keys.encode())

    def kill(self) -> int:
        """End it as a crash would, if it still runs."""
        self.process.kill()
        return self.process.wait()

    def close(self) -> None:
        """Leave nothing behind."""
        self.kill()
        os.close(self._ours)


@pytest.fixture
def screen() -> Iterator[Callable[..., Screen]]:
    """``screen("interview", folder)`` runs the program in a terminal."""
    if not hasattr(os, "openpty"):
        pytest.skip("the system has no pseudo-terminals")
    opened: list[Screen] = []

    def start(*arguments: str | Path) -> Screen:
        opened.append(Screen(*arguments))
        return opened[-1]

    yield start
    for each in opened:
        each.close()


def test_a_killed_interview_goes_on_at_the_question_it_stopped_at(
    folder: Path, screen: Callable[..., Screen]
) -> None:
    first = screen("interview", folder, "--respondent", "r07", "--role", "leadership")
    first.until("Department", "\n> ")
    for line, shown in (("sales", "Country"), ("", "How long"), ("", "Do they mean"), ("3", "What do they")):
        first.type(f"{line}\n")
        first.until(shown, "\n> ")
    assert first.kill() == -signal.SIGKILL
    assert saved(folder)["answers"]["culture.meaning.same"] == "sometimes"
    second = screen("interview", folder, "--respondent", "r07")
    begun = second.until("What do they say?", "\n> ")
    assert "The interview goes on where it stopped: 1 of 6 questions" in begun
    second.type("Words typed by hand\n")
    second.until("Recorded: Words typed by hand", "Does staying pay?", "\n> ")
    second.type("\x04")  # Ctrl-D
    second.until("To go on: ")
    assert second.process.wait(60) == 0
    assert saved(folder)["answers"]["culture.meaning.said"] == "Words typed by hand"
