"""A second result that differs from the first by few people."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest

from cxmaturity.anonymity.ledger import MOST_KEPT, PLACE, Ledger, read_ledger, write_ledger
from cxmaturity.anonymity.release import Release, release
from cxmaturity.api import State
from cxmaturity.errors import UserError
from cxmaturity.responses.model import NOT_SCORED, Answer, AnswerColumn, FlagKind, Responses

People = Callable[..., Responses]
Cli = Callable[..., Any]

A, B = "12345123454321", "2345123451234512"
"""The answers of 14 people in role a, and of 16 in role b."""


def asked(people: People, more_a: str = "", more_b: str = "", first: str = A) -> Responses:
    """Role a of 14 and role b of 16, and more who came later."""
    ids = [f"a{number}" for number in range(len(first + more_a))]
    ids += [f"b{number}" for number in range(len(B + more_b))]
    return people(
        {"role": "a" * len(first + more_a) + "b" * len(B + more_b)}, {"q": first + more_a + B + more_b}, ids
    )


def of(responses: Responses, former: Ledger | None = None, minimum: int = 5) -> Release:
    """What may be shown, with what people wrote."""
    return release(responses, minimum, former, free_text=True)


def shown(result: Release) -> list[bool]:
    """Whether roles a and b are shown."""
    return [result.shown("role", ["q"])[number] for number in (0, 1)]


# ------------------------------ who came, left, or changed their mind


@pytest.mark.parametrize(
    ("more_a", "more_b", "first", "held"),
    [
        ("", "", A, 0),  # nobody
        ("3", "", A, 1),
        ("34", "45", A, 4),
        ("34", "453", A, 0),  # 5 have come
        ("", "", "2" + A[1:], 1),  # one answered otherwise
        ("", "", A[:-1], 1),  # one left
        ("", "", "23451" + A[5:], 0),  # 5 answered otherwise
        ("3", "4", "2345" + A[4:], 6),  # 2 came, 4 changed: of the 32 - 30 people too few are new
    ],
)
def test_people_are_held_back_until_there_are_enough(
    *, more_a: str, more_b: str, first: str, held: int, people: People
) -> None:
    before = of(asked(people))
    after = of(asked(people, more_a, more_b, first), before.ledger)
    assert after.held_back == held
    if held:
        assert len(after.responses.respondents) == 30
        assert (after.responses.columns["q"].codes == before.responses.columns["q"].codes).all()


def test_five_more_of_whom_one_is_in_a_small_role(people: People) -> None:
    # b 16 and 20: b now - b before would be 4 people. a 14 and 15: 1 person. The whole 35 - 30: 5 people
    before = of(asked(people))
    after = of(asked(people, "3", "4512"), before.ledger)
    assert shown(before) == [True, True]
    assert shown(after) == [False, False]
    assert after.whole == frozenset()
    assert len(after.responses.respondents) == 35


def test_five_more_of_one_role_are_shown(people: People) -> None:
    before = of(asked(people))
    after = of(asked(people, "31425"), before.ledger)
    assert shown(after) == [True, True]


def test_five_more_who_answer_alike_are_not(people: People) -> None:
    # the whole now less the whole before is what these five answered: five times 3
    after = of(asked(people, "33333"), of(asked(people)).ledger)
    assert after.whole == {"q"}


def test_a_third_result_is_held_against_the_first_too(people: People) -> None:
    # 5 of a come, then they leave and 5 others do: the third differs from the first by 5, and from the second
    first = of(asked(people))
    second = of(asked(people, "31425"), first.ledger)
    assert second.ledger is not None
    assert len(second.ledger.kept) == 2
    # now but for one all of those are gone again: 4 from the second, held back
    third = of(asked(people, "3"), second.ledger)
    assert third.held_back == 4
    # with 4 of b it is 8 from the second; from the first it is 5, of whom only one is in a, and 4 in b
    fourth = of(asked(people, "3", "4512"), second.ledger)
    assert (fourth.held_back, shown(fourth)) == (0, [False, False])


def test_ids_that_are_row_numbers_do_not_hide_that_one_person_came(people: People) -> None:
    before = asked(people)
    after = asked(people, "3")
    renumbered = [
        replace(each, respondents=tuple(map(str, range(len(each.respondents))))) for each in (before, after)
    ]
    assert of(renumbered[1], of(renumbered[0]).ledger).held_back == 1


def test_the_same_answers_give_the_same_release_whatever_came_before(people: People) -> None:
    first = of(asked(people))
    second = of(asked(people, "3", "4512"), first.ledger)
    again = of(asked(people, "3", "4512"), second.ledger)
    assert (again.held_back, again.ledger) == (0, None)
    assert shown(again) == shown(second)


def test_a_higher_minimum_hides_what_was_shown_and_a_lower_shows_nothing_more(people: People) -> None:
    first = of(asked(people))
    assert shown(of(asked(people), first.ledger, 15)) == [False, False]
    hidden = of(asked(people), minimum=15)
    assert shown(of(asked(people), hidden.ledger, 5)) == [False, False]


def test_a_new_question_that_nobody_has_answered_changes_nothing(people: People) -> None:
    before = of(asked(people))
    now = asked(people)
    more = people({"role": "a" * 14 + "b" * 16}, {"q": A + B, "r": "." * 30}, now.respondents)
    after = of(more, before.ledger)
    assert (after.held_back, after.whole, shown(after)) == (0, frozenset(), [True, True])


def test_only_the_last_results_are_kept(people: People) -> None:
    ledger = None
    for number in range(5):
        result = of(asked(people, "31425" * number), ledger)
        ledger = result.ledger
    assert ledger is not None
    assert len(ledger.kept) == MOST_KEPT


def test_a_minimum_under_3_is_refused(people: People) -> None:
    with pytest.raises(ValueError, match="3 or more, not 2"):
        of(asked(people), minimum=2)


# ------------------------------ what people wrote


def with_notes(responses: Responses, notes: dict[int, str]) -> Responses:
    """Responses with notes to the question, by row."""
    return replace(responses, notes={(row, "q"): note for row, note in notes.items()})


def written(result: Release) -> list[str]:
    """What is shown of what people wrote."""
    return [text for _, text in sorted((*result.responses.notes.items(), *result.responses.texts.items()))]


def test_notes_are_shown_without_names_and_sorted_where_five_wrote_one(people: People) -> None:
    notes = {9: "e", 1: "d", 2: "a", 3: "c", 4: "b"}
    result = of(with_notes(asked(people), notes))
    assert written(result) == ["a", "b", "c", "d", "e"]
    assert set(result.responses.respondents) == {""}


def test_notes_of_four_are_not_shown_however_many_texts_they_are(people: People) -> None:
    notes = {1: "d", 2: "a", 3: "c", 4: "b"}
    responses = replace(
        with_notes(asked(people), notes), texts={(row, "q"): f"{note}!" for row, note in notes.items()}
    )
    assert written(of(responses)) == []


@pytest.mark.parametrize("said", [None, False])
def test_notes_are_left_out_unless_the_workspace_wants_them(said: bool | None, people: People) -> None:  # noqa: FBT001
    responses = with_notes(asked(people), dict.fromkeys(range(9), "a"))
    assert written(release(responses, 5, free_text=said)) == []


def test_one_more_note_is_not_shown_until_there_are_five_more(people: People) -> None:
    notes = {row: f"note {row}" for row in range(6)}
    first = of(with_notes(asked(people), notes))
    six = written(first)
    more = asked(people, "31425")
    assert written(of(with_notes(more, notes | {14: "new"}), first.ledger)) == six
    five_more = {14 + number: f"new {number}" for number in range(5)}
    assert len(written(of(with_notes(more, notes | five_more), first.ledger))) == 11


def test_notes_that_go_do_not_make_up_for_notes_that_come(people: People) -> None:
    # nine wrote; four of them leave and one comes with a note: five moves, and one new note
    first = of(with_notes(asked(people), {row: f"note {row}" for row in range(9)}))
    nine = written(first)
    later = asked(people, "31425", first=A[4:])
    notes = {row: f"note {row + 4}" for row in range(5)} | {10: "new"}
    again = written(of(with_notes(later, notes), first.ledger))
    assert "new" not in again
    assert again in ([], nine)


# ------------------------------ the file


def test_what_is_written_is_read_back(people: People, tmp_path: Path) -> None:
    first = of(with_notes(asked(people), {row: f"n{row}" for row in range(6)}))
    second = of(asked(people, "31425"), first.ledger)
    assert second.ledger is not None
    write_ledger(tmp_path, second.ledger)
    read = read_ledger(tmp_path)
    assert read is not None
    for kept, original in zip(read.kept, second.ledger.kept, strict=True):
        assert kept.texts == original.texts
        assert kept.former.minimum == original.former.minimum
        assert kept.former.batch.columns["q"].meanings[:5] == original.former.batch.columns["q"].meanings[:5]
        for name in ("sizes", "cells", "whole"):
            assert (getattr(kept.former.mask, name) == getattr(original.former.mask, name)).all()
    assert of(asked(people, "314253"), read).held_back == 1


def test_more_answers_than_two_bytes_tell_apart_are_read_back(people: People, tmp_path: Path) -> None:
    ledger = of(asked(people)).ledger
    assert ledger is not None
    (kept,) = ledger.kept
    ticks = [Answer(State.ANSWERED, 0.5, ticked=frozenset({number})) for number in range(66_000)]
    column = AnswerColumn(np.arange(65_970, 66_000, dtype=np.uint32), (*ticks, *NOT_SCORED))
    batch = replace(kept.former.batch, columns={"q": column})
    write_ledger(tmp_path, Ledger((replace(kept, former=replace(kept.former, batch=batch)),)))
    read = read_ledger(tmp_path)
    assert read is not None
    assert read.kept[0].former.batch.columns["q"].codes.tolist() == list(range(65_970, 66_000))


def test_no_ids_stand_in_the_file(people: People, tmp_path: Path) -> None:
    responses = replace(asked(people), respondents=tuple(f"ana-{number}" for number in range(30)))
    ledger = of(responses).ledger
    assert ledger is not None
    write_ledger(tmp_path, ledger)
    with zipfile.ZipFile(tmp_path.joinpath(*PLACE)) as archive:
        assert not any(b"ana-" in archive.read(name) for name in archive.namelist())


def test_without_a_file_there_is_no_ledger(tmp_path: Path) -> None:
    assert read_ledger(tmp_path) is None


def test_a_damaged_file_is_refused_with_the_way_out(people: People, tmp_path: Path) -> None:
    ledger = of(asked(people)).ledger
    assert ledger is not None
    write_ledger(tmp_path, ledger)
    path = tmp_path.joinpath(*PLACE)
    whole = path.read_bytes()
    with np.load(path) as arrays:
        parts = dict(arrays)
    damaged: list[dict[str, Any]] = [
        parts | {"format": np.array(99)},
        parts | {"0.ids": parts["0.ids"][1:]},
        parts | {"0.codes": parts["0.codes"] + np.uint16(200)},
        parts | {"0.sizes": parts["0.sizes"].astype(int)},
        parts | {"0.groups": parts["0.groups"] + np.int32(9)},
        parts | {"0.said": np.frombuffer(json.dumps({"minimum": 5}).encode(), dtype=np.uint8)},
        parts | {"0.said": np.array([{}], dtype=object)},
        {name: part for name, part in parts.items() if name != "0.people"},
    ]
    for each in damaged:
        np.savez(path, **each)
        with pytest.raises(UserError, match="delete it if nobody has seen an earlier result"):
            read_ledger(tmp_path)
    for content in (whole[:200], b"", b"PK"):
        path.write_bytes(content)
        with pytest.raises(UserError, match="cannot be read"):
            read_ledger(tmp_path)


# ------------------------------ the command line


def survey(count: int) -> list[dict[str, Any]]:
    """People of whom no two questions are answered alike by all."""
    return [
        {
            "id": f"person-{number}",
            "role": "leadership",
            "answers": {
                "culture.meaning.same": number % 5 + 1,
                "retention.loyalty-and-value.scheme": (number + 2) % 5 + 1,
            },
        }
        for number in range(count)
    ]


def test_a_confidential_workspace_holds_one_more_person_back(
    workspace: Callable[..., Path], cli: Cli
) -> None:
    folder = workspace(survey(16))
    first = json.loads(cli("assess", "--json", folder).out)
    assert (first["quality"]["respondents"], first["quality"]["held_back"]) == (16, 0)
    assert folder.joinpath(*PLACE).is_file()
    workspace(survey(17))
    second = json.loads(cli("assess", "--json", folder).out)
    assert (second["quality"]["respondents"], second["quality"]["held_back"]) == (16, 1)
    assert second["overall"]["score"] == first["overall"]["score"]
    assert any("released.npz" in note for note in second["notes"])
    workspace(survey(21))
    third = json.loads(cli("assess", "--json", folder).out)
    assert (third["quality"]["respondents"], third["quality"]["held_back"]) == (21, 0)


def test_flags_say_nothing_of_those_held_back(workspace: Callable[..., Path], cli: Cli) -> None:
    def flags(fast: int) -> Any:
        questions = "culture.meaning.same,retention.loyalty-and-value.scheme"
        rows = [
            f"r{row},{1 if row < fast else 60},{row % 5 + 1},{(row + 2) % 5 + 1}" for row in range(12 + fast)
        ]
        text = "\n".join([f"respondent,seconds,{questions}", *rows, ""])
        folder = workspace([], {"responses": ["responses/*.csv"]}, {"responses/survey.csv": text})
        data = json.loads(cli("assess", "--json", folder).out)
        return data["quality"]["held_back"], {
            each["kind"]: each["count"] for each in data["quality"]["flags"]
        }

    assert flags(5) == (0, {**dict.fromkeys(get_args(FlagKind)), "speed": 5})
    assert flags(6) == (1, dict.fromkeys(get_args(FlagKind)))


def test_among_named_people_nothing_is_kept_or_read(workspace: Callable[..., Path], cli: Cli) -> None:
    folder = workspace(survey(16), {"confidential": False})
    folder.joinpath(PLACE[0]).mkdir()
    folder.joinpath(*PLACE).write_bytes(b"damaged")
    assert cli("assess", folder).code == 0
    assert folder.joinpath(*PLACE).read_bytes() == b"damaged"


def test_a_ledger_that_cannot_be_read_ends_the_run(workspace: Callable[..., Path], cli: Cli) -> None:
    folder = workspace(survey(16))
    folder.joinpath(PLACE[0]).mkdir()
    folder.joinpath(*PLACE).write_bytes(b"damaged")
    done = cli("assess", folder)
    assert done.code == 2
    assert "released.npz" in done.err


def test_a_ledger_that_cannot_be_written_is_named(workspace: Callable[..., Path], cli: Cli) -> None:
    folder = workspace(survey(16))
    folder.joinpath(PLACE[0]).write_text("a file where the folder should be", encoding="utf-8")
    done = cli("assess", folder)
    assert done.code == 0
    assert "released.npz cannot be written" in done.err
