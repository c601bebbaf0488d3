"""Safe YAML with a place for every value: the one way in which files that a user wrote are read.

What is accepted is the part of YAML 1.2 that means what it looks like: no aliases, tags or merge keys,
no duplicate keys, and only ``true`` and ``false`` are booleans. Keys are always text. Whatever is wrong
is a :class:`~cxmaturity.errors.Problem` with its line and column.
"""

from cxmaturity.yamlfile.document import Loc, YamlDocument
from cxmaturity.yamlfile.reading import parse_yaml, read_yaml
from cxmaturity.yamlfile.validating import validate

__all__ = ["Loc", "YamlDocument", "parse_yaml", "read_yaml", "validate"]
