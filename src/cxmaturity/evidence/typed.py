"""Gives a table the columns that metrics read, each of its kind, and says of each cell what is wrong with it.

The source's columns may hold dates and numbers already, or everything as text; a metric sees no difference.
What is wrong with a cell is a number in a column beside it: :data:`FINE`, :data:`EMPTY`, :data:`KIND` or
:data:`RANGE`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Any

from cxmaturity.api import SEGMENT, Column
from cxmaturity.evidence.engines.model import ROW, RawColumn, Relation
from cxmaturity.evidence.model import ColumnSource, Filter, TableSource

if TYPE_CHECKING:
    from ibis.expr.types import Table

FINE, EMPTY, KIND, RANGE = range(4)
REASONS = {EMPTY: "empty", KIND: "kind", RANGE: "range"}
_YES, _NO = ("true", "yes", "y", "1", "t"), ("false", "no", "n", "0", "f")
_EARLIEST, _LATEST = "1900-01-01", "2199-12-31"
# Of a text that has one of these shapes every engine makes the same value, and none fails: only days that
# the calendar has, and numbers that a float can hold.
_LEAP = r"([0-9]{2}(0[48]|[2468][048]|[13579][26])|([2468][048]|[13579][26])00)-02-29"
_CALENDAR = (
    r"([1-9][0-9]{3}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)"
    rf"|02-(0[1-9]|1[0-9]|2[0-8]))|{_LEAP})"
)
_CLOCK = (
    r"[T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,9})?)?(Z|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)?"
)
_DAY = rf"^{_CALENDAR}([T ].*)?$"
_TIME = rf"^{_CALENDAR}({_CLOCK})?$"
_NUMBER = r"^[+-]?([0-9]{1,200}\.?[0-9]{0,200}|\.[0-9]{1,200})([eE][+-]?[0-9]{1,2})?$"
_COMMA_NUMBER = r"^[+-]?([0-9]{1,200}|[0-9]{1,3}(\.[0-9]{3}){1,50})(,[0-9]{1,200})?$"
_FINER, _ZONE_AFTER_MINUTES = r"\.[0-9]{7}", "[T ][0-9]{2}:[0-9]{2}[Z+-]"
_DATE, _MINUTES, _MICROSECONDS = 10, 16, 26  # how long a text is that says so much
_LARGEST = 1.7976931348623157e308
SEGMENTS = Column(SEGMENT, "text", required=False, empty_allowed=True)
"""The segment of a customer: a column that any table may have."""


def wrong(name: str) -> str:
    """The column that says what is wrong with the cells of another."""
    return f"{name}__wrong"


def typed(relation: Relation, source: TableSource, columns: Sequence[Column]) -> Table:
    """The rows that count: each mapped column by its name, and beside it what is wrong with its cells."""
    table = relation.table()
    rows = _counting(table, relation, source.where)
    selected: dict[str, Any] = {}
    for column in columns:
        if (mapped := source.columns.get(column.name)) is not None:
            raw = rows[relation.columns[mapped.title].name]
            selected |= _column(raw, column, mapped, relation)
    if relation.written:
        selected[ROW] = rows[ROW]
    return rows.select(**selected)


def _counting(table: Table, relation: Relation, filters: Sequence[Filter]) -> Table:
    """The rows that the workspace wants to count."""
    for each in filters:
        cell = table[relation.columns[each.title].name]
        text = _text(cell, written=relation.written)
        if each.among:
            table = table.filter(text.isin(each.among))
        if each.excluding:
            table = table.filter(text.isnull() | text.notin(each.excluding))
        if each.minimum is not None or each.maximum is not None:
            number, _ = _number(cell, relation, relation.columns[each.title])
            low = number >= each.minimum if each.minimum is not None else number.notnull()
            table = table.filter(low & (number <= each.maximum) if each.maximum is not None else low)
        if each.since or each.to:
            table = table.filter(_in_days(_date(cell, relation)[0], each))
    return table


def _in_days(day: Any, each: Filter) -> Any:
    import ibis

    inside = day.notnull()
    if each.since:
        inside &= day >= ibis.date(each.since)
    return inside & (day <= ibis.date(each.to)) if each.to else inside


def _column(raw: Any, column: Column, mapped: ColumnSource, relation: Relation) -> dict[str, Any]:
    """A column of its kind, and what is wrong with its cells."""
    import ibis

    value, readable = _value(raw, column, mapped, relation)
    checks = [(_empty(raw), FINE if column.empty_allowed else EMPTY)]
    if readable is not None:
        checks.append((~readable, KIND))
    checks += [(check, RANGE) for check in _beyond(value, column)]
    faults = ibis.cases(
        *((check, ibis.literal(code, "int8")) for check, code in checks), else_=ibis.literal(FINE, "int8")
    )
    return {column.name: value, wrong(column.name): faults}


def _value(raw: Any, column: Column, mapped: ColumnSource, relation: Relation) -> tuple[Any, Any | None]:
    """A column's cells as its kind wants them, and whether they could be read so (``None``: all can)."""
    match column.kind:
        case "key":
            return (_as_text(raw, relation) if raw.type().is_string() else raw), None
        case "text":
            return _as_text(raw, relation), None
        case "number":
            return _number(raw, relation, relation.columns[mapped.title])
        case "date":
            return _date(raw, relation)
        case "time":
            return _time(raw, relation)
        case _:
            return _flag(raw, mapped.values)


