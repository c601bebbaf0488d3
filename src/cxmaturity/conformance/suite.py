"""All checks, and a plugin put through them."""

from __future__ import annotations

from collections.abc import Sequence

from cxmaturity.conformance.determinism import deterministic
from cxmaturity.conformance.imports import light, module_of
from cxmaturity.conformance.loads import loads
from cxmaturity.conformance.model import Check, Verdict
from cxmaturity.conformance.raters import not_scored, respondents
from cxmaturity.conformance.recommendations import recommendations
from cxmaturity.conformance.scoring import bounded, explained, monotone
from cxmaturity.conformance.subject import Subject
from cxmaturity.conformance.texts import texts
from cxmaturity.errors import UserError
from cxmaturity.plugins import PluginFailedError, Plugins, load_plugins

MOST_FAULTS = 5
"""How many faults of one kind are named."""


def _scores(subject: Subject) -> object:
    return subject.cases


def _speaks(subject: Subject) -> object:
    return subject.texts or subject.cases or subject.metrics or subject.sections or subject.questionnaires


CHECKS: tuple[Check, ...] = (
    Check("loads", "it is in use, and its files can be read", loads),
    Check("deterministic", "the same answers give the same result", deterministic, _scores),
    Check("monotone", "a better answer never lowers a score", monotone, _scores),
    Check("bounded", "scores lie within 1 to 5", bounded, _scores),
    Check("not-scored", "who answered nothing changes nothing", not_scored, _scores),
    Check("explained", "contributions add up to their score", explained, _scores),
    Check("respondents", "it works with none, one and ten thousand people", respondents, _scores),
    Check("texts", "every message has its words, in each language", texts, _speaks),
    Check(
        "recommendations",
        "recommendations lead to things that exist",
        recommendations,
        lambda subject: subject.catalogues,
    ),
    Check("light", "loading it imports no heavy library", light, module_of),
)
"""Every check, in the order in which they are run."""


def check_plugin(name: str, plugins: Plugins | None = None) -> tuple[Verdict, ...]:
    """What became of each check of a plugin.

    ``plugins`` are those among which it is looked for, by default all that are installed. Raises
    :class:`UserError` where there is no plugin of this name.
    """
    plugins = load_plugins() if plugins is None else plugins
    names = [plugin.name for plugin in plugins.listed]
    if name not in names:
        have = f"use one of {', '.join(names)}" if names else "install one"
        raise UserError.about("", f"there is no plugin '{name}'", have)
    subject = Subject(plugins.named(name), plugins)
    first, *others = CHECKS
    loaded = _verdict(first, subject)
    if not loaded.passed:
        return (loaded, *(Verdict(check, "not-run", "the plugin does not load") for check in others))
    return (loaded, *(_verdict(check, subject) for check in others))


def _verdict(check: Check, subject: Subject) -> Verdict:
    if not check.applies(subject):
        return Verdict(check, "nothing-to-check")
    faults: dict[str, None] = {}  # each once, in their order
    error: BaseException | None = None
    try:
        for fault in check.function(subject):
            faults[fault] = None
            if len(faults) > MOST_FAULTS:
                break
    except PluginFailedError as failure:
        faults[str(failure)] = None
        error = failure.error
    return Verdict(check, "failed" if faults else "passed", _detail(list(faults)), error)


def _detail(faults: Sequence[str]) -> str:
    lines = [*faults[:MOST_FAULTS], "and more of the kind"] if len(faults) > MOST_FAULTS else faults
    return "\n".join(lines)
