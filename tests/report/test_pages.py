"""Pages of plugins: where they stand, what they may hold, and that a bad one is left out alone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from importlib.metadata import EntryPoint
from pathlib import Path
from textwrap import dedent, indent
from typing import Any

import pytest
import tinyhtml5
from hypothesis import HealthCheck, assume, given, reject, settings
from hypothesis import strategies as st

from cxmaturity.plugins import PluginError
from cxmaturity.report.fragments import check_fragment

Install = Callable[..., EntryPoint]
Write = Callable[..., Path]
Cli = Callable[..., Any]
Html = Callable[..., tuple[int, str, str]]

HOSTILE = "</p></section><script>alert(1)</script>{{ 7 * 7 }} \" onmouseover='x' &amp; <!--"
ANSWERS = {
    "culture.meaning.same": 2,
    "retention.loyalty-and-value.scheme": 4,
    "retention.churn-insight.known": True,
}
PEOPLE = [
    {"id": "r1", "role": "leadership", "answers": ANSWERS, "notes": {"culture.meaning.same": HOSTILE}},
    {"id": "r2", "role": "frontline", "answers": {**ANSWERS, "culture.meaning.same": 4}},
]

SECTION = """\
from pathlib import Path
from cxmaturity.api import Message, Section, SectionContent, hookimpl
CXMATURITY_API = 1
class Made(Section):
    id = "made"
    name = Message.plain({name!r})
    dimension = {dimension!r}
    template = Path(__file__).with_name({template!r})
    def content(self, data, dimension):
{content}
@hookimpl
def cxmaturity_sections():
    return [Made()]
