"""What file formats share: mappings whose keys are all known, texts that are not empty, days and months."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


def _real_day(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"there is no day {text}; correct it") from None
    return text


_YEAR, _MONTH = r"(19|20|21)\d{2}", r"(0[1-9]|1[0-2])"
MONTH = rf"^{_YEAR}-{_MONTH}$"
"""How a month is written."""

Text = Annotated[str, Field(min_length=1)]
Day = Annotated[
    str,
    Field(pattern=rf"^{_YEAR}-{_MONTH}-(0[1-9]|[12]\d|3[01])$", description="2026-01-31"),
    AfterValidator(_real_day),
]
Month = Annotated[str, Field(pattern=MONTH, description="2026-01")]


class Strict(BaseModel):
    """A mapping whose keys are all known."""

    model_config = ConfigDict(extra="forbid", frozen=True)
