"""YAML as users write it: what is read, what is refused, and where each message points."""

from __future__ import annotations

import errno
import json
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from cxmaturity.errors import Problem, UserError
from cxmaturity.yamlfile import Loc, YamlDocument, building, parse_yaml, read_yaml, validate
from cxmaturity.yamlfile.characters import FORBIDDEN, has_forbidden


def problems(text: str | bytes) -> list[str]:
    """The problems of a YAML text, as users see them."""
    with pytest.raises(UserError) as caught:
        parse_yaml(text, "f")
    return [str(problem) for problem in caught.value.problems]


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once with libyaml, once without."""
    if not hasattr(yaml, request.param):
        pytest.skip("PyYAML was built without libyaml")
    monkeypatch.setattr(building, "_LOADER", getattr(yaml, request.param))


# ------------------------------------------------------------------------------------------- values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *((word, None) for word in ("", "~", "null", "Null", "NULL")),
        *((word, True) for word in ("true", "True", "TRUE")),
        *((word, False) for word in ("false", "False", "FALSE")),
        *((word, word) for word in ("yes", "No", "on", "OFF", "y", "tRUE", "nULL")),
        *((word, int(word)) for word in ("0", "-0", "7", "+7", "-12", "999999999999999999")),
        *((word, word) for word in ("012", "0x1F", "0o17", "0b1", "1_000", "1:30", "1,5", "٣", "--1")),
        *((word, float(word)) for word in ("1.5", "-.5", "2.", "1e3", "1.0E-2", "0.0")),
        *((word, word) for word in (".inf", "-.inf", ".nan", "inf", "NaN", "01.5", "1.2.3", ".", "1e")),
        *((word, word) for word in ("2026-11-01", "2026-11-01T10:00:00Z", "=", "a<<b")),
        ('"true"', "true"),
        ("'7'", "7"),
        ('""', ""),
        ("|\n  7\n", "7\n"),
        (">\n  two\n  lines\n", "two lines\n"),
    ],
)
@pytest.mark.usefixtures("_parser")
def test_a_value_means_what_it_looks_like(text: str, value: object) -> None:
    data = parse_yaml(f"a: {text}", "f").data
    assert data == {"a": value}
    assert type(data["a"]) is type(value)


@pytest.mark.usefixtures("_parser")
def test_keys_are_the_text_that_is_written() -> None:
    data = parse_yaml("3: a\nno: b\n~: c\n1.50: d\n'x y': e\n2026-11-01: f\n\"<<\": g\n", "f").data
    assert data == dict(zip(["3", "no", "~", "1.50", "x y", "2026-11-01", "<<"], "abcdefg", strict=True))


@pytest.mark.parametrize("text", ["", "\n", "# nothing\n", "---\n", "\ufeff"])
def test_an_empty_file_is_none(text: str) -> None:
    document = parse_yaml(text, "f")
    assert document.data is None
    assert str(document.problem(("a",), "empty")).startswith("f:")


def texts() -> st.SearchStrategy[str]:
    return st.text().filter(lambda text: not FORBIDDEN.search(text))


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**18) + 1, 10**18 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts(), inner, max_size=4),
    max_leaves=20,
)


@given(JSON)
def test_what_json_can_hold_comes_back(data: Any) -> None:
    # as UTF-8, for YAML knows no pairs of surrogates: JSON's "\\ud800\\udc00" is an error in it
    for indent in (None, 1):
        assert parse_yaml(json.dumps(data, ensure_ascii=False, indent=indent), "f").data == data


@given(st.dictionaries(texts(), texts() | st.dictionaries(texts(), st.lists(texts()))))
def test_what_pyyaml_dumps_comes_back(data: Any) -> None:
    assert parse_yaml(yaml.safe_dump(data, default_style='"'), "f").data == data


# ------------------------------------------------------------------------------------------- places

PLACES = """\
title: Ö x
list:
  - one
  - id: a
    flow: {k: [7, "q"]}
