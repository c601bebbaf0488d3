"""No customer record, e-mail or name reaches a report, a result, the terminal or an error message."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

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


@pytest.fixture
def folder(workspace: Callable[..., Path]) -> Path:
    answers = {"culture.meaning.same": 4, "retention.loyalty-and-value.scheme": 5}
    return workspace(
        [{"id": "r01", "answers": answers}], {"as_of": "2026-10-31", "evidence": EVIDENCE}, FILES
    )


def test_the_canaries_would_be_seen() -> None:
    assert all(CANARY.search(text) for text in (name(3), email(7), "0721 555 013", *FILES.values()))


def test_the_result_and_the_terminal_name_nobody(folder: Path, cli: Callable[..., Any]) -> None:
    for arguments in (("assess", "--json"), ("assess",), ("check",), ("explain",)):
        done = cli(*arguments, folder)
        assert not CANARY.search(done.out + done.err), arguments
    measured = {
        each["id"] for each in json.loads(cli("assess", "--json", folder).out)["metrics"] if each["n"]
    }
    assert {"churn-rate", "nps", "complaint-resolution-time", "duplicate-customers"} <= measured


def test_the_report_names_nobody(folder: Path, cli: Callable[..., Any], tmp_path: Path) -> None:
    done = cli("report", folder, "-o", tmp_path / "report.pdf")
    assert done.code == 1, "rows were left out"
    assert not CANARY.search(done.out + done.err)
    pdf = (tmp_path / "report.pdf").read_bytes()
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert "Net Promoter Score" in text
    assert not CANARY.search(text)


@pytest.mark.parametrize("table", EVIDENCE)
def test_neither_does_a_table_that_cannot_be_read(
    table: str, workspace: Callable[..., Path], cli: Callable[..., Any]
) -> None:
    broken = {**FILES, f"evidence/{table}.csv": FILES[f"evidence/{table}.csv"].replace(",", "\n", 1)}
    folder = workspace([], {"as_of": "2026-10-31", "evidence": EVIDENCE}, broken)
    for arguments in (("assess", "--json"), ("check",)):
        done = cli(*arguments, folder)
        assert not CANARY.search(done.out + done.err)
