"""Proposed mappings: which table a file is, and which of its columns are which."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cxmaturity.evidence.looking import profiles_of
from cxmaturity.evidence.model import TableSource
from cxmaturity.evidence.pasting import proposal_text, word
from cxmaturity.evidence.proposing import Proposal, propose
from cxmaturity.evidence.synonyms import is_personal, likeness, words_of
from cxmaturity.plugins import load_plugins

Propose = Callable[..., Proposal | None]

BASE = [
    "customerID,gender,tenure,PhoneService,Contract,TotalCharges,Churn",
    *(f"{n}-ABC,Male,{n % 70},Yes,Month-to-month,{n * 3.5},Yes" for n in range(100, 110)),
    *(f"{n}-ABC,Female,{n % 70},No,Two year,{n * 3.5},No" for n in range(110, 130)),
]
NPS = [
    "Data răspuns,Cât de probabil este să ne recomandați?",
    *(f"2026-0{n % 9 + 1}-11,{n % 11}" for n in range(33)),
]
KLIENCI = ["ID klienta;Data rozpoczęcia;Data rezygnacji", *(f"{n};2020-01-{n:02};" for n in range(10, 30))]
PEDIDOS = [
    "ID pedido,ID cliente,Fecha pedido,Importe",
    *(f"{n},{n % 9},2026-01-{n:02},{n}.5" for n in range(10, 30)),
]
RECLAMI = [
    "id cliente,data apertura,data chiusura",
    *(f"{n},2026-01-{n} 10:00,2026-02-{n} 11:30" for n in range(10, 28)),
]


@pytest.fixture
def proposed(tmp_path: Path) -> Propose:
    def proposal(lines: list[str], stem: str = "export") -> Proposal | None:
        (tmp_path / "data.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        profiles, problems = profiles_of({"data": TableSource(("data.csv",), tmp_path, {})})
        assert problems == []
        return propose(profiles[0], stem, [metric for _, metric in load_plugins(None).metrics])

    return proposal


@pytest.mark.parametrize(
    ("lines", "table", "columns"),
    [
        (BASE, "customers", {"customer": "customerID", "lost": "Churn", "segment": "Contract"}),
        (NPS, "nps", {"score": "Cât de probabil este să ne recomandați?", "at": "Data răspuns"}),
        (
            KLIENCI,
            "customers",
            {"customer": "ID klienta", "since": "Data rozpoczęcia", "until": "Data rezygnacji"},
        ),
        (PEDIDOS, "purchases", {"customer": "ID cliente", "at": "Fecha pedido", "amount": "Importe"}),
        (
            RECLAMI,
            "complaints",
            {"customer": "id cliente", "opened": "data apertura", "closed": "data chiusura"},
        ),
    ],
)
def test_usual_exports_are_recognised(
    lines: list[str], table: str, columns: dict[str, str], proposed: Propose
) -> None:
    proposal = proposed(lines)
    assert proposal is not None
    assert proposal.table == table
    assert {each.name: each.title for each in proposal.columns} == columns


def test_the_values_of_a_flag_are_those_that_mean_yes(proposed: Propose) -> None:
    proposal = proposed(BASE)
    assert proposal is not None
    lost = next(each for each in proposal.columns if each.name == "lost")
    assert (lost.values, lost.doubt) == (("Yes",), "")
    assert proposal.snapshot


def test_values_that_may_not_be_shown_are_not_proposed_either(proposed: Propose) -> None:
    # four rows with "gone": fewer than five
    lines = ["customer_id,lost", *(f"a{n},gone" for n in range(4)), *(f"b{n},here" for n in range(20))]
    proposal = proposed(lines)
    assert proposal is not None
    lost = next(each for each in proposal.columns if each.name == "lost")
    assert (lost.values, lost.doubt) == ((), "say which values mean yes")
    assert "gone" not in proposal_text(proposal, "evidence/x.csv")


def test_values_of_which_none_is_known_are_left_to_say(proposed: Propose) -> None:
    lines = ["customer_id,lost", *(f"a{n},A" for n in range(6)), *(f"b{n},B" for n in range(9))]
    proposal = proposed(lines)
    assert proposal is not None
    assert proposal.columns[-1].doubt == 'say which value means yes: "A" or "B"'


def test_numbers_out_of_range_are_no_answers(proposed: Propose) -> None:
    assert proposed(["score", *(str(n) for n in range(30))]) is None


def test_the_files_name_decides_between_tables_that_look_alike(proposed: Propose) -> None:
    lines = ["score,date", *(f"{n % 5 + 1},2026-01-{n:02}" for n in range(1, 29))]
    tables = {stem: proposed(lines, stem) for stem in ("nps-2026", "customer_effort", "CSAT export")}
    assert {stem: each.table if each else None for stem, each in tables.items()} == {
        "nps-2026": "nps",
        "customer_effort": "ces",
        "CSAT export": "csat",
    }


def test_what_is_like_nothing_is_left(proposed: Propose) -> None:
    assert proposed(["colour,shape", "red,round", "blue,square"]) is None


def test_what_can_be_computed_and_what_is_missing_is_said(proposed: Propose) -> None:
    proposal = proposed(BASE)
    assert proposal is not None
    assert "churn-rate" in proposal.computed
    assert proposal.lacking["retention-curve"] == ("since", "until")
    assert proposal.partly["complaints-per-thousand"] == ("complaints",)


def test_a_proposal_can_be_pasted(proposed: Propose) -> None:
    proposal = proposed(BASE)
    assert proposal is not None
    text = proposal_text(proposal, "evidence/base.csv")
    assert text.splitlines()[2:10] == [
        "evidence:",
        "  customers:",
        "    source: evidence/base.csv",
        "    columns:",
        "      customer: customerID",
        '      lost: {column: Churn, values: ["Yes"]}',
        "      segment: Contract",
        "    # a snapshot does not say which days it speaks of; add them:",
    ]
    assert max(map(len, text.splitlines())) < 111


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("customerID", "customerID"),
        ("a/b.csv", "a/b.csv"),
        ("yes", '"yes"'),
        ("a: b", '"a: b"'),
        ("ID x", '"ID x"'),
    ],
)
def test_words_are_quoted_where_yaml_wants_it(text: str, written: str) -> None:
    assert word(text) == written


def test_headings_are_compared_by_their_words() -> None:
    assert words_of("customerID") == "customer id"
    assert words_of("Data_rozpoczęcia ŁÓDŹ") == "data rozpoczecia lodz"
    assert (
        likeness("Customer ID", "customer")
        > likeness("id", "customer")
        > likeness("crm client", "customer")
        > 0
    )
    assert likeness("colour", "customer") == 0
    assert is_personal("E-mail") or is_personal("email")
    assert not is_personal("Contract")
