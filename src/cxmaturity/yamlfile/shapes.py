"""Follows pydantic's error locations through the models, to the data and to what was expected there.

pydantic puts the member of a union that it tried into a location: its tag, or its class's name. Such a
step does not exist in the data, and may even be spelt like a key that does. Only the models tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from cxmaturity.yamlfile.document import Loc

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

_KEY = "[key]"  # pydantic's last step when a mapping's key is wrong, not its value


@dataclass(frozen=True, slots=True)
class Spot:
    """What an error location leads to."""

    loc: Loc
    """The way through the data."""
    key: bool
    """Whether the key is meant, not the value."""
    union: Loc | None
    """pydantic's location of the union, where a member of a union was refused as a whole."""
    known: tuple[str, ...]
    """The keys that the mapping around it may have, if they are known."""
    form: str
    """The description of what was expected, or nothing."""


def follow(model: type[BaseModel], loc: Loc) -> Spot:
    """Where one of pydantic's error locations leads to, starting at a model."""
    here: Any = model
    around: Any = model
    path: list[int | str] = []
    known: tuple[str, ...] = ()
    form = ""
    union: Loc | None = None
    for position, step in enumerate(loc):
        members = _members(here)
        union = loc[:position] if len(members) > 1 and step != _KEY else None
        if step == _KEY:
            here = next(iter(get_args(around)), Any)
        elif union is not None:
            here = _member(members, str(step))
        else:
            path.append(step)
            around = members[0]
            known = tuple(_fields(around))
            here, form = _inside(around, step)
    return Spot(tuple(path), loc[-1:] == (_KEY,), union, known, _form(here) or form)


def _members(annotation: Any) -> list[Any]:
    """The types of a union without None; of anything else, itself."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _members(get_args(annotation)[0])
    if origin in (Union, UnionType):
        return [
            member for option in get_args(annotation) if option is not NoneType for member in _members(option)
        ]
    return [annotation]


def _member(members: list[Any], label: str) -> Any:
    """The member of a union that pydantic means: by its tag, else by its name within the label."""
    for member in members:
        if any(
            label in get_args(field.annotation) for field in _fields(member).values() if _is_literal(field)
        ):
            return member
    # a label may hold several names, as in list[Question]: the first is the outermost
    named = [member for member in members if _name(member) in label]
    return min(named, key=lambda member: label.find(_name(member)), default=Any)


def _is_literal(field: FieldInfo) -> bool:
    return get_origin(field.annotation) is Literal


def _name(annotation: Any) -> str:
    return getattr(get_origin(annotation) or annotation, "__name__", str(annotation))


def _fields(annotation: Any) -> dict[str, FieldInfo]:
    """The fields of a model by the key that files use; nothing for other types."""
    fields: dict[str, FieldInfo] = getattr(annotation, "model_fields", {})
    return {field.alias or name: field for name, field in fields.items()}


def _inside(annotation: Any, step: int | str) -> tuple[Any, str]:
    """The type of a part of a value, and the description of the field if it is one."""
    if field := _fields(annotation).get(str(step)):
        return field.annotation, field.description or ""
    arguments = get_args(annotation)
    return (arguments[-1] if arguments and arguments[-1] is not ... else next(iter(arguments), Any)), ""


def _form(annotation: Any) -> str:
    """The description within ``Annotated[…, Field(description=…)]``, or nothing."""
    if get_origin(annotation) is Annotated:
        return next(
            (note.description for note in annotation.__metadata__ if getattr(note, "description", "")), ""
        )
    if get_origin(annotation) in (Union, UnionType):
        return next(filter(None, map(_form, get_args(annotation))), "")
    return ""
