"""Results that others hand back: read strictly, and each mistake named at its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import ibis
import pytest

from cxmaturity.api import Rows
from cxmaturity.errors import UserError
from cxmaturity.evidence import results
from cxmaturity.evidence.results import results_of

SCHEMA = ibis.schema(
    {"segment": "string", "n": "int64", "mean": "float64", "day": "date", "period_end": "string"}
)
Read = Callable[..., Rows]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def rows(text: str | bytes, **more: Any) -> Rows:
        path = tmp_path / "visits.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return results_of(path, "visits.csv", SCHEMA, **more)

    return rows


def wrong(read: Read, text: str | bytes, **more: Any) -> list[str]:
    with pytest.raises(UserError) as raised:
        read(text, **more)
    return [str(problem) for problem in raised.value.problems]


def test_cells_are_of_the_kinds_that_the_query_gives(read: Read) -> None:
    rows = read("segment,n,mean,day\nb,2,0.5,2026-01-31\n,3,1e3,\na,4.0,,2026-01-31 10:00:00\n")
    assert rows == [
        {"segment": None, "n": 3, "mean": 1000.0, "day": None},
        {"segment": "a", "n": 4, "mean": None, "day": "2026-01-31 10:00:00"},
        {"segment": "b", "n": 2, "mean": 0.5, "day": "2026-01-31"},
    ]


@pytest.mark.parametrize(
    "text",
    [
        "MEAN;DAY;SEGMENT;N\n0.5;2026-01-31;x;1\n",
        "\ufeffsegment\tn\tmean\tday\r\nx\ttrue\t0.5\t2026-01-31\r\n",
        '"segment","n","mean","day"\n"x","1","0.50","2026-01-31"\n\n',
    ],
)
def test_what_databases_write_is_read(text: str, read: Read) -> None:
    assert read(text) == [{"segment": "x", "n": 1, "mean": 0.5, "day": "2026-01-31"}]


@pytest.mark.parametrize("nothing", ["", "NULL", "null", r"\N"])
def test_numbers_that_there_are_not(nothing: str, read: Read) -> None:
    assert read(f"segment,n,mean,day\nx,1,{nothing},\n")[0]["mean"] is None


def test_a_result_without_rows_is_one(read: Read) -> None:
    assert read("segment,n,mean,day\n") == []


def test_each_mistake_has_its_place_and_no_cell_is_repeated(read: Read) -> None:
    text = 'segment,n,mean,day\nx,1.5,many,31.01.2026\n"two\nlines",1,inf,2026-01-31\nshort\n'
    assert wrong(read, text) == [
        "visits.csv:2:2: column 'n': not a whole number; save the result again",
        "visits.csv:2:3: column 'mean': not a number; save the result again",
        "visits.csv:2:4: column 'day': not a date like 2026-01-31; save the result again",
        "visits.csv:3:3: column 'mean': not a number; save the result again",
        "visits.csv:5:1: the row has 1 cells, not 4; save the result again",
    ]


def test_all_columns_have_to_be_there_and_no_others(read: Read) -> None:
    assert wrong(read, "segment,n,n,who\n") == [
        "visits.csv:1:1: 'n' is there twice; the first row has to name segment, n, mean, day",
        "visits.csv:1:1: there is no column 'mean'; the first row has to name segment, n, mean, day",
        "visits.csv:1:1: there is no column 'day'; the first row has to name segment, n, mean, day",
        "visits.csv:1:4: the query has no column of the name in place 4; take it out",
    ]


def test_a_result_of_another_period_is_refused(read: Read) -> None:
    text = "segment,n,mean,day,period_end\nx,1,1,2026-01-31,{}\n"
    assert len(read(text.format("2026-10-31"), end="2026-10-31")) == 1
    (said,) = wrong(read, text.format("2025-10-31"), end="2026-10-31")
    assert said.startswith(
        "visits.csv:2:5: the result is of another period than the one that ends on 2026-10-31;"
    )


def test_records_are_no_result(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "MAX_ROWS", 2)
    assert wrong(read, "segment,n,mean,day\n" + "x,1,1,\n" * 3) == [
        "visits.csv:4:1: there are more than 2 rows; map a segment of fewer values"
    ]
    monkeypatch.setattr(results, "MAX_BYTES", 10)
    assert "more than any query's result" in wrong(read, "segment,n,mean,day\n")[0]


def test_mistakes_are_not_listed_without_end(read: Read) -> None:
    text = "segment,n,mean,day\n" + "x,a,b,c\n" * 1000
    assert len(wrong(read, text)) < results.MAX_PROBLEMS + 3


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"segment\xff", "is not text in UTF-8"),
        (b"", "there is no column 'segment'"),
        (b'segment,n,mean,day\n"x,1,1,\n', "the row is no CSV"),
    ],
)
def test_what_is_no_csv_is_said(content: bytes, said: str, read: Read) -> None:
    assert said in wrong(read, content)[0]


def test_a_file_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"gone\.csv: cannot be read"):
        results_of(tmp_path / "gone.csv", "gone.csv", SCHEMA)
