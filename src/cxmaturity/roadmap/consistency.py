"""What is wrong between recommendations: within a file with its place, between catalogues by plugin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cxmaturity.roadmap.model import Recommendation

Needs = Mapping[str, Sequence[str]]
"""Per recommendation the ids of its prerequisites."""


def behind(name: str, needs: Needs) -> set[str]:
    """All that has to be done before a recommendation: itself too, where prerequisites form a circle."""
    ahead, found = [*needs.get(name, ())], set[str]()
    while ahead:
        each = ahead.pop()
        if each not in found:
            found.add(each)
            ahead += needs.get(each, ())
    return found


def wrong_exclusion(name: str, other: str, needs: Needs) -> str | None:
    """Why one recommendation cannot exclude another, or None."""
    if name == other:
        return f"'{name}' excludes itself"
    if other in behind(name, needs):
        return f"'{name}' excludes '{other}', which it needs"
    if name in behind(other, needs):
        return f"'{name}' excludes '{other}', which needs it"
    return None


def across(read: Sequence[Recommendation]) -> Iterator[tuple[str, str]]:
    """What is wrong between catalogues, each with the plugin whose fault it is.

    That is an id used twice, one that does not exist, prerequisites that form a circle, and excluding
    what one needs. An id of another plugin may be missing: that plugin may not be installed.
    """
    seen: dict[str, Recommendation] = {}
    for each in read:
        if each.id in seen:
            yield each.plugin, f"the id '{each.id}' is taken by the plugin '{seen[each.id].plugin}'"
        seen.setdefault(each.id, each)
    own = {(each.plugin, each.dimension) for each in read}
    needs = {name: each.prerequisites for name, each in seen.items()}
    for each in read:
        missing = {
            name
            for name in (*each.prerequisites, *each.excludes)
            if name not in seen and (each.plugin, name.partition(".")[0]) in own
        }
        yield from ((each.plugin, what) for what in _between(each, needs, missing))


def _between(each: Recommendation, needs: Needs, missing: set[str]) -> Iterator[str]:
    for name in each.prerequisites:
        if name in missing:
            yield f"'{each.id}' needs '{name}', which does not exist"
    if each.id in behind(each.id, needs):
        yield f"'{each.id}' is among its own prerequisites"
    for name in each.excludes:
        if name in missing:
            yield f"'{each.id}' excludes '{name}', which does not exist"
        elif what := wrong_exclusion(each.id, name, needs):
            yield what