empty:
3: three
"""


@pytest.mark.parametrize(
    ("loc", "value", "key"),
    [
        ((), (1, 1), (1, 1)),
        (("title",), (1, 8), (1, 1)),
        (("list",), (3, 3), (2, 1)),
        (("list", 0), (3, 5), (3, 5)),
        (("list", 1), (4, 5), (4, 5)),
        (("list", 1, "flow"), (5, 11), (5, 5)),
        (("list", 1, "flow", "k", 1), (5, 19), (5, 19)),
        (("empty",), (6, 7), (6, 1)),
        ((3,), (7, 4), (7, 1)),
        (("list", 1, "missing", "deeper"), (4, 5), (4, 5)),
        (("title", 0), (1, 8), (1, 8)),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.usefixtures("_parser")
def test_places_point_at_the_text(
    loc: Loc, value: tuple[int, int], key: tuple[int, int], line_end: str, start: str
) -> None:
    document = parse_yaml(start + PLACES.replace("\n", line_end), "f")
    assert document.place(loc) == value
    assert document.place(loc, key=True) == key


@given(
    st.lists(st.dictionaries(st.from_regex(r"[a-z]{1,5}", fullmatch=True), st.integers(0, 99)), max_size=5)
)
def test_every_number_is_found_at_its_place(data: list[dict[str, int]]) -> None:
    text = yaml.safe_dump(data)
    document = parse_yaml(text, "f")
    lines = text.splitlines()
    for position, entry in enumerate(data):
        for key, number in entry.items():
            line, column = document.place((position, key))
            assert lines[line - 1][column - 1 :] == str(number)
            line, column = document.place((position, key), key=True)
            assert lines[line - 1][column - 1 :].split(":")[0].strip("'") == key


def test_a_problem_carries_the_file_and_the_place() -> None:
    document = parse_yaml("a:\n  b: 1\n", "dir/f.yaml")
    assert document.problem(("a", "b"), "what", "fix") == Problem("dir/f.yaml", 2, 6, "what", "fix")
    assert document.problem(("a", "b"), "what", key=True) == Problem("dir/f.yaml", 2, 3, "what")


def test_a_document_can_be_made_without_a_file() -> None:
    assert YamlDocument("f", {"a": 1}).place(("a",)) == (1, 1)


# ------------------------------------------------------------------------------------------ refused


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "a: &x 1",
            ["f:1:4: anchors (&x) are not supported; remove it; put text that starts with & in quotes"],
        ),
        (
            "a: *x\nb: *y",
            [
                f"f:{line}:4: aliases (*{name}) are not supported; "
                "write the value out; put text that starts with * in quotes"
                for line, name in ((1, "x"), (2, "y"))
            ],
        ),
        (
            "a: !foo 1",
            ["f:1:4: tags (!foo) are not supported; remove it; put text that starts with ! in quotes"],
        ),
        ("<<: {a: 1}", ["f:1:1: merge keys (<<) are not supported; write the values out"]),
        (
            "a: 1\n---\nb: 2",
            ["f:2:1: a second document starts here; keep one document in a file; remove the `---`"],
        ),
        ("a: 1e999", ["f:1:4: this number is too large; correct it, or put it in quotes if it is text"]),
        ('a: "x\\0"', ["f:1:4: the text holds the control character U+0000; remove the escape"]),
        ('"\\e": x', ["f:1:1: the text holds the control character U+001B; remove the escape"]),
        (
            "%YAML 1.2\n---\na: 1",
            ["f:1:1: a line cannot start with %; remove it, or indent it if it is text"],
        ),
        (
            "a: 1\n[b]: 2",
            ["f:2:1: a key must be a text; write `key: value`; quote text that starts with [, { or *"],
        ),
    ],
)
@pytest.mark.usefixtures("_parser")
def test_what_is_refused(text: str, expected: list[str]) -> None:
    assert problems(text) == expected


@pytest.mark.parametrize(
    "text", ["a: !!python/object:os.system x", "a: !!str 1", "a: ! x", "!!map {a: 1}", "[!x []]"]
)
def test_every_tag_is_refused(text: str) -> None:
    assert "are not supported" in problems(text)[0]


@pytest.mark.parametrize("text", ["*a : 1", "? *a\n: 1", "? {a: 1}\n: 2"])
def test_a_key_that_is_no_text(text: str) -> None:
    assert "a key must be a text" in problems(text)[0]


@pytest.mark.parametrize(
    "number", ["1000000000000000000", "-1000000000000000000", "9" * 10_000, "1." + "0" * 40]
)
def test_numbers_have_an_end(number: str) -> None:
    assert "this number is too large" in problems(f"a: {number}")[0]


@pytest.mark.usefixtures("_parser")
def test_every_duplicate_key_is_reported_with_the_line_of_the_first() -> None:
    text = 'a: 1\nb: {c: 1, c: 2}\n"a": 2\nd: x\na: 3\n'
    assert problems(text) == [
        "f:2:11: `c` is given twice, first in line 2; remove one of them",
        "f:3:1: `a` is given twice, first in line 1; remove one of them",
        "f:5:1: `a` is given twice, first in line 1; remove one of them",
    ]


def test_problems_before_a_syntax_error_are_kept() -> None:
    found = problems("a: 1\na: 2\nb: [\n")
    assert [problem.split(":")[1] for problem in found] == ["2", "4"]


@pytest.mark.usefixtures("_parser")
@pytest.mark.parametrize(
    ("text", "start"),
    [
        ('a: "x\nb: 1\n', "f:1:4: this quote is never closed; close it"),
        ("a: [1\nb: 2\n", "f:2:2: expected a comma, or the end of the bracket opened in line 1; "),
        ("a: b: c", "f:1:5: a key cannot stand here; "),
        ("a:\n\tb: 1", "f:2:1: a value cannot start with this character; indent with spaces, not tabs"),
        ("a: @x", "f:1:4: a value cannot start with this character; "),
        ("a: b\nc\n", "f:2:1: expected `key: value`; "),
        ("a: *x*", "f:1:4: text cannot start with * or &; put it in quotes"),
        ("a: - b", "f:1:4: a list cannot start here; start it on a line of its own"),
        ("a: 'it's'", "f:1:8: this does not continue what began in line 1; "),
        ("{a: 1}\nb: 2", "f:2:1: this follows the end of the data; "),
        ("a: !<x y", "f:1:7: this is not valid YAML: "),
    ],
)
def test_syntax_errors_say_what_to_do(text: str, start: str) -> None:
    (problem,) = problems(text)
    assert problem.startswith(start)
    assert "; " in problem


def test_an_unknown_escape() -> None:
    assert r"a \ in double quotes starts an escape; write \\, or use single quotes" in problems(r'a: "\q"')[0]


# ---------------------------------------------------------------------------------- size and depth


@pytest.mark.usefixtures("_parser")
@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_a_hundred_thousand_levels(opening: str) -> None:
    assert problems(opening * 100_000)[-1].endswith("nested deeper than 40 levels; write it flatter")


def test_forty_levels_are_fine() -> None:
    assert parse_yaml("[" * 40 + "]" * 40, "f").data
    assert problems("[" * 41 + "]" * 41) == ["f:1:41: nested deeper than 40 levels; write it flatter"]


def test_an_alias_bomb_is_never_built() -> None:
    bomb = "a: &a [x]\n" + "".join(
        f"{key}: &{key} [*{before}, *{before}]\n" for before, key in ("ab", "bc", "cd")
    )
    assert all("are not supported" in problem for problem in problems(bomb))


def test_too_many_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "MAX_VALUES", 3)
    assert parse_yaml("[1, 2]", "f").data == [1, 2]
    assert problems("[1, 2, 3]") == ["f:1:8: the file holds more than 3 values; split it into several files"]


def test_too_many_problems(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "MAX_PROBLEMS", 3)
    assert len(problems("a: 1\n" * 10)) == 3


def test_the_size_is_counted_in_bytes() -> None:
    assert parse_yaml("ä", "f", max_bytes=2).data == "ä"
    with pytest.raises(UserError, match=r"^f: is larger than 1 bytes; split it into several files$"):
        parse_yaml("ä", "f", max_bytes=1)


# --------------------------------------------------------------------------------------- characters


@pytest.mark.parametrize("code", [0x00, 0x07, 0x1B, 0x7F, 0x85, 0x9F, 0x2028, 0x2029, 0xFFFE])
def test_characters_that_nobody_sees(code: int) -> None:
    found = problems(f"a: 1\r\nb: x{chr(code)}y{chr(code)}")
    assert found == [
        f"f:2:5: invisible control character U+{code:04X}; remove it, and save the file as UTF-8"
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a: é\nb: né".encode() + b"\xe9", "f:2:6: is not UTF-8 text: byte 0xe9; save the file as UTF-8"),
        ("a: 1".encode("utf-16"), "f:1:1: is not UTF-8 text: byte 0xff; save the file as UTF-8"),
        ("\ud800", "f:1:1: is not UTF-8 text: byte 0xed; save the file as UTF-8"),
    ],
)
def test_other_encodings(content: str | bytes, expected: str) -> None:
    assert problems(content) == [expected]


# -------------------------------------------------------------------------------------------- files


def test_a_file_is_called_by_its_path_or_as_told(tmp_path: Path) -> None:
    file = tmp_path / "f.yaml"
    file.write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert read_yaml(file) == YamlDocument(str(file), {"a": 1})
    assert read_yaml(file, name="mine").file == "mine"


def test_no_more_is_read_than_allowed(tmp_path: Path) -> None:
    file = tmp_path / "f"
    file.write_text("a: 1\n")
    assert read_yaml(file, max_bytes=5).data == {"a": 1}
    with pytest.raises(UserError, match="is larger than 4 bytes"):
        read_yaml(file, max_bytes=4)


def test_what_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("")
    for path, expected in (
        (tmp_path, "x: is a folder, not a file; name a file inside it"),
        (tmp_path / "none", "x: there is no such file; correct its name"),
        (tmp_path / "f" / "g", "x: there is no such file; correct its name"),
    ):
        with pytest.raises(UserError) as caught:
            read_yaml(path, name="x")
        assert str(caught.value) == expected


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (PermissionError(errno.EACCES, "no"), "x: may not be read; give yourself permission to read it"),
        (OSError(errno.EIO, "Input/output error"), "x: cannot be read: Input/output error; try another file"),
        (OSError(), "x: cannot be read: OSError; try another file"),
    ],
)
def test_what_cannot_be_read(
    error: OSError, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(Path, "open", fail)
    with pytest.raises(UserError) as caught:
        read_yaml(tmp_path / "f", name="x")
    assert str(caught.value) == expected


# --------------------------------------------------------------------------------------- validation


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TextQuestion(Strict):
    type: Literal["text"]
    text: str
    weight: float = Field(1, ge=0, lt=10)


class ChoiceQuestion(Strict):
    type: Literal["choice"]
    options: list[str] = Field(min_length=2, max_length=3)

    @model_validator(mode="after")
    def _no_z(self) -> ChoiceQuestion:
        if "z" in self.options:
            raise ValueError("z is no option; leave it out")
        return self


class Inline(Strict):
    id: str


class Other(Strict):
    name: int


Id = Annotated[str, Field(pattern="^[a-z]+$", description="lower-case letters")]


class Model(Strict):
    questions: list[Annotated[TextQuestion | ChoiceQuestion, Field(discriminator="type")]] = []
    parts: list[Inline | str] = []
    mixed: list[Inline] | Other | None = None
    ids: dict[Id, int] = {}
    whole: dict[int, bool] = {}
    day: Annotated[str, Field(pattern="^[0-9-]+$", description="2026-01-31")] | None = None
    code: str = Field("", pattern="^x$")
    mark: str = Field("ab", min_length=2, max_length=3)
    on: date | None = None
    pair: tuple[int, ...] = ()
    level: Literal["low", "high"] = "low"
    format: Literal[1] = 1
    start: float = Field(0, alias="from")
    anything: Any = None
    even: int = Field(0, multiple_of=2)

    @field_validator("anything")
    @classmethod
    def _not_seven(cls, value: object) -> object:
        if value == 7:
            raise AssertionError("seven is taken")
        return value


def wrong(text: str, model: type[BaseModel] = Model) -> list[str]:
    """The problems of a YAML text with a model, as users see them."""
    result, found = validate(parse_yaml(text, "f"), model)
    assert (result is None) == bool(found)
    return [str(problem) for problem in found]


def test_a_valid_document_becomes_the_model() -> None:
    text = "whole: {3: true}\non: 2026-11-01\npair: [1, 2]\nfrom: 2\nmixed: {name: 1}\nparts: [a, {id: b}]\n"
    result, found = validate(parse_yaml(text, "f"), Model)
    assert found == []
    assert result is not None
    assert (result.whole, result.on, result.pair, result.start) == ({3: True}, date(2026, 11, 1), (1, 2), 2.0)
    assert result.parts == ["a", Inline(id="b")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "f:1:1: expected a mapping, found nothing; give it a value, or remove the key"),
        ("pair: 3", "f:1:7: expected a list, found the number 3; start each entry with `- `"),
        ("ids: []", "f:1:6: expected a mapping, found a list; write `key: value` lines"),
        (
            "ids: {a: '1'}",
            "f:1:10: expected a whole number, found text '1'; write digits only, without quotes",
        ),
        ("ids: {a: true}", "f:1:10: expected a whole number, found true; write digits only, without quotes"),
        (
            "ids: {a: 1.5}",
            "f:1:10: expected a whole number, found the number 1.5; write digits only, without quotes",
        ),
        ("ids: {A: 1}", "f:1:7: text 'A' does not have the right form; use the form lower-case letters"),
        (
            "whole: {a: true}",
            "f:1:9: expected a whole number, found text 'a'; write digits only, without quotes",
        ),
        (
            "whole: {1: yes}",
            "f:1:12: expected true or false, found text 'yes'; write one of the two, without quotes",
        ),
        ("day: soon", "f:1:6: text 'soon' does not have the right form; use the form 2026-01-31"),
        ("code: y", "f:1:7: text 'y' does not have the right form; use the form that matches ^x$"),
        ("code: 7", "f:1:7: expected text, found the number 7; put it in quotes"),
        ("code: [x]", "f:1:7: expected text, found a list; write a single value"),
        ("code: {x: 1}", "f:1:7: expected text, found a mapping; write a single value"),
        ("code:", "f:1:6: expected text, found nothing; give it a value, or remove the key"),
        ("mark: ''", "f:1:7: the text is empty; fill it in, or remove the key if it is optional"),
        ("mark: a", "f:1:7: text 'a' is too short; give it at least 2 characters"),
        ("mark: abcd", "f:1:7: text 'abcd' is too long; give it at most 3 characters"),
        (f"mark: {'x' * 50}", f"f:1:7: text '{'x' * 39}…' is too long; give it at most 3 characters"),
        ("level: hihg", "f:1:8: expected 'low' or 'high', found text 'hihg'; did you mean `high`?"),
        ("level: 7", "f:1:8: expected 'low' or 'high', found the number 7; use one of `low`, `high`"),
        ("format: 2", "f:1:9: expected 1, found the number 2; correct it"),
        (
            "from: x",
            "f:1:7: expected a number, found text 'x'; write digits and a decimal point only, without quotes",
        ),
        ("even: 3", "f:1:7: expected a multiple of 2, found the number 3; correct the number"),
        ("fron: 1", "f:1:1: unknown key `fron`; did you mean `from`?"),
        ("anything: 7", "f:1:11: seven is taken"),
        ("parts:\n  - {}", "f:2:5: `id` is missing; add it"),
        ("parts:\n  - {id: 1}", "f:2:10: expected text, found the number 1; put it in quotes"),
        ("parts:\n  - {xyz: 1, id: a}", "f:2:6: unknown key `xyz`; use one of `id`"),
        ("parts: [5]", "f:1:9: expected a mapping or text, found the number 5; write one of these"),
        ("mixed: [{id: 1}]", "f:1:14: expected text, found the number 1; put it in quotes"),
        (
            "mixed: {name: x}",
            "f:1:15: expected a whole number, found text 'x'; write digits only, without quotes",
        ),
        ("mixed: 5", "f:1:8: expected a list or a mapping, found the number 5; write one of these"),
        ("questions: [{}]", "f:1:13: `type` is missing; add it"),
        ("questions: [5]", "f:1:13: expected a mapping, found the number 5; write `key: value` lines"),
        (
            "questions: [{type: txet}]",
            "f:1:20: expected 'text', 'choice', found text 'txet'; did you mean `text`?",
        ),
        (
            "questions: [{type: text, text: [], weight: 1}]",
            "f:1:32: expected text, found a list; write a single value",
        ),
        (
            "questions: [{type: text, text: a, wieght: 1}]",
            "f:1:35: unknown key `wieght`; did you mean `weight`?",
        ),
        (
            "questions: [{type: text, text: a, weight: -1}]",
            "f:1:43: expected at least 0, found the number -1; correct the number",
        ),
        (
            "questions: [{type: text, text: a, weight: 10}]",
            "f:1:43: expected less than 10, found the number 10; correct the number",
        ),
        ("questions: [{type: choice, options: [z, a]}]", "f:1:13: z is no option; leave it out"),
        (
            "questions: [{type: choice, options: []}]",
            "f:1:37: the list is empty; fill it in, or remove the key if it is optional",
        ),
        (
            "questions: [{type: choice, options: [a]}]",
            "f:1:37: a list is too short; give it at least 2 entries",
        ),
        (
            "questions: [{type: choice, options: [a, b, c, d]}]",
            "f:1:37: a list is too long; give it at most 3 entries",
        ),
    ],
)
def test_what_is_wrong_is_said_in_our_words(text: str, expected: str) -> None:
    assert wrong(text) == [expected]


def test_what_we_have_no_words_for_is_still_readable() -> None:
    (problem,) = wrong("on: soon")
    assert problem.startswith("f:1:5: expected a valid date")
    assert "Input" not in problem
    assert "pydantic" not in problem


def test_a_missing_key_is_looked_for_beside_one_of_the_tag_s_name() -> None:
    """The tag `text` in pydantic's location is not the key `text`."""
    assert wrong("questions:\n  - text: [a]\n    type: text\n    typo: 1\n") == [
        "f:2:11: expected text, found a list; write a single value",
        "f:4:5: unknown key `typo`; did you mean `type`?",
    ]


