"""Exports of survey tools: a mapping file, proposed here and confirmed by a person, says how to read one."""