"""
SAYS_SO = "return SectionContent(Message.plain('It says so'), {'words': 'These words.'})"
NOTES = """
notes = [note.text for question in dimension.questions.values() for note in question.notes]
return SectionContent(Message.plain(notes[0]), {"notes": notes})
"""


@pytest.fixture
def page(install: Install, tmp_path: Path) -> Callable[..., None]:
    """``page(template, content)`` installs a plugin that adds a page."""

    def add(
        template: str = "<p>{{ values.words }}</p>",
        content: str = SAYS_SO,
        *,
        plugin: str = "acme",
        dimension: str = "culture",
        name: str = "Made up",
        **installed: Any,
    ) -> None:
        (tmp_path / "site" / f"{plugin}.html.j2").write_text(template, encoding="utf-8")
        body = indent(dedent(content).strip(), " " * 8)
        source = SECTION.format(name=name, dimension=dimension, template=f"{plugin}.html.j2", content=body)
        install(plugin, source, **installed)

    return add


@pytest.fixture
def html(workspace: Write, cli: Cli) -> Html:
    """``html()`` is the report: exit code, what was said of plugins, the page."""

    def write(people: list[dict[str, Any]] | None = None) -> tuple[int, str, str]:
        folder = workspace(PEOPLE if people is None else people)
        done = cli("report", folder, "--format", "html")
        path = folder / "reports" / "report.html"
        assert done.out == f"{path}\n", done.err
        warnings = [line for line in done.err.splitlines() if line.startswith("warning: ")]
        return done.code, "\n".join(warnings), path.read_text(encoding="utf-8")

    return write


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    """What was made for all tests, by its name."""
    return {}


@pytest.fixture
def before(made: dict[str, str], install: Install, html: Html) -> str:
    """The report without a page that a test adds, which is the same for all of them."""
    assert callable(install)  # which leaves out what else is installed
    if "before" not in made:
        made["before"] = html()[2]
    return made["before"]


def sections(html: str) -> list[str]:
    """The pages of a report."""
    return re.findall(r"<section.*?</section>", html, re.DOTALL)


def titles(html: str) -> list[str]:
    """The titles of its pages, without those of the appendix."""
    found = re.findall(r"<h2[^>]*>(.*?)</h2>", html, re.DOTALL)
    return [unescape(title).replace("\u00a0", " ") for title in found]


def anchors(html: str) -> tuple[list[str], list[str]]:
    """What the contents lead to, and all headings that can be led to, each in order."""
    return re.findall(r'<a class="to" href="#([^"]+)">', html), re.findall(r'<h2 id="([^"]+)"', html)


# -------------------------------------------------------------------------------------- where it stands


def test_a_page_follows_those_of_its_dimension(page: Callable[..., None], before: str, html: Html) -> None:
    page(dimension="culture")
    code, warnings, after = html()
    assert (code, warnings) == (0, "")
    listed, headed = anchors(after)
    assert listed == headed
    place = listed.index("page-acme-made")
    assert listed[place - 1 : place + 2] == ["dimension-culture", "page-acme-made", "dimension-retention"]
    assert [name for name in listed if name != "page-acme-made"] == anchors(before)[0]
    new = [each for each in sections(after) if "page-acme-made" in each and "These words." in each]
    assert len(new) == 1
    assert "It says so" in titles(after)


@pytest.mark.parametrize(
    ("dimension", "before"), [("", "dimension-retention"), ("retention", "dimension-retention")]
)
def test_a_page_without_a_dimension_follows_them_all(
    dimension: str, before: str, page: Callable[..., None], html: Html
) -> None:
    page(dimension=dimension)
    listed, headed = anchors(html()[2])
    assert listed == headed
    place = listed.index("page-acme-made")
    assert listed[place - 1 : place + 2] == [before, "page-acme-made", "roadmap"]


def test_a_page_on_a_dimension_that_was_not_assessed_follows_those_that_were(
    page: Callable[..., None], html: Html
) -> None:
    page(dimension="culture")
    without = [{"id": "r1", "answers": {"retention.churn-insight.known": True}}]
    listed, headed = anchors(html(without)[2])
    assert listed == headed
    assert listed[listed.index("page-acme-made") - 1] == "unassessed"


@pytest.mark.parametrize(
    ("content", "dimension"), [("return None", "culture"), ("raise ValueError", "accessibility")]
)
def test_a_page_that_has_nothing_to_say_or_nobody_asked_is_not_there(
    content: str, dimension: str, page: Callable[..., None], before: str, html: Html
) -> None:
    page(content=content, dimension=dimension)
    code, warnings, after = html()
    assert (code, warnings) == (0, "")
    assert "acme" not in re.sub(r"<tr><td>acme</td>.*?</tr>", "", after)
    assert anchors(after) == anchors(before)


def test_pages_of_several_plugins_come_by_name(page: Callable[..., None], html: Html) -> None:
    for plugin in ("zeta", "acme", "mid"):
        page(plugin=plugin)
    listed, headed = anchors(html()[2])
    assert listed == headed
    place = listed.index("page-acme-made")
    assert listed[place : place + 3] == ["page-acme-made", "page-mid-made", "page-zeta-made"]


def test_a_page_says_whose_it_is_unless_it_is_ours(page: Callable[..., None], html: Html) -> None:
    page(plugin="acme", version="3.4")
    page(plugin="ours", distribution="cxmaturity")
    pages = {
        each.partition("page-")[2].partition("-")[0]: each for each in sections(html()[2]) if "-made" in each
    }
    assert "This page comes from the plugin acme (acme-cx 3.4)." in pages["acme"]
    assert "This page comes from" not in pages["ours"]


def test_a_page_sees_the_result_the_texts_and_the_colours(
    install: Install, page: Callable[..., None], html: Html, tmp_path: Path
) -> None:
    page(
        "<p>{{ t.write(values.score, 'score') }} {{ theme.accent }} {{ t('overall.title') }}</p>",
        """
        assert data["dimensions"][0]["score"] == dimension.score
        return SectionContent(Message.plain("One"), {"score": dimension.score})
        """,
    )
    # 2 and 4 of five: 1/4 and 3/4, their mean 1/2: 1 + 4 × 1/2
    assert re.search(r"<p>3.0 #[0-9a-f]{6} [A-Z]", html()[2])
    assert callable(install)
    assert tmp_path


# ---------------------------------------------------------------------------------- what people wrote


@pytest.mark.parametrize(
    "template",
    [
        "<p>{{ values.notes[0] }}</p>",
        '<p title="{{ values.notes[0] }}">a</p>',
        "<p title='{{ values.notes[0] }}'>a</p>",
    ],
)
def test_what_people_wrote_is_printed_as_it_is(template: str, page: Callable[..., None], html: Html) -> None:
    page(template, NOTES, name=HOSTILE)
    code, warnings, report = html()
    assert (code, warnings) == (0, "")
    (section,) = (each for each in sections(report) if 'id="page-acme-made"' in each)
    assert "<script" not in report
    assert section.count("onmouseover") == section.count("onmouseover=&#39;x&#39;") > 0
    assert HOSTILE in unescape(section)
    assert "{{ 7 * 7 }}" in section
    assert report.count("<section") == report.count("</section>")


def test_what_people_wrote_cannot_break_out_of_a_careless_template(
    page: Callable[..., None], before: str, html: Html
) -> None:
    page("<p>{{ values.notes[0] | safe }}</p>", NOTES)
    code, warnings, after = html()
    assert code == 1
    assert (
        "plugin “acme” (acme-cx) failed: writing the page 'made': its template closes <section>" in warnings
    )
    assert anchors(after) == anchors(before)


# ------------------------------------------------------------------------------------------ a bad page

BAD_CONTENT = {
    "raises": ("raise ValueError('no idea')", "ValueError: no idea"),
    "exits": ("raise SystemExit(3)", "SystemExit: 3"),
    "recurses": ("return self.content(data, dimension)", "RecursionError"),
    "is a dict": ("return {'title': 'a'}", "its content is a dict instead of a SectionContent"),
    "has a title that is a text": ("return SectionContent('Title')", "AttributeError"),
    "has a title without words": ("return SectionContent(Message('acme.none'))", "acme.none"),
    "has values that are none": ("return SectionContent(Message.plain('a'), 7)", "TypeError"),
    "writes to the dimension": ("dimension.practices.clear()", "AttributeError"),
}
BAD_TEMPLATES = {
    "raises": ("{{ 1 // 0 }}", "ZeroDivisionError"),
    "names what there is not": ("<p>{{ wodrs }}</p>", "'wodrs' is undefined"),
    "names a value there is not": ("<p>{{ values.wodrs }}</p>", "no attribute 'wodrs'"),
    "names a text there is not": ("<p>{{ t('acme.none') }}</p>", "acme.none"),
    "is no template": ("<p>{{ values.words </p>", "TemplateSyntaxError"),
    "reaches into Python": ("{{ values.__class__.__mro__ }}", "SecurityError"),
    "changes its values": ("{{ values.clear() }}", "SecurityError"),
    "leaves a tag open": ("<div><p>a</p>", "its template leaves <div> open"),
    "closes too much": ("<p>a</p></div>", "its template closes <div> where it is not open"),
    "closes its page": ("</section><section>", "its template closes <section> where it is not open"),
    "crosses tags": ("<b><i>a</b></i>", "its template closes <b> where it is not open"),
    "ends in a tag": ('<p>a</p><p title="', "its template has a tag that is malformed: '<p title=\"'"),
    "ends in a comment": ("<p>a</p><!-- a", "its template has a tag that is malformed: '<!-- a'"),
    "hides a tag in a comment": ("<!--><p>--></p>", "a tag that is malformed"),
    "declares": ("<!DOCTYPE html>", "a tag that is malformed"),
    "closes itself": ("<b/>bold", "its template leaves <b/> open; write <b></b>"),
    "loads a style": (
        '<link rel="stylesheet" href="a.css">',
        "its template has <link>, which no page may have",
    ),
    "runs when clicked": ('<p onclick="go()">a</p>', "its template has the attribute 'onclick'"),
    "loads an image": ('<img src="https://example.com/a.png" alt="a">', 'its template has src="https://exa'),
    "reads a file": ('<img src="file:///etc/passwd" alt="a">', 'its template has src="file:///etc'),
    "loads through a style": ('<p style="background: URL( http://a)">a</p>', "its template has style="),
    "loads through an entity": ('<p style="background: &#117;rl(http://a)">a</p>', "its template has style="),
    "runs a link": ('<a href="javascript:go()">a</a>', 'its template has href="javascript:go()"'),
    "runs a link with an entity": (
        '<a href="java&#115;cript:go()">a</a>',
        'its template has href="javascript:go()"',
    ),
    "is on every page": ('<p style="position : FIXED">a</p>', "its template has style="),
    "takes our anchor": (
        '<h3 id="roadmap">a</h3>',
        "its template has the id 'roadmap'; begin it with 'acme-'",
    ),
    "takes our name": (
        '<a name="roadmap">a</a>',
        "its template has the name 'roadmap'; begin it with 'acme-'",
    ),
}
FORBIDDEN = [
    *(
        "base",
        "body",
        "embed",
        "form",
        "frame",
        "frameset",
        "h1",
        "h2",
        "head",
        "html",
        "iframe",
        "link",
        "math",
    ),
    *(
        "meta",
        "noembed",
        "noframes",
        "noscript",
        "object",
        "plaintext",
        "script",
        "section",
        "select",
        "style",
    ),
    *("template", "textarea", "title", "xmp"),
]


LEFT_OUT = " One thing was left out on the way; the appendix names it."


def between(html: str) -> str:
    """What stands around the pages of a report."""
    return re.sub(r"<section.*?</section>", "", html, flags=re.DOTALL)


def assert_left_out(before: str, after: str, code: int, warnings: str, reason: str) -> None:
    """The page is left out, its plugin is named, and nothing else is another."""
    assert code == 1
    (warning,) = warnings.splitlines()
    assert warning.startswith("warning: plugin “acme” (acme-cx) failed: writing the page 'made': ")
    assert reason in warning
    assert anchors(after) == anchors(before)
    pairs = zip(sections(before), sections(after), strict=True)
    (was, summary), (_, appendix) = [(one, two) for one, two in pairs if one != two]
    assert summary.replace(LEFT_OUT, "") == was
    said = warning.removeprefix("warning: ")
    assert f"<li>{said}</li>" in unescape(appendix)
    row = said.replace("plugin “acme” (acme-cx) failed: ", "<td>acme</td><td>1.2</td><td>acme-cx</td><td>")
    assert f"<tr>{row}</td></tr>" in unescape(appendix)
    assert between(after) == between(before)


@pytest.mark.parametrize("what", BAD_CONTENT)
def test_a_page_whose_content_fails_is_left_out_alone(
    what: str, page: Callable[..., None], before: str, html: Html
) -> None:
    content, reason = BAD_CONTENT[what]
    page("<p>a</p>", content)
    code, warnings, after = html()
    assert_left_out(before, after, code, warnings, reason)


@pytest.mark.parametrize("what", BAD_TEMPLATES)
def test_a_page_whose_template_fails_is_left_out_alone(
    what: str, page: Callable[..., None], before: str, html: Html
) -> None:
    template, reason = BAD_TEMPLATES[what]
    page(template)
    code, warnings, after = html()
    assert_left_out(before, after, code, warnings, reason)


def test_a_template_that_is_not_there_is_left_out(
    page: Callable[..., None], before: str, html: Html, tmp_path: Path
) -> None:
    page()
    (tmp_path / "site" / "acme.html.j2").unlink()
    code, warnings, after = html()
    assert_left_out(before, after, code, warnings, "FileNotFoundError")


def test_a_bad_page_does_not_take_another_plugins_page_down(page: Callable[..., None], html: Html) -> None:
    page(plugin="zeta")
    _, _, before = html()
    page("<div>")
    code, warnings, after = html()
    assert_left_out(before, after, code, warnings, "its template leaves <div> open")
    assert "page-zeta-made" in anchors(after)[0]


def test_a_stranger_with_the_name_of_another_does_not_take_its_page_down(
    page: Callable[..., None], install: Install, html: Html
) -> None:
    page()
    _, _, before = html()
    install("acme", "CXMATURITY_API = 1\n", distribution="zeta-cx", module="zeta_cx")
    code, _, after = html()
    assert code == 1
    assert anchors(after) == anchors(before)
    assert "page-acme-made" in anchors(after)[0]


def test_a_page_that_fails_is_named_in_what_the_pdf_is_made_of(
    page: Callable[..., None], workspace: Write, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cxmaturity.report.pdf.pdf_bytes", lambda html: html.encode())
    page("<div>")
    done = cli("report", workspace(PEOPLE))
    assert done.code == 1
    made = Path(done.out.strip())
    assert made.suffix == ".pdf"
    text = " ".join(unescape(re.sub(r"<[^>]*>", " ", made.read_text(encoding="utf-8"))).split())
    reason = "writing the page 'made': its template leaves <div> open"
    assert f"plugin “acme” (acme-cx) failed: {reason}" in text
    assert f"acme 1.2 acme-cx {reason}" in text


def test_a_page_that_fails_is_named_in_the_data(
    page: Callable[..., None], workspace: Write, cli: Cli
) -> None:
    """In what is written as data, and in what is kept of the report."""
    page("<div>")
    folder = workspace(PEOPLE)
    done = cli("report", folder, "--format", "json")
    assert done.code == 1
    for name in ("report.json", "assessment.json"):
        data = json.loads((folder / "reports" / name).read_text(encoding="utf-8"))
        plugin = next(each for each in data["plugins"] if each["name"] == "acme")
        reason = "writing the page 'made': its template leaves <div> open"
        assert (plugin["state"], plugin["reason"]) == ("failed", reason)
        assert data["warnings"] == [f"plugin “acme” (acme-cx) failed: {reason}"]


@pytest.mark.parametrize("option", [(), ("--traceback",)])
def test_traceback_shows_where_a_page_failed(
    option: tuple[str, ...], page: Callable[..., None], workspace: Write, cli: Cli
) -> None:
    page(content="raise ValueError('no idea')")
    done = cli(*option, "report", workspace(PEOPLE), "--format", "html")
    assert ("Traceback (most recent call last)" in done.err) is bool(option)
    assert ("made_up_acme.py" in done.err) is bool(option)


def test_what_a_plugin_has_scored_stays_when_its_page_fails(
    install: Install, page: Callable[..., None], workspace: Write, cli: Cli
) -> None:
    folder = workspace(PEOPLE)
    before = json.loads(cli("assess", "--json", folder).out)
    page("<div>")
    assert cli("report", folder, "--format", "html").code == 1
    after = json.loads(cli("assess", "--json", folder).out)
    assert (after["dimensions"], after["overall"]) == (before["dimensions"], before["overall"])
    assert callable(install)


WRITES = {
    "to the data": "data['dimensions'][1]['score'] = 1.0\ndata['overall'].clear()\ndata['dimensions'].clear()",  # noqa: E501
    "to the words of a finding": "for each in dimension.findings:\n    getattr(each.message.values, 'clear', int)()",  # noqa: E501
    "to the figures": "object.__setattr__(dimension, 'score', 1.0)",
    "to a question": (
        "for each in dimension.questions.values():\n    object.__setattr__(each, 'topic', 'Something else')"
    ),
}


@pytest.mark.parametrize("what", WRITES)
def test_content_may_not_change_what_it_is_given(what: str, page: Callable[..., None], html: Html) -> None:
    page(dimension="retention", content=SAYS_SO)
    _, _, before = html()
    page(dimension="retention", content=f"{WRITES[what]}\n{SAYS_SO}", plugin="bad", name="Made up")
    code, warnings, after = html()
    assert (code, warnings) == (0, "")
    changed = [each for each in sections(after) if each not in sections(before)]
    # its own page, the contents, and the list of plugins
    assert len(changed) == 3


def test_two_sections_of_one_id_are_the_plugins_failure(install: Install, cli: Cli) -> None:
    source = SECTION.format(name="a", dimension="", template="a", content=" " * 8 + "return None")
    install("acme", source.replace("[Made()]", "[Made(), Made()]"))
    done = cli("plugins")
    assert done.code == 1
    assert "acme (acme-cx) failed: two of its sections have the id 'made'" in " ".join(done.out.split())


# ------------------------------------------------------------------------------------ what HTML may be

GOOD = [
    "",
    "Only words, 3 < 5 & 7 > 2.",
    '<p class="lead">a<br>b<img src="data:image/png;base64,AAAA" alt="a > b"><wbr></p>',
    "<!-- a remark --><table class=data><tr><td colspan=2>a</td></tr></table>",
    (
        '<svg viewBox="0 0 9 9"><title>a</title><defs><linearGradient id="acme-g"><stop offset="0"/></linearGradient>'  # noqa: E501
        '</defs><g><path d="M0 0" fill="url(#acme-g)"/><text x="1">a</text></g></svg>'
    ),
    '<a href="https://example.com/">a</a><a href="#acme-g">b</a><a href="mailto:a@example.com">c</a>',
    '<p STYLE="width: 3mm; background: #fff">a</p >',
    "<details open><summary>a</summary><p hidden>b</p></details>",
]


@pytest.mark.parametrize("fragment", GOOD)
def test_html_that_stays_on_its_page_is_accepted(fragment: str) -> None:
    check_fragment(fragment, "acme")
    assert stays(fragment)


@pytest.mark.parametrize("tag", FORBIDDEN)
@pytest.mark.parametrize("form", ["<{}>a</{}>", "<{}>", "<{}/>", "<p><{} class='a'></{}></p>"])
def test_elements_that_reach_beyond_their_page_are_refused(tag: str, form: str) -> None:
    for name in (tag, tag.upper()):
        with pytest.raises(PluginError, match=f"<{tag}>, which no page may have"):
            check_fragment(form.format(name, name), "acme")


@pytest.mark.parametrize(
    "fragment",
    [
        "<svg><p>a</p></svg>",  # ends the picture
        "<svg><title><b></title></svg>",
        "<svg><foreignObject></foreignObject></svg>",
        "<svg><style>a</style></svg>",
        '<svg><image href="https://example.com/a.png"/></svg>',
        '<svg><use xlink:href="https://example.com/a.svg#b"/></svg>',
        '<svg><path fill="url(https://example.com/a.svg#b)"/></svg>',
        '<img srcset="a.png 2x" alt="a">',
        '<p title="<b>">a</p>',
        "<p title=a\"b'c>a</p>",
        '<p title="a""b">a</p>',
        "</p title=a>",
        "<p></p title=a>",
        "<![CDATA[a]]>",
        "<?php a ?>",
        "<!-- a -- b -->",
        "<p",
        "</",
        "</br>",
        "<br></br>",
    ],
)
def test_html_that_browsers_may_read_otherwise_is_refused(fragment: str) -> None:
    with pytest.raises(PluginError, match="its template "):
        check_fragment(fragment, "acme")


WORDS = st.text("ab &;é\"'\n", max_size=4)


def around(names: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    """The tokens of elements inside each other, each with both its tags."""

    def element(name: str, inside: list[list[str]]) -> list[str]:
        return [f"<{name}>", *(token for part in inside for token in part), f"</{name}>"]

    leaf = st.one_of(WORDS.map(lambda text: [text]), st.sampled_from([["<br>"], ["<!-- a -->"], ["<hr/>"]]))
    return st.recursive(
        leaf, lambda inner: st.builds(element, names, st.lists(inner, max_size=3)), max_leaves=12
    )


SIMPLE = around(st.sampled_from(["p", "div", "b", "em", "table", "tr", "td", "ul", "li", "a", "h3", "span"]))


@given(SIMPLE)
def test_whatever_is_balanced_is_accepted(tokens: list[str]) -> None:
    check_fragment("".join(tokens), "acme")


@given(SIMPLE, st.data())
def test_whatever_lacks_a_tag_is_refused(tokens: list[str], data: st.DataObject) -> None:
    places = [place for place, token in enumerate(tokens) if re.fullmatch(r"</?(?!br)\w+>", token)]
    assume(places)
    place = data.draw(st.sampled_from(places))
    with pytest.raises(PluginError, match="its template"):
        check_fragment("".join(tokens[:place] + tokens[place + 1 :]), "acme")


def stays(fragment: str) -> bool:
    """Whether a browser finds the page after a fragment as it was written, by the rules of HTML."""
    page = f"<body><section>start{fragment}end</section><section class=after>after</section></body>"
    body = tinyhtml5.parse(page, namespace_html_elements=False).find("body")
    assert body is not None
    first, *others = body
    inside = "".join(first.itertext())
    if not (inside.startswith("start") and inside.endswith("end") and not first.tail and len(others) == 1):
        return False
    (after,) = others
    return bool(
        after.get("class") == "after" and after.text == "after" and len(after) == 0 and not after.tail
    )


ODD = [
    *(
        "a",
        "b",
        "button",
        "caption",
        "col",
        "colgroup",
        "dd",
        "desc",
        "details",
        "div",
        "em",
        "font",
        "g",
        "h3",
    ),
    *(
        "h4",
        "image",
        "img",
        "input",
        "li",
        "nobr",
        "option",
        "p",
        "path",
        "pre",
        "rt",
        "ruby",
        "span",
        "summary",
    ),
    *("svg", "table", "tbody", "td", "text", "title", "tr", "ul", "foreignObject", "section", "textarea"),
]
"""Elements that browsers close, move, or read by rules of their own."""
PIECES = st.one_of(
    st.builds(str.format, st.sampled_from(["<{}>", "</{}>", "<{}/>"]), st.sampled_from(ODD)),
    st.sampled_from(["<!--", "-->", "--!>", "<!-->", "--", "<![CDATA[", "]]>", "<?", "<p title='", "'>"]),
    st.sampled_from(['<p title="', '">', "<p a=", "a", " ", "<", ">", "/", "=", "\0", "&lt;"]),
)


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(st.one_of(st.lists(PIECES, max_size=8), around(st.sampled_from(ODD)), around(PIECES)).map("".join))
def test_whatever_is_accepted_stays_on_its_page(fragment: str) -> None:
    try:
        check_fragment(fragment, "acme")
    except PluginError:
        reject()
    assert stays(fragment)


def test_the_judge_of_what_stays_knows_what_does_not() -> None:
    """Each of these is an escape that the check refuses, and the parser says so too."""
    for escape in (
        "<b/>",
        "<!--",
        '<p title="',
        "<plaintext></plaintext>",
        "</section>",
        "<table/>",
        "<svg><title><b></title></svg>",
    ):
        assert not stays(escape), escape
        with pytest.raises(PluginError):
            check_fragment(escape, "acme")
