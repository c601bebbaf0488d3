"""Exports of survey tools: a mapping file, proposed here and confirmed by a person, says how to read one."""

from cxmaturity.responses.mapping.applying import read_mapped
from cxmaturity.responses.mapping.format import mapping_beside

__all__ = ["mapping_beside", "read_mapped"]
