"""A file that is no result is the user's mistake, whatever is in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cxmaturity.errors import UserError
from cxmaturity.following.building import compare_results
from cxmaturity.following.data import comparison_data
from cxmaturity.following.reading import as_result, read_result
from cxmaturity.texts import load_texts

ANEW = "write the result anew with `cxmaturity assess DIR --json`"


@pytest.fixture
def refused(tmp_path: Path) -> Callable[[str | bytes], list[str]]:
    """What is said of a file with a content."""

    def of(content: str | bytes) -> list[str]:
        path = tmp_path / "result.json"
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        with pytest.raises(UserError) as caught:
            read_result(path)
        return [str(problem).removeprefix(f"{path}:").strip() for problem in caught.value.problems]

    return of


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "1:2: this is not valid JSON"),
        ('{"a":\n oops}', "2:2: this is not valid JSON"),
        ("[]", "this is no result of cxmaturity"),
        ("3", "this is no result of cxmaturity"),
        ('{"format": 1, "status": "optimal"}', "this is no result of cxmaturity"),
        ('{"format": 1, "overall": NaN}', "NaN is no value of JSON"),
        ('{"overall": 1' + "0" * 400 + "}", "a number is too large"),
        ('{"overall": 1e999}', "a number is too large"),
        ('{"overall": "\\u001b[31m"}', "a text has the control character"),
        ('{"overall": "\\ud800"}', "a text has the control character"),
        ('{"a": 1, "a": 2}', "an object has the key 'a' twice"),
        ("[" * 100_000, "lists or objects lie in each other too deeply"),
        ('{"a": ' + "[" * 60 + "]" * 60 + "}", "lists or objects lie in each other too deeply"),
        (b"\xff\xfe\x00", "is not UTF-8 text"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_what_is_no_result_is_named_with_what_to_do(
    content: str | bytes, said: str, refused: Callable[[str | bytes], list[str]]
) -> None:
    (problem,) = refused(content)
    assert said in problem
    assert problem.endswith(ANEW)


def test_another_format_is_named(make: Any, refused: Callable[[str], list[str]]) -> None:
    (problem,) = refused(json.dumps(make.result([], format=2)))
    assert problem == (
        "the result is not of format 1, the one that is known here; "
        "update cxmaturity, or write the result anew with this version"
    )


def test_true_is_no_format(make: Any, refused: Callable[[str], list[str]]) -> None:
    (problem,) = refused(json.dumps(make.result([], format=True)))
    assert problem.startswith("the result is not of format 1")


def test_a_score_outside_its_interval_is_named(make: Any, refused: Callable[[str], list[str]]) -> None:
    data = make.one_practice(3.0, 0.1, [make.question("d.p.a", 3.0)])
    data["overall"]["interval"] = [4.0, 5.0]
    data["dimensions"][0]["practices"][0]["questions"][0]["interval"] = [1.0, 2.0]
    assert sorted(refused(json.dumps(data))) == [
        f"`dimensions[0].practices[0].questions[0].interval`: the score lies outside it; {ANEW}",
        f"`overall.interval`: the score lies outside it; {ANEW}",
    ]


def test_numbers_beyond_all_sense_are_named(make: Any, refused: Callable[[str], list[str]]) -> None:
    data = make.one_practice(3.0, 0.1, [make.question("d.p.a", 3.0)])
    data["metrics"] = [{**make.metric("value", 1e25), "interval": [-1e300, 1e300]}]
    data["quality"]["respondents"] = 10**17
    data["dimensions"][0]["weight"] = 1e308
    assert sorted(problem.partition(":")[0] for problem in refused(json.dumps(data))) == [
        "`dimensions[0].weight`",
        "`metrics[0].interval[0]`",
        "`metrics[0].interval[1]`",
        "`metrics[0].value`",
        "`quality.respondents`",
    ]


def test_a_comparison_is_no_result(make: Any, refused: Callable[[str], list[str]]) -> None:
    one = as_result("x", make.one_practice(3.0, 0.1, [make.question("d.p.a", 3.0)]))
    (problem,) = refused(json.dumps(comparison_data(compare_results(one, one), load_texts("en"))))
    assert problem.startswith("this is a comparison, not a result")


def test_each_mistake_is_named_with_its_path(make: Any, refused: Callable[[str], list[str]]) -> None:
    data = make.one_practice(3.0, 0.1, [make.question("d.p.a", 3.0)], as_of="2026-02-30")
    data["dimensions"][0]["score"] = 7
    data["dimensions"][0]["practices"][0]["interval"] = [4.0, 2.0]
    data["dimensions"][0]["practices"][0]["questions"][0]["score"] = "3"
    assert sorted(refused(json.dumps(data))) == [
        f"`as_of`: there is no day 2026-02-30; {ANEW}",
        f"`dimensions[0].practices[0].interval`: its lower end lies above its upper one; {ANEW}",
        f"`dimensions[0].practices[0].questions[0].score`: expected a number, found text '3'; {ANEW}",
        f"`dimensions[0].score`: expected at most 5, found the number 7; {ANEW}",
    ]


def test_an_id_that_comes_twice_is_named(make: Any, refused: Callable[[str], list[str]]) -> None:
    one = make.dimension("d", 3.0, 0.1, [])
    (problem,) = refused(json.dumps(make.result([one, one])))
    assert "the dimension 'd' is in it twice" in problem


def test_of_many_mistakes_some_are_named(make: Any, refused: Callable[[str], list[str]]) -> None:
    data = make.result([make.dimension(f"d{number}", 3.0, 0.1, []) for number in range(99)])
    for dimension in data["dimensions"]:
        dimension["score"] = 9
    assert len(refused(json.dumps(data))) == 20


def test_a_file_that_is_not_there_or_too_large(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="there is no such file"):
        read_result(tmp_path / "nowhere.json")
    large = tmp_path / "large.json"
    large.write_bytes(b" " * 16_000_001)
    with pytest.raises(UserError, match="is larger than 16,000,000 bytes"):
        read_result(large)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_stands_anywhere_in_a_result_is_read_or_named(make: Any, data: st.DataObject) -> None:
    whole = make.one_practice(
        3.0,
        0.1,
        [make.question("d.p.a", 3.0, 0.1)],
        plan=make.plan(done={"d.x": "2027-01"}),
        metrics=[make.metric("nps", 3.0, 1.0)],
        recommendations=[make.initiative("d.x")],
    )
    sane = as_result("sane.json", json.loads(json.dumps(whole)))
    place = whole
    while True:
        key = data.draw(st.sampled_from(list(place) if isinstance(place, dict) else list(range(len(place)))))
        inner = place[key]
        if not isinstance(inner, dict | list) or not inner or data.draw(st.booleans()):
            break
        place = inner
    place[key] = data.draw(JSON)
    try:
        odd = as_result("odd.json", whole)
    except UserError:
        return
    texts = load_texts("en")
    for pair in ((sane, odd), (odd, sane)):
        assert json.dumps(comparison_data(compare_results(*pair), texts), allow_nan=False)
