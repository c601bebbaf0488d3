"""Who may score a dimension, who may cap what, and how plugins are listed."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

from cxmaturity.plugins import Selection, load_plugins

Install = Callable[..., EntryPoint]


def always(value: float, dimension: str = "accessibility") -> str:
    """A scorer that gives the same score to everything."""
    return (
        "def combine(self, practices, metrics):\n"
        f"    return Score({value}, (Contribution({dimension!r}, {value}, 1.0),))"
    )


def states(data: Any) -> dict[str, str]:
    return {plugin["name"]: plugin["state"] for plugin in data["plugins"]}


def dimension(data: Any, name: str) -> Any:
    return next(each for each in data["dimensions"] if each["id"] == name)


def test_a_first_party_plugin_keeps_its_dimension(
    install: Install, scorer: Callable[..., str], three: Callable[..., Path], assessed: Callable[..., Any]
) -> None:
    folder = three()
    before, _, _ = assessed(folder)
    install("acme", scorer(always(5.0), dimension="culture"))
    after, code, err = assessed(folder)
    assert code == 1
    assert after["dimensions"] == before["dimensions"]
    assert states(after) == {**states(before), "acme": "refused"}
    assert "warning: plugin “acme” (acme-cx) is refused: it claims the dimension 'culture'" in err
    assert "'culture' scores" in err


def test_the_workspace_may_give_a_first_party_dimension_to_a_third_party(
    install: Install, scorer: Callable[..., str], three: Callable[..., Path], assessed: Callable[..., Any]
) -> None:
    install("acme", scorer(always(5.0), dimension="culture"))
    data, _, _ = assessed(three({"plugins": {"dimensions": {"culture": "acme"}}}))
    assert (dimension(data, "culture")["plugin"], dimension(data, "culture")["score"]) == ("acme", 5.0)
    assert states(data)["acme"] == "active"


def test_between_third_parties_neither_scores_it(
    install: Install, scorer: Callable[..., str], three: Callable[..., Path], assessed: Callable[..., Any]
) -> None:
    folder = three()
    before, _, _ = assessed(folder)
    install("acme", scorer(always(5.0)))
    install("zeta", scorer(always(1.0)))
    data, code, err = assessed(folder)
    assert code == 1
    assert (states(data)["acme"], states(data)["zeta"]) == ("refused", "refused")
    assert dimension(data, "accessibility")["plugin"] is None
    assert data["dimensions"] == before["dimensions"]
    for name in ("acme", "zeta"):
        assert f"plugin “{name}” ({name}-cx) is refused: " in err
        assert f"decide in assessment.yaml: plugins: {{dimensions: {{accessibility: {name}}}}}" in err


@pytest.mark.parametrize(("chosen", "score"), [("acme", 5.0), ("zeta", 1.0)])
def test_between_third_parties_the_workspace_decides(
    *,
    chosen: str,
    score: float,
    install: Install,
    scorer: Callable[..., str],
    three: Callable[..., Path],
    assessed: Callable[..., Any],
) -> None:
    install("acme", scorer(always(5.0)))
    install("zeta", scorer(always(1.0)))
    data, _, _ = assessed(three({"plugins": {"dimensions": {"accessibility": chosen}}}))
    scored = dimension(data, "accessibility")
    assert (scored["plugin"], scored["score"]) == (chosen, score)
    assert states(data)[chosen] == "active"


@pytest.mark.parametrize("decision", [{"accessibility": "acme"}, {"culture": "acme"}])
def test_a_decision_of_the_workspace_is_no_failure(
    decision: dict[str, str],
    install: Install,
    scorer: Callable[..., str],
    three: Callable[..., Path],
    assessed: Callable[..., Any],
) -> None:
    # the user has decided as the message asked: a run in which nothing failed ends with 0
    claimed = next(iter(decision))
    install("acme", scorer(always(5.0), dimension=claimed))
    if claimed == "accessibility":
        install("zeta", scorer(always(1.0)))
    _, code, err = assessed(three({"plugins": {"dimensions": decision}}))
    assert (code, err) == (0, "")


def test_a_choice_of_a_plugin_that_is_not_there_is_named(
    install: Install, scorer: Callable[..., str], three: Callable[..., Path], cli: Callable[..., Any]
) -> None:
    install("acme", scorer(always(5.0)))
    install("zeta", scorer(always(1.0)))
    done = cli("assess", three({"plugins": {"dimensions": {"accessibility": "acmee"}}}))
    assert done.code in {1, 2}
    assert "acmee" in done.err


def test_one_plugin_may_claim_a_dimension_only_once(
    install: Install, scorer: Callable[..., str], three: Callable[..., Path], assessed: Callable[..., Any]
) -> None:
    source = scorer(always(5.0)).replace("[Made()]", "[Made(), Made()]")
    install("acme", source)
    data, code, _ = assessed(three())
    assert code == 1
    assert states(data)["acme"] != "active"


def test_a_plugin_refused_for_one_dimension_does_not_block_another_for_others(
    install: Install, scorer: Callable[..., str], three: Callable[..., Path], assessed: Callable[..., Any]
) -> None:
    # acme wants culture (ours) and accessibility; zeta wants accessibility alone
    both = scorer(always(5.0)) + (
        "class Second(Scorer):\n    dimension = 'culture'\n"
        "@hookimpl(specname='cxmaturity_scorers')\ndef more():\n    return [Second()]\n"
    )
    install("acme", both)
    install("zeta", scorer(always(1.0)))
    data, _, _ = assessed(three())
    scored = dimension(data, "accessibility")["plugin"]
    reasons = {plugin["name"]: plugin["reason"] or "" for plugin in data["plugins"]}
    assert scored == "zeta" or "'acme' scores" not in reasons["zeta"]
    assert dimension(data, "culture")["plugin"] == "culture"
    data, _, _ = assessed(three({"plugins": {"dimensions": {"accessibility": "acme"}}}))
    assert dimension(data, "accessibility")["plugin"] == "acme"
    assert dimension(data, "culture")["plugin"] == "culture"


def test_a_stranger_with_a_first_party_name_does_not_take_its_place(
    install: Install, scorer: Callable[..., str], three: Callable[..., Path], assessed: Callable[..., Any]
) -> None:
    folder = three()
    before, _, _ = assessed(folder)
    # its module sorts before cxmaturity_culture
    install(
        "culture", scorer(always(5.0), dimension="culture"), distribution="acme-cx", module="acme_made_up"
    )
    after, code, err = assessed(folder)
    assert code == 1
    assert "acme-cx" in err
    assert after["dimensions"] == before["dimensions"]
    assert after["overall"] == before["overall"]


def test_two_strangers_of_one_name_are_told_apart(
    install: Install, scorer: Callable[..., str], three: Callable[..., Path], assessed: Callable[..., Any]
) -> None:
    install("acme", scorer(always(5.0)), distribution="acme-a", module="acme_a")
    install("acme", scorer(always(1.0)), distribution="acme-b", module="acme_b")
    data, code, err = assessed(three())
    assert code == 1
    listed = {each["distribution"]: each for each in data["plugins"] if each["name"] == "acme"}
    assert listed["acme-a"]["state"] == "active"
    assert "another plugin is called 'acme' too" in listed["acme-b"]["reason"]
    assert "acme-b" in err


CAPS = """
    def caps(self, result):
        yield Cap({target!r}, {source!r}, 0, Message.plain("Ramps first."))
