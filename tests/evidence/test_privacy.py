"""No customer record, e-mail or name reaches a report, a result, the terminal or an error message."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from cxmaturity.testing import RunCommand

CANARY = re.compile(r"canary|0721\s?555\s?013", re.IGNORECASE)
GOOD = 40


def name(number: int) -> str:
    return f"Canary{chr(97 + number % 26)}{number} Popescu"


def email(number: int) -> str:
    return f"canary.{number}@example.com"


FILES = {
    # a segment and a type that are somebody's name, in every table; a bad cell in each, with a canary in it
    "evidence/customers.csv": "\n".join(
        ["id,joined,left,who"]
        + [f"{email(n)},2020-01-01,{'2026-03-01' if n % 4 == 0 else ''},{name(n)}" for n in range(GOOD)]
        + [f"{email(99)},canary-day,,{name(99)}", f"{email(98)},2020-01-01"]
    ),
    "evidence/nps.csv": "\n".join(
        ["answer,day,who"]
        + [f"{n % 11},2026-05-01,{email(n)}" for n in range(GOOD)]
        + [f"canary-score,2026-05-01,{email(99)}"]
    ),
    "evidence/complaints.csv": "\n".join(
        ["complaint,customer,type,opened,closed"]
        + [f"K{n},{email(n)},{email(n // 20)},2026-05-01,2026-05-0{1 + n % 8}" for n in range(GOOD)]
        + [f"K{n},{email(n)},Canary Ana,2026-05-01,2026-05-02" for n in range(2)]
        + [f"K99,{email(99)},{name(99)},canary,{name(99)}"]
    ),
    "evidence/crm.csv": "\n".join(
        ["id,name,email,phone,likes"]
        + [f"{n},{name(n // 2)},{email(n // 2)},0721 555 013,canary likes" for n in range(GOOD)]
    ),
}
EVIDENCE = {
    "customers": {
        "source": "evidence/customers.csv",
        "columns": {"customer": "id", "since": "joined", "until": "left", "segment": "who"},
    },
    "nps": {"source": "evidence/nps.csv", "columns": {"score": "answer", "at": "day", "segment": "who"}},
    "complaints": {
        "source": "evidence/complaints.csv",
        "columns": {
            "customer": "customer",
            "type": "type",
            "opened": "opened",
            "closed": "closed",
            "segment": "customer",
        },
    },
    "crm": {
        "source": "evidence/crm.csv",
        "columns": {"customer": "id", "name": "name", "email": "email", "phone": "phone", "likes": "likes"},
    },
}


@pytest.fixture(scope="module")
def folder(shared_workspace: Callable[..., Path]) -> Path:
    answers = {"culture.meaning.same": 4, "retention.loyalty-and-value.scheme": 5}
    return shared_workspace(
        [{"id": "r01", "answers": answers}], {"as_of": "2026-10-31", "evidence": EVIDENCE}, FILES
    )


def test_the_canaries_would_be_seen() -> None:
    assert all(CANARY.search(text) for text in (name(3), email(7), "0721 555 013", *FILES.values()))


@pytest.mark.parametrize("arguments", [("assess", "--json"), ("assess",), ("check",), ("explain",)])
def test_the_result_and_the_terminal_name_nobody(
    arguments: tuple[str, ...], folder: Path, ran: RunCommand
) -> None:
    done = ran(*arguments, folder)
    assert not CANARY.search(done.out + done.err)


def test_there_is_a_result_of_every_table(folder: Path, ran: RunCommand) -> None:
    measured = {each["id"] for each in ran("assess", "--json", folder).json()["metrics"] if each["n"]}
    assert {"churn-rate", "nps", "complaint-resolution-time", "duplicate-customers"} <= measured


def test_the_report_names_nobody(folder: Path, cli: RunCommand, tmp_path: Path) -> None:
    """As a page, in which all stands that is printed."""
    done = cli("report", folder, "-o", tmp_path / "report.html")
    assert done.code == 1, "rows were left out"
    assert not CANARY.search(done.out + done.err)
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "Net Promoter Score" in text
    assert not CANARY.search(text)


@pytest.mark.parametrize("arguments", [("assess", "--json"), ("check",)])
def test_neither_do_tables_that_cannot_be_read(
    arguments: tuple[str, ...], workspace: Callable[..., Path], cli: RunCommand
) -> None:
    broken = {file: text.replace(",", "\n", 1) for file, text in FILES.items()}
    folder = workspace([], {"as_of": "2026-10-31", "evidence": EVIDENCE}, broken)
    done = cli(*arguments, folder)
    assert [file for file in FILES if file not in done.err] == []
    assert not CANARY.search(done.out + done.err)
