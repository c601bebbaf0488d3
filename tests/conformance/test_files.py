"""A file with one defect fails the one check that looks for it; one that cannot be read leaves no others."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest

from cxmaturity.conformance import Verdict

Check = Callable[..., tuple[Verdict, ...]]
Failing = Callable[..., dict[str, str]]
Changed = Callable[[str, str, str], dict[str, str]]


class Defect(NamedTuple):
    """What is put in place of what into which file, and what its check then says."""

    check: str
    file: str
    old: str
    new: str
    words: str


DEFECTS = {
    "a key that Romanian lacks": Defect(
        "texts",
        "texts.ro.yaml",
        "          nobody: nu a venit nimeni\n",
        "",
        "'made-up.nobody' is not in texts.ro.yaml",
    ),
    "a key that English lacks": Defect(
        "texts",
        "texts.ro.yaml",
        "nobody: ",
        "somebody: a venit cineva\n          nobody: ",
        "'made-up.somebody' is in texts.ro.yaml, but not in texts.en.yaml",
    ),
    "a field that Romanian lacks": Defect(
        "texts",
        "texts.ro.yaml",
        '"{n} persoane"',
        "persoane",
        "'made-up.page.n' in texts.ro.yaml has the fields none, in English n",
    ),
    "a field that is written in no way": Defect(
        "texts",
        "texts.ro.yaml",
        "{dimension} urmează",
        "{dimension:shout} urmează",
        "'made-up.cap' in texts.ro.yaml writes a field as 'shout', which is no kind",
    ),
    "a part of a metric without a text": Defect(
        "texts", "texts.en.yaml", ", asked: Asked", "", "there is no text 'metric.reach.asked'"
    ),
    "a key of cxmaturity": Defect(
        "texts",
        "texts.en.yaml",
        "        metric:",
        "        overall: {title: All in all}\n        metric:",
        "the text 'overall.title' is cxmaturity's own, and stays",
    ),
    "a key of another plugin": Defect(
        "texts",
        "texts.en.yaml",
        "        metric:",
        "        culture: {cap: {overall: No culture}}\n        metric:",
        "the text 'culture.cap.overall' belongs to the plugin 'culture'",
    ),
    "a page that asks for a text": Defect(
        "texts", "page.html.j2", "page.n", "page.m", "writing the page 'page': KeyError: 'made-up.page.m'"
    ),
    "a gap in a translated questionnaire": Defect(
        "texts",
        "accessibility/texts.ro.yaml",
        ", lift: Un lift",
        "",
        "'accessibility.access.ways.options.lift' of the questionnaire accessibility is not in texts.ro.yaml",
    ),
    "a lift of an unknown practice": Defect(
        "recommendations",
        "recommendations.yaml",
        "{accessibility.access: 4}",
        "{accessibility.stairs: 4}",
        "'accessibility.doors' lifts 'accessibility.stairs', which is a practice of no questionnaire",
    ),
    "a circle": Defect(
        "recommendations",
        "recommendations.yaml",
        "kpi: {name: Keys",
        "prerequisites: [accessibility.doors]\n            kpi: {name: Keys",
        "'accessibility.keys' is among its own prerequisites",
    ),
    "an unknown prerequisite": Defect(
        "recommendations",
        "recommendations.yaml",
        "[accessibility.keys]",
        "[accessibility.locks]",
        "'accessibility.doors' needs 'accessibility.locks', which no catalogue has",
    ),
    "a prerequisite that finds out": Defect(
        "recommendations",
        "recommendations.yaml",
        "lifts: {accessibility.access: 2}",
        "find_out: true",
        "'accessibility.doors' needs 'accessibility.keys', which only finds out",
    ),
    "an unknown alternative": Defect(
        "recommendations",
        "recommendations.yaml",
        "prerequisites: [accessibility.keys]",
        "excludes: [lifts.stairs]",
        "'accessibility.doors' excludes 'lifts.stairs', which no catalogue has",
    ),
    "an alternative that finds out": Defect(
        "recommendations",
        "recommendations.yaml",
        "prerequisites: [accessibility.keys]",
        "excludes: [culture.find-out]",
        "'accessibility.doors' excludes 'culture.find-out', which only finds out",
    ),
    "an alternative that is needed through another catalogue": Defect(
        "recommendations",
        "recommendations.yaml",
        "prerequisites: [accessibility.keys]",
        # the second needs the first
        "excludes: [culture.hire-and-train]\n            prerequisites: [culture.practice-and-check]",
        "'accessibility.doors' excludes 'culture.hire-and-train', which it needs",
    ),
    "a KPI without a metric": Defect(
        "recommendations",
        "recommendations.yaml",
        "metric: reach",
        "metric: doors-open",
        "'accessibility.doors' is measured by 'doors-open', a metric that no plugin computes",
    ),
    "an id that is taken": Defect(
        "recommendations",
        "recommendations.yaml",
        "id: accessibility.doors",
        "id: culture.hire-and-train",
        "the id 'culture.hire-and-train' is taken by the plugin 'culture'",
    ),
}


NEEDS_BOTH = "[accessibility.keys, culture.hire-and-train]"
EXCLUDES = "excludes: [culture.hire-and-train]\n            "


@pytest.mark.parametrize("defect", DEFECTS.values(), ids=DEFECTS)
def test_a_defect_fails_its_check_alone(defect: Defect, failing: Failing, changed: Changed) -> None:
    found = failing(files=changed(defect.file, defect.old, defect.new))
    assert list(found) == [defect.check], found
    assert defect.words in found[defect.check]


def test_what_needs_two_alternatives_fails_its_check_alone(failing: Failing, changed: Changed) -> None:
    (file, text), *_ = changed("recommendations.yaml", "[accessibility.keys]", NEEDS_BOTH).items()
    found = failing(files={file: text.replace("kpi: {name: Keys", f"{EXCLUDES}kpi: {{name: Keys")})
    assert found == {
        "recommendations": "'accessibility.doors' needs 'accessibility.keys' and 'culture.hire-and-train', "
        "which exclude each other"
    }


@pytest.mark.parametrize(
    ("before", "more", "library"),
    [
        ("import yaml", "", "yaml"),
        ("", "@hookimpl\ndef cxmaturity_formats():\n    import numpy\n    return []\n", "numpy"),
    ],
    ids=["import at the top", "import in a hook"],
)
def test_a_heavy_import_fails_its_check_alone(
    before: str, more: str, library: str, failing: Failing, good_source: str
) -> None:
    found = failing(source=f"{good_source}\n{more}", before=before)
    assert found == {"light": f"made_up_plugin imports {library}; import in the function that uses it"}


@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        ("recommendations.yaml", "format: 2\n", "recommendations.yaml:1:9: "),
        ("texts.en.yaml", "a: [\n", "texts.en.yaml:2:1: "),
        ("accessibility/questionnaire.yaml", "format: 1\n", "accessibility/questionnaire.yaml:1:1: "),
        ("accessibility/texts.ro.yaml", "titel: Acces\n", "nothing is called 'titel'"),
    ],
)
def test_a_file_that_cannot_be_read_leaves_nothing_else_to_check(
    file: str, content: str, words: str, checked: Check
) -> None:
    first, *others = checked(files={file: content})
    assert (first.check.name, first.outcome) == ("loads", "failed")
    assert words in first.detail
    assert {other.outcome for other in others} == {"not-run"}


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("@hookimpl\ndef cxmaturity_scorer():\n    return []\n", "the plugin is failed: "),
        ("raise SystemExit(3)\n", "the plugin is failed: SystemExit: 3"),
        (
            """\
            class Second(Scorer):
                dimension = "culture"

            @hookimpl
            def cxmaturity_scorers():
                return [Second()]
            """,
            "the plugin is refused: it claims the dimension 'culture'",
        ),
    ],
    ids=["unknown hook", "exit", "refused"],
)
def test_a_plugin_that_does_not_load_says_why(source: str, words: str, checked: Check) -> None:
    first, *others = checked(source=source)
    assert words in first.detail
    assert {other.outcome for other in others} == {"not-run"}


def test_a_plugin_that_brings_nothing_has_nothing_to_check(checked: Check) -> None:
    assert [each.outcome for each in checked(source="\n")] == ["passed", *["nothing-to-check"] * 9]


def test_a_plugin_without_texts_in_english_is_told(failing: Failing, good_source: str) -> None:
    found = failing(source=good_source.replace('resource(__name__, "texts.en.yaml"), ', ""))
    assert "there is no texts.en.yaml, which every other language stands over" in found["texts"]


def test_a_file_of_texts_that_nobody_reads_is_named(failing: Failing, good_source: str) -> None:
    source = good_source.replace("texts.ro.yaml", "romanian.yaml")
    found = failing(source=source, files={"romanian.yaml": "a: b\n"})
    assert found["loads"] == "'romanian.yaml' is not named texts.<language>.yaml, so nobody reads it"