"""


@pytest.mark.parametrize("target", ["overall", "culture", "retention"])
def test_a_third_partys_cap_outside_its_dimension_needs_the_workspaces_leave(
    target: str,
    install: Install,
    scorer: Callable[..., str],
    three: Callable[..., Path],
    assessed: Callable[..., Any],
) -> None:
    body = always(1.0) + "\n" + CAPS.format(target=target, source="accessibility").replace("\n    ", "\n")
    install("acme", scorer(body))
    data, code, _ = assessed(three())
    bound = data["overall"] if target == "overall" else dimension(data, target)
    assert code == 0
    assert bound["level"] > 1
    assert "Ramps first." not in [cap["reason"] for cap in bound["caps"]]

    data, code, _ = assessed(three({"plugins": {"may_cap": ["acme"]}}))
    bound = data["overall"] if target == "overall" else dimension(data, target)
    assert code == 0
    assert bound["level"] == 1
    assert bound["uncapped_level"] > 1
    assert bound["caps"][-1] == {"source": "accessibility", "limit": 1, "reason": "Ramps first."}


def test_a_third_partys_cap_inside_its_dimension_binds(
    install: Install, scorer: Callable[..., str], three: Callable[..., Path], assessed: Callable[..., Any]
) -> None:
    body = (
        always(5.0)
        + "\n"
        + CAPS.format(target="accessibility", source="accessibility.barriers").replace("\n    ", "\n")
    )
    install("acme", scorer(body))
    data, _, _ = assessed(three())
    # the practice: known 5 and 3 → 4.0, gone 2 → 2.0, together 3.0, which is level 3 (from 2.6)
    capped = dimension(data, "accessibility")
    assert (capped["score"], capped["uncapped_level"], capped["level"]) == (5.0, 5, 3)
    assert capped["caps"] == [{"source": "accessibility.barriers", "limit": 3, "reason": "Ramps first."}]


def test_a_cap_from_a_foreign_source_does_not_bind(
    install: Install, scorer: Callable[..., str], three: Callable[..., Path], assessed: Callable[..., Any]
) -> None:
    # it may speak only for itself, even with leave to cap
    body = always(5.0) + "\n" + CAPS.format(target="overall", source="culture").replace("\n    ", "\n")
    install("acme", scorer(body))
    data, _, _ = assessed(three({"plugins": {"may_cap": ["acme"]}}))
    assert "Ramps first." not in [cap["reason"] for cap in data["overall"]["caps"]]


@pytest.mark.parametrize("mark", ["@hookimpl(wrapper=True)", "@hookimpl(hookwrapper=True)"])
def test_wrappers_are_refused(
    mark: str,
    install: Install,
    scorer: Callable[..., str],
    three: Callable[..., Path],
    assessed: Callable[..., Any],
) -> None:
    folder = three()
    before, _, _ = assessed(folder)
    wrapper = f"{mark}\ndef cxmaturity_metrics():\n    result = yield\n    return []\n"
    install("acme", scorer(always(5.0), more=wrapper))
    after, code, err = assessed(folder)
    assert code == 1
    assert states(after)["acme"] == "refused"
    assert "it wraps the hook cxmaturity_metrics; wrappers are not allowed" in err
    assert after["dimensions"] == before["dimensions"]
    assert after["metrics"] == before["metrics"]


def test_the_command_lists_every_plugin_with_what_became_of_it(
    install: Install, scorer: Callable[..., str], cli: Callable[..., Any]
) -> None:
    install("acme", scorer(always(5.0)), distribution="acme-a11y", version="3.4")
    install("broken", "import no_such_module_anywhere\n")
    done = cli("plugins", "--json")
    assert done.code == 1
    listed = {each["name"]: each for each in json.loads(done.out)}
    ours = sorted(name for name in listed if listed[name]["distribution"] == "cxmaturity")
    assert list(listed) == [*ours, "acme", "broken"]
    assert listed["acme"] == {
        "name": "acme",
        "version": "3.4",
        "distribution": "acme-a11y",
        "api": 1,
        "hooks": ["scorers"],
        "dimensions": ["accessibility"],
        "state": "active",
        "reason": None,
        "notes": [],
    }
    assert listed["culture"]["dimensions"] == ["culture"]
    assert (listed["broken"]["state"], listed["broken"]["dimensions"]) == ("failed", [])
    assert "no_such_module_anywhere" in listed["broken"]["reason"]
    assert cli("--traceback", "plugins").err.count("Traceback (most recent call last)") == 1


def test_the_list_for_people_names_each_plugin_and_reason(
    install: Install, cli: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    install("broken", "import no_such_module_anywhere\n")
    done = cli("plugins")
    assert done.code == 1
    for words in ("culture", "social-responsibility", "broken (broken-cx) failed: ModuleNotFoundError"):
        assert words in done.out


def test_alone_the_first_party_plugins_are_all_active(install: Install, cli: Callable[..., Any]) -> None:
    install("broken", "import no_such_module_anywhere\n")
    done = cli("--no-third-party", "plugins", "--json")
    listed = json.loads(done.out)
    assert done.code == 0
    assert [each["name"] for each in listed] == [
        "core",
        "culture",
        "customer-journey",
        "customer-understanding",
        "data-access",
        "feedback-loops",
        "retention",
        "social-responsibility",
    ]
    assert {each["distribution"] for each in listed} == {"cxmaturity"}


def test_an_entry_point_without_a_distribution_is_listed_as_unknown() -> None:
    point = EntryPoint("adrift", "cxmaturity_culture", "cxmaturity")
    (listed,) = load_plugins(found=[point]).listed
    assert (listed.distribution, listed.version, listed.state) == ("unknown", "unknown", "active")
    assert not listed.first_party
    assert load_plugins(Selection(third_party=False), found=[point]).listed == ()


def test_plugins_come_out_the_same_in_whatever_order_they_are_found(
    install: Install, scorer: Callable[..., str]
) -> None:
    points = [install(name, scorer(always(5.0), dimension=name)) for name in ("zeta", "acme", "mid")]
    assert load_plugins(found=points).listed == load_plugins(found=reversed(points)).listed


def test_a_plugin_without_any_hook_is_harmless(install: Install, cli: Callable[..., Any]) -> None:
    install("empty", "CXMATURITY_API = 1\n")
    assert cli("plugins", "--json").code == 0
