"""What the summary says of how sure the score is, what is hidden and what was left out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cxmaturity.api import Agreed, DimensionResult, Message, Note
from cxmaturity.result import DataQuality
from cxmaturity.texts import load_texts

AGREED = Agreed(kind="consensus", score=3.5, mean=2.9, by="Ana Pop", at="2026-10-12", why="Cases.")


def prose(bench: Any, **changes: Any) -> str:
    return " ".join(bench.report(**changes).summary.paragraphs)


def hide(dimension: DimensionResult) -> DimensionResult:
    """The dimension as it is where too few people answered."""
    reason = Message("reason.suppressed", {"minimum": 5})
    gone = {"score": None, "level": None, "interval": None, "suppressed": True, "reason": reason}
    practices = {name: replace(each, **gone) for name, each in dimension.practices.items()}
    return replace(dimension, practices=practices, contributions=(), findings=(), **gone)


def silent(dimension: DimensionResult) -> DimensionResult:
    """The dimension as it is where nobody answered."""
    hidden = hide(dimension)
    practices = {name: replace(each, suppressed=False) for name, each in hidden.practices.items()}
    reason = Message("reason.no-scored-answers")
    return replace(hidden, practices=practices, suppressed=False, reason=reason)


def test_without_an_interval_the_summary_says_why(bench: Any) -> None:
    without = replace(bench.assessment.overall, interval=None)
    many = prose(bench, overall=without, raters={"": 4000})
    assert "4,000 people answered, but their answers allow no interval" in many
    assert "few" not in many
    assert "rests on a single respondent" in prose(bench, overall=without, raters={"": 1})


def test_an_agreed_value_is_the_reason_and_makes_no_level_provisional(bench: Any) -> None:
    culture, *others = bench.assessment.dimensions
    (name, meaning), *rest = culture.practices.items()
    practices = {name: replace(meaning, agreed=AGREED), **dict(rest)}
    changes = {
        "overall": replace(bench.assessment.overall, interval=None, caps=()),
        "dimensions": (replace(culture, practices=practices), *others),
    }
    assert "Part of the score is a value that was agreed or set" in prose(bench, **changes)
    assert "provisionally" not in bench.report(**changes).summary.title
    assert "provisionally" in bench.report(overall=changes["overall"]).summary.title


def test_what_is_hidden_is_counted(bench: Any) -> None:
    quality = DataQuality(respondents=6, hidden=3)
    assert "3 questions are not shown, as fewer than 5 people answered them" in prose(bench, quality=quality)
    assert "not shown" not in prose(bench)


@pytest.mark.parametrize(
    ("warnings", "said"),
    [
        ([Message("warning.rows", {"n": 1300})], "1,300 rows of the response files were left out."),
        (
            [Message("warning.row", {"problem": "a"})] * 2,
            "2 things were left out on the way; the appendix names them.",
        ),
        (
            [Message("warning.row", {"problem": "a"})] * 41,
            "41 things were left out on the way; the appendix names the first 40.",
        ),
    ],
)
def test_what_was_left_out_is_counted_and_only_what_is_named_is_said_to_be(
    bench: Any, warnings: list[Message], said: str
) -> None:
    text = prose(bench, warnings=tuple(warnings))
    assert said in text
    assert text.count("left out") == 1


def test_what_is_hidden_is_not_called_not_assessed(bench: Any) -> None:
    culture, retention = bench.assessment.dimensions
    changes = {"dimensions": (hide(culture), retention)}
    report = bench.report(**changes)
    assert report.dimensions[0].title == "Culture is not shown"
    assert report.dimensions[0].note.startswith(
        "Not shown, as it could tell what fewer than 5 people answered"
    )
    assert "Not shown is culture" in prose(bench, **changes)
    assert report.unassessed is not None
    assert (report.unassessed.name, report.unassessed.title) == ("Not shown", "One dimension is not shown")
    html = bench.html(**changes)
    assert ">not assessed<" not in html  # in the charts
    assert ">not shown<" in html


def test_a_page_names_the_practices_that_are_hidden(bench: Any) -> None:
    culture, retention = bench.assessment.dimensions
    (name, practice), *rest = retention.practices.items()
    gone = replace(practice, score=None, level=None, interval=None, suppressed=True)
    section = bench.report(
        dimensions=(culture, replace(retention, practices={name: gone, **dict(rest)}))
    ).dimensions[1]
    assert f"Not shown is {practice.title.lower()}: too few people answered" in section.note
    missing = section.bars.rows[0].missing
    assert missing is not None
    assert missing.texts[0].lines == ("not shown",)


def test_hidden_and_unassessed_dimensions_share_a_page_that_tells_them_apart(bench: Any) -> None:
    culture, retention = bench.assessment.dimensions
    none = replace(bench.assessment.overall, score=None, level=None, interval=None, contributions=())
    changes = {"overall": none, "dimensions": (hide(culture), silent(retention))}
    page = bench.report(**changes).unassessed
    assert page.title == "2 dimensions were not assessed or are not shown"
    assert len(page.paragraphs) == 2
    text = prose(bench, **changes)
    assert "Not assessed was retention." in text
    assert "Not shown is culture" in text
    assert bench.report().unassessed is None


def test_a_note_without_a_name_has_no_colon_before_it(bench: Any) -> None:
    culture, *others = bench.assessment.dimensions
    (name, meaning), *rest = culture.practices.items()
    first, *questions = meaning.questions
    noted = replace(first, notes=(Note("", "remark 0"), Note("r1", "remark 1")))
    practices = {name: replace(meaning, questions=(noted, *questions)), **dict(rest)}
    report = bench.report(dimensions=(replace(culture, practices=practices), *others))
    assert report.appendix.answers[0].rows[0].notes == ("remark 0", "r1: remark 1")


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("finding.strength.value", {"topic": "T", "score": 3.0, "n": 4000}),
        ("explain.raise.tick", {"count": 4000, "n": 5000, "anchor": "A"}),
        ("explain.fact.state.answered", {"n": 4000}),
        ("report.answers.tick", {"text": "T", "n": 4000}),
    ],
)
def test_thousands_are_separated(key: str, values: dict[str, Any]) -> None:
    assert "4,000" in load_texts("en")(key, **values)