def test_all_problems_come_in_the_order_of_the_file() -> None:
    found = wrong("format: 2\nlevel: x\nids: {a: b}\nfoo: 1\nmark: ''\n")
    assert [problem.split(":")[1] for problem in found] == ["1", "2", "3", "4", "5"]


def test_validation_does_not_drown_in_problems() -> None:
    assert 0 < len(wrong("parts:\n" + "- 5\n" * 2_000)) <= building.MAX_PROBLEMS


class Left(Strict):
    left: int


class Sides(Strict):
    side: Left | Other
    nested: dict[str, list[Left]] = {}
    several: list[int] | list[Left] = []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("side: 5", ["f:1:7: expected a mapping, found the number 5; write `key: value` lines"]),
        (
            "side: {left: 1}\nnested: {a: [{left: x}]}",
            ["f:2:21: expected a whole number, found text 'x'; write digits only, without quotes"],
        ),
        (
            "side: {left: 1}\nseveral: x",
            ["f:2:10: expected a list, found text 'x'; start each entry with `- `"],
        ),
    ],
)
def test_members_of_a_union_are_told_apart(text: str, expected: list[str]) -> None:
    assert wrong(text, Sides) == expected


@given(JSON)
def test_no_data_make_validation_fail_otherwise(data: Any) -> None:
    for model in (Model, Sides):
        result, found = validate(YamlDocument("f", data), model)
        assert (result is None) == bool(found)
        assert not any("Input" in problem.what or "http" in str(problem.fix) for problem in found)


@given(st.text(st.characters(codec=None), max_size=20))
def test_looking_for_forbidden_characters_quickly_finds_what_searching_finds(text: str) -> None:
    assert has_forbidden(text) == (FORBIDDEN.search(text) is not None)


@pytest.mark.parametrize(
    "character", ["\x00", "\x1f", "\x7f", "\x9f", "\u2028", "\ud800", "\ufffe", "\uffff"]
)
def test_each_kind_of_forbidden_character_is_found_among_plain_words(character: str) -> None:
    assert has_forbidden(f"plain {character} words")
    assert not has_forbidden("plain\twords\nand more")
