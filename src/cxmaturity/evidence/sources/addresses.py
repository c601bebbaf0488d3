"""Addresses of databases: where one is, and never who may read there."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from cxmaturity.errors import UserError
from cxmaturity.evidence.model import TableSource

_SCHEMES = {"postgresql": "PostgreSQL", "postgres": "PostgreSQL", "sc": "Spark"}
_CREDENTIALS = {
    "PostgreSQL": "set PGUSER and PGPASSWORD, or name a service of your service file: postgresql:///?service=crm",
    "Spark": "set SPARK_REMOTE_TOKEN",
}
_SECRETS = {"user", "password", "user_id", "token"}
_ALLOWED = {
    "PostgreSQL": {"service", "sslmode", "target_session_attrs"},
    "Spark": {"use_ssl"},
}


@dataclass(frozen=True, slots=True)
class Address:
    """Where a database is: its kind, its address, and what messages call it."""

    kind: str
    url: str
    shown: str


def is_address(source: TableSource) -> bool:
    """Whether a table lies in a database that has an address."""
    return any("://" in each for each in source.sources)


def address_of(source: TableSource, name: str) -> Address:
    """The address of a table. Raises :class:`UserError`, which never repeats what may be secret."""
    if len(source.sources) > 1:
        what = "has an address beside other sources, and a table lies in one database"
        raise UserError.about(f"evidence.{name}.source", what, "name that alone")
    url = source.sources[0]
    scheme, _, _ = url.partition("://")
    if scheme not in _SCHEMES:
        fix = "begin it with postgresql:// or sc:// (Spark Connect), or name a file"
        raise UserError.about(f"evidence.{name}.source", "is no address of a database that can be read", fix)
    kind = _SCHEMES[scheme]
    try:
        parts = urlsplit(url)
        given = {key for key, _ in _parameters(kind, parts.path, parts.query)}
        port = f":{parts.port}" if parts.port else ""
        shown = f"{scheme}://{parts.hostname or ''}{port}{_path(kind, parts.path)}"
    except ValueError:
        fix = f"write it as in {'postgresql://host:5432/database' if kind == 'PostgreSQL' else 'sc://host:15002'}"
        raise UserError.about(f"evidence.{name}.source", "is not an address", fix) from None
    if "@" in url or given & _SECRETS:
        what = "names a user or a password, which do not belong into a workspace"
        raise UserError.about(f"evidence.{name}.source", what, f"take them out and {_CREDENTIALS[kind]}")
    if unknown := sorted(given - _ALLOWED[kind]):
        what = f"sets '{unknown[0]}', which a workspace cannot"
        raise UserError.about(shown, what, f"use none but {', '.join(sorted(_ALLOWED[kind]))}")
    return Address(kind, url, shown)


def _parameters(kind: str, path: str, query: str) -> list[tuple[str, str]]:
    """The parameters of an address: Spark's stand in its path."""
    text = path.removeprefix("/").removeprefix(";").replace(";", "&") if kind == "Spark" else query
    return parse_qsl(text, keep_blank_values=True, strict_parsing=bool(text))


def _path(kind: str, path: str) -> str:
    return "" if kind == "Spark" else path