def _as_text(raw: Any, relation: Relation) -> Any:
    """A cell as text. What a database holds is left as it is, as it costs time to look at every cell."""
    return raw if raw.type().is_string() and not relation.written else _text(raw, written=relation.written)


def _text(raw: Any, *, written: bool) -> Any:
    """A cell as text; one of nothing but blanks is empty."""
    if not raw.type().is_string():
        return raw.cast("string")
    return (raw.strip() if written else raw).nullif("")


def _empty(raw: Any) -> Any:
    """Whether a cell says nothing: blanks do not, nor does NaN, by which some say that they do not know."""
    kind = raw.type()
    if kind.is_string():
        return _text(raw, written=True).isnull()
    return raw.isnull() | raw.isnan() if kind.is_floating() else raw.isnull()


def _number(raw: Any, relation: Relation, column: RawColumn) -> tuple[Any, Any | None]:
    kind = raw.type()
    if kind.is_numeric():
        value = raw.cast("float64")
        # not isinf(), which is false of everything in Spark
        return value, None if kind.is_integer() else value.abs() <= _LARGEST
    text = _text(raw, written=True)
    if not column.decimal_comma:
        return _read(text, "float64", _NUMBER, relation)
    value, _ = _read(text.replace(".", "").replace(",", "."), "float64", _NUMBER, relation)
    looks = text.re_search(_COMMA_NUMBER)
    return looks.ifelse(value, None), looks


def _date(raw: Any, relation: Relation) -> tuple[Any, Any | None]:
    kind = raw.type()
    if kind.is_date():
        return raw, None
    if kind.is_timestamp():
        return raw.date(), None
    return _read(_text(raw, written=True), "date", _DAY, relation)


def _time(raw: Any, relation: Relation) -> tuple[Any, Any | None]:
    kind = raw.type()
    if kind.is_timestamp():
        return (raw.cast("timestamp") if kind.timezone else raw), None  # in UTC, as every engine is told
    if kind.is_date():
        return raw.cast("timestamp"), None
    return _read(_text(raw, written=True), "timestamp", _TIME, relation)


def _read(text: Any, kind: str, pattern: str, relation: Relation) -> tuple[Any, Any]:
    """What a text says as a date or number, and whether it says one: it is looked at before it is read."""
    looks = text.re_search(pattern)
    read = {"date": text.substr(0, _DATE), "timestamp": _plain_time(text)}.get(kind, text)
    shaped = looks.ifelse(read, None)
    wanted = "timestamp('UTC')" if kind == "timestamp" else kind  # else its time zone would be passed over
    tries = relation.engine.dialect != "postgres"  # which has no way to try
    value = shaped.try_cast(wanted) if tries else shaped.cast(wanted)
    return value.cast(kind), value.notnull()


def _plain_time(text: Any) -> Any:
    """A time in text as every engine reads it: with seconds before a time zone.

    What is less than a microsecond goes, as some would round it up.
    """
    import ibis

    rest = text.substr(_MICROSECONDS).re_replace("^[0-9]+", "")
    return ibis.cases(
        (text.re_search(_FINER), text.substr(0, _MICROSECONDS) + rest),
        (text.re_search(_ZONE_AFTER_MINUTES), text.substr(0, _MINUTES) + ":00" + text.substr(_MINUTES)),
        else_=text,
    )


def _flag(raw: Any, values: Sequence[str]) -> tuple[Any, Any | None]:
    if values:
        return _text(raw, written=True).isin(values), None
    if raw.type().is_boolean():
        return raw, None
    text = _text(raw, written=True).lower()
    return text.isin(_YES), text.isin((*_YES, *_NO))


def _beyond(value: Any, column: Column) -> list[Any]:
    """Whether a cell lies beyond the column's limits, one condition for each limit."""
    import ibis

    if column.kind in {"date", "time"}:
        kind = "date" if column.kind == "date" else "timestamp"
        low, high = ibis.literal(_EARLIEST).cast(kind), ibis.literal(_LATEST).cast(kind)
        return [value < low, value > high]
    limits = []
    if column.minimum is not None:
        limits.append(value < column.minimum)
    if column.maximum is not None:
        limits.append(value > column.maximum)
    return limits


def fine(table: Table, columns: Sequence[str]) -> Any:
    """Whether nothing is wrong with any of the cells of a row."""
    return reduce(and_, [table[wrong(name)] == FINE for name in columns])
