"""The report: what it says follows from the answers, and nothing in it can do harm."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jinja2 import UndefinedError
from pypdf import PdfReader

import cxmaturity
from cxmaturity.engagement import Engagement
from cxmaturity.errors import UserError
from cxmaturity.outputs import write_whole
from cxmaturity.report.build import build_report
from cxmaturity.report.context import Report
from cxmaturity.report.html import environment, render_html
from cxmaturity.report.pdf import pdf_bytes
from cxmaturity.result import Assessment

Workspace = Callable[..., Path]
Printed = Callable[[str], PdfReader]

LOW = {
    "culture.meaning.same": "never",
    "retention.loyalty-and-value.scheme": "rarely",
    "retention.loyalty-and-value.effort": 5,
    "retention.churn-insight.known": "no",
    "retention.churn-insight.ways": ["none"],
    "retention.churn-insight.share": 10,
}
HIGH = {
    "culture.meaning.same": "always",
    "retention.loyalty-and-value.scheme": "often",
    "retention.loyalty-and-value.effort": 1,
    "retention.churn-insight.known": "yes",
    "retention.churn-insight.ways": ["calls", "letters"],
    "retention.churn-insight.share": 90,
}
CUSTOMERS = "id,joined,left\n1,2024-01-01,\n2,2024-01-01,2026-03-01\n3,2024-01-01,2026-04-01\n4,2024-02-01,\n"
EVIDENCE = {
    "as_of": "2026-06-30",
    "evidence": {
        "customers": {
            "source": "customers.csv",
            "columns": {"customer": "id", "since": "joined", "until": "left"},
        }
    },
    "bands": {"churn-rate": {"basis": "our board", "levels": {"2": 0.3, "3": 0.2, "4": 0.1, "5": 0.05}}},
}
CAPACITY = {
    "target": {"level": 4, "by": "2027-06"},
    "capacity": {"start": "2027-01", "quarters": 4, "person_days": 80, "budget": 40000},
}


def built(folder: Path) -> tuple[Engagement, Assessment, Report]:
    engagement = cxmaturity.load(folder)
    assessment = cxmaturity.assess(engagement)
    return (
        engagement,
        assessment,
        build_report(
            engagement.workspace, engagement.texts, assessment, cxmaturity.plan(engagement, assessment)
        ),
    )


def person(answers: dict[str, Any], number: int = 1, **more: Any) -> dict[str, Any]:
    return {"id": f"r{number}", "role": "leadership", "answers": answers, **more}


def said(report: Report) -> set[str]:
    """Every sentence that is a finding, or prose of the summary."""
    found = {item for d in report.dimensions for item in (*d.strengths, *d.gaps, *d.others)}
    return found | {
        sentence for paragraph in report.summary.paragraphs for sentence in paragraph.split(". ") if sentence
    }


@cache
def pages_of(pdf: PdfReader) -> list[str]:
    return [page.extract_text() for page in pdf.pages]


def text_of(pdf: PdfReader) -> str:
    return "\n".join(pages_of(pdf))


def test_two_organisations_share_no_finding(workspace: Workspace) -> None:
    one = built(
        workspace(
            [person(LOW)], {"organisation": {"name": "Low Ltd"}, **EVIDENCE}, {"customers.csv": CUSTOMERS}
        )
    )[2]
    other = built(workspace([person(HIGH), person(HIGH, 2)], {"organisation": {"name": "High Ltd"}}))[2]
    assert said(one)
    assert said(other)
    assert not said(one) & said(other)


@pytest.mark.parametrize("question", LOW)
def test_changing_an_answer_changes_what_is_said_about_it(workspace: Workspace, question: str) -> None:
    before = built(workspace([person(LOW)]))[2]
    after = built(workspace([person({**LOW, question: HIGH[question]})]))[2]
    dimension = question.partition(".")[0]
    section_before = next(d for d in before.dimensions if d.id == dimension)
    section_after = next(d for d in after.dimensions if d.id == dimension)
    assert (section_before.strengths, section_before.gaps) != (section_after.strengths, section_after.gaps)


def test_a_gap_quotes_the_answer_chosen_and_the_next_step(workspace: Workspace) -> None:
    report = built(workspace([person(LOW)]))[2]
    assert report.dimensions[0].gaps == (
        "Same meaning: “Nobody does it”. The next step would be: “One team does it”.",
    )


def test_evidence_stands_beside_what_people_say(workspace: Workspace) -> None:
    # 4 customers on 2025-06-30, 2 of them gone by 2026-06-30: churn 50 %, worse than 30 %, so level 1
    report = built(workspace([person(HIGH)], EVIDENCE, {"customers.csv": CUSTOMERS}))[2]
    churn = next(
        metric
        for metric in (*report.customer_data.metrics, *report.customer_data.single)
        if metric.title == "Churn rate"
    )
    assert churn.value == "50.0%"
    assert "Level 1 by these bands: our board." in churn.facts
    assert any("50.0%" in sentence for sentence in report.measures.contradictions)
    assert "yet the churn rate of 50.0% stands for level 1" in report.summary.paragraphs[2]


def test_nothing_answered_still_makes_a_report(workspace: Workspace, printed: Printed) -> None:
    engagement, _, report = built(workspace([person({})]))
    assert report.summary.title == "Acme cannot be placed on the scale yet"
    assert all(section.title.endswith("was not assessed") for section in report.dimensions)
    assert not any(section.gaps or section.strengths for section in report.dimensions)
    assert "2 dimensions were not assessed" in text_of(printed(render_html(report, engagement.texts)))


def test_content_reaches_neither_network_nor_disk(
    workspace: Workspace, printed: Printed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>SECRET</text></svg>', encoding="utf-8")
    logo = f"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
      width="9" height="9">
      <image xlink:href="{secret.as_uri()}" width="9" height="9"/>
      <image xlink:href="http://127.0.0.1:9/x.png" width="9" height="9"/></svg>"""
    folder = workspace([person(LOW)], {"brand": {"logo": "logo.svg"}}, {"logo.svg": logo})

    def no_network(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr("socket.socket.connect", no_network)
    engagement, _, report = built(folder)
    assert "SECRET" not in text_of(printed(render_html(report, engagement.texts)))


HOSTILE = "<script>alert(1)</script> {{ 7 * 7 }} a & b \" onmouseover='x'"
NAME = f"Șoșeaua Żółć ¿Qué? Perché {HOSTILE}"


def page_of(workspace: Workspace, name: str = NAME) -> tuple[Report, str]:
    """A report and its page; that without another name is one for several tests, and printed once."""
    folder = workspace(
        [person(LOW, notes={"culture.meaning.same": name}), person(HIGH, 2)],
        {"organisation": {"name": name, "note": name}, "brand": {"name": name}, **EVIDENCE, **CAPACITY},
        {"customers.csv": CUSTOMERS},
    )
    engagement, _, report = built(folder)
    return report, render_html(report, engagement.texts)


def test_hostile_text_is_printed_as_it_is(workspace: Workspace, printed: Printed) -> None:
    html = page_of(workspace)[1]
    assert "<script>" not in html
    assert "onmouseover='x'" not in html.replace("&#39;", "’")
    assert HOSTILE.replace(" ", "") in text_of(printed(html)).replace(" ", "").replace("\n", "")


def test_the_same_input_gives_the_same_bytes(workspace: Workspace, printed: Printed) -> None:
    first, second = page_of(workspace)[1], page_of(workspace)[1]
    assert first == second
    stream = printed(first).stream
    stream.seek(0)
    assert stream.read() == pdf_bytes(second)


def test_long_names_stay_on_their_pages(workspace: Workspace, printed: Printed) -> None:
    name = "Vereinigte Donaudampfschifffahrtsgesellschaft für Elektrizitätswirtschaft und Fernwärme " * 2
    pages = printed(page_of(workspace, name.strip())[1]).pages
    assert "Donaudampfschifffahrtsgesellschaft" in pages[0].extract_text().replace("\n", "")
    assert len(pages) < 30


def test_only_the_bundled_fonts_are_used(workspace: Workspace, printed: Printed) -> None:
    fonts = {
        str(font.get_object()["/BaseFont"]).partition("+")[2]
        for page in printed(page_of(workspace)[1]).pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
    assert fonts == {"Inter", "Inter-Semi-Bold"}


def test_the_pdf_names_its_language_and_title(workspace: Workspace, printed: Printed) -> None:
    reader = printed(page_of(workspace)[1])
    assert reader.root_object["/Lang"] == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == f"{NAME} · Customer-centricity assessment and roadmap"


def test_the_contents_name_the_page_of_each_section(workspace: Workspace, printed: Printed) -> None:
    report, html = page_of(workspace)
    pages = pages_of(printed(html))
    contents = pages[1].splitlines()
    line = next(line for line in contents if line.startswith("Roadmap"))
    number = (
        int(line.split()[-1])
        if line.split()[-1].isdigit()
        else int(contents[contents.index(line) + 1].split()[-1])
    )
    assert report.roadmap.title.split(" initiatives")[0] in pages[number - 1]


def test_a_template_that_asks_for_what_is_not_there_fails() -> None:
    with pytest.raises(UndefinedError):
        environment().from_string("{{ nothing }}").render()


def test_the_report_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "report.pdf"
    target.write_bytes(b"the former report")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(UserError, match="No space left on device"):
        write_whole(target, b"half")
    assert target.read_bytes() == b"the former report"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_cannot_be_made_is_a_user_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UserError, match="cannot be written"):
        write_whole(tmp_path / "file" / "report.pdf", b"")


def test_missing_system_libraries_are_the_users_to_install(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    import builtins

    real = builtins.__import__

    def without_pango(name: str, *more: Any, **named: Any) -> Any:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *more, **named)

    monkeypatch.setattr(builtins, "__import__", without_pango)
    engagement, _, report = built(workspace([person(LOW)]))
    with pytest.raises(UserError, match="needs the Pango libraries"):
        pdf_bytes(render_html(report, engagement.texts))


def test_confidential_answers_are_not_quoted(workspace: Workspace) -> None:
    crowd = [person(LOW, number, notes={"culture.meaning.same": "my own words"}) for number in range(6)]
    report = built(workspace(crowd, {"confidential": True}))[2]
    open_report = built(workspace(crowd))[2]
    notes = [note for group in report.appendix.answers for row in group.rows for note in row.notes]
    assert notes == []
    open_notes = [note for group in open_report.appendix.answers for row in group.rows for note in row.notes]
    assert "r0: my own words" in open_notes


def test_the_plan_says_whether_the_target_is_reached(workspace: Workspace) -> None:
    report = built(workspace([person(LOW)], CAPACITY))[2]
    assert any("By 30 June 2027" in paragraph for paragraph in report.roadmap.paragraphs)
    assert report.projection is not None
    assert all(row.load.endswith("of 80") for row in report.projection.rows[:-1])
    assert report.projection.rows[-1].name == "Once all is complete"


def test_without_capacity_there_is_an_order_and_no_dates(workspace: Workspace) -> None:
    report = built(workspace([person(LOW)]))[2]
    assert report.roadmap.gantts == ()
    assert report.cards
    assert all(card.when == "" for card in report.cards)
