"""The page on barriers: what its rows show, and what they must not."""

from __future__ import annotations

from collections.abc import Sequence

from northstar_accessibility.barriers import BarriersSection, Row

from cxmaturity.api import DimensionResult, OptionCount, PracticeResult, QuestionResult


def question(
    topic: str, score: float | None, counts: Sequence[int] = (0, 2, 1), *, suppressed: bool = False
) -> QuestionResult:
    return QuestionResult(
        id=topic,
        practice="accessibility.help",
        topic=topic,
        text="Which?",
        kind="choice",
        evidence="A list.",
        source="S",
        weight=1.0,
        score=score,
        n=sum(counts),
        states={},
        distribution=tuple(
            OptionCount(str(number), f"Step {number}.", number / 2, count)
            for number, count in enumerate(counts)
        ),
        agreement=None,
        suppressed=suppressed,
    )


def practice(*questions: QuestionResult, suppressed: bool = False) -> PracticeResult:
    return PracticeResult(
        id="accessibility.help", title="Help", score=2.5, level=2, questions=questions, suppressed=suppressed
    )


def rows(*practices: PracticeResult) -> list[Row]:
    """The rows of the page; none where there is no page."""
    numbered = {str(number): each for number, each in enumerate(practices)}
    dimension = DimensionResult(id="accessibility", title="Accessibility", practices=numbered)
    content = BarriersSection().content({}, dimension)
    shown = content.values["rows"] if content else []
    assert isinstance(shown, list)
    return shown


def test_a_row_shows_the_lowest_question_and_what_most_said() -> None:
    (row,) = rows(practice(question("ways", 3.0), question("knowledge", 2.0), question("exceptions", None)))
    assert (row.practice, row.score, row.level) == ("Help", 2.5, 2)
    assert row.question is not None
    assert row.question.topic == "knowledge"
    assert row.said is not None
    assert row.said.values == {"text": "Step 1", "count": 2, "n": 3}


def test_the_title_names_the_lowest_question_of_all() -> None:
    practices = {"a": practice(question("ways", 3.0)), "b": practice(question("repairs", 1.5))}
    dimension = DimensionResult(id="accessibility", title="Accessibility", practices=practices)
    content = BarriersSection().content({}, dimension)
    assert content is not None
    assert content.title.values == {"topic": "repairs"}


def test_what_is_hidden_stays_hidden() -> None:
    hidden = question("ways", 1.0, suppressed=True)
    by_question, by_practice = rows(
        practice(hidden, question("knowledge", 4.0)), practice(question("repairs", 1.0), suppressed=True)
    )
    assert by_question.question is not None
    assert by_question.question.topic == "knowledge"
    assert by_practice[1:] == (None, None, None, None)


def test_an_answer_that_nobody_chose_is_not_shown() -> None:
    (row,) = rows(practice(question("share", 2.0, ())))  # a number has no options
    assert row.question is not None
    assert row.said is None


def test_where_nothing_is_known_there_is_no_page() -> None:
    assert rows() == []
    assert rows(practice(question("ways", None)), practice(suppressed=True)) == []
    assert BarriersSection().content({}, None) is None
