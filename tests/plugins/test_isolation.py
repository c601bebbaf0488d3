"""One plugin that misbehaves is named and left out; nobody else's result changes by a byte."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import pytest

Install = Callable[..., EntryPoint]

API = "from cxmaturity.api import Scorer, Metric, hookimpl\n"
DECLARED = f"{API}CXMATURITY_API = 1\n"

UNLOADABLE = {
    "misspelt hook": (
        f"{DECLARED}@hookimpl\ndef cxmaturity_scorer():\n    return []\n",
        "cxmaturity_scorer",
    ),
    "no API version": (
        f"{API}@hookimpl\ndef cxmaturity_scorers():\n    return []\n",
        "add CXMATURITY_API = 1",
    ),
    "API version as text": (f"{API}CXMATURITY_API = '1'\n", "add CXMATURITY_API = 1"),
    "newer API": (f"{API}CXMATURITY_API = 2\n", "needs plugin API 2"),
    "import error": ("import no_such_module_anywhere\n", "no_such_module_anywhere"),
    "syntax error": ("def broken(:\n", "SyntaxError"),
    "exit at import": ("raise SystemExit(3)\n", "SystemExit"),
    "recursion at import": ("def again():\n    again()\nagain()\n", "RecursionError"),
    "hook that takes what there is not": (
        f"{DECLARED}@hookimpl\ndef cxmaturity_scorers(weather):\n    return []\n",
        "weather",
    ),
    "hook that raises": (f"{DECLARED}@hookimpl\ndef cxmaturity_scorers():\n    1 / 0\n", "ZeroDivisionError"),
    "hook that exits": (
        f"{DECLARED}@hookimpl\ndef cxmaturity_metrics():\n    raise SystemExit\n",
        "SystemExit",
    ),
    "hook that returns nothing": (
        f"{DECLARED}@hookimpl\ndef cxmaturity_scorers():\n    pass\n",
        "cxmaturity_scorers returned NoneType instead of a list",
    ),
    "hook that returns no list": (
        f"{DECLARED}@hookimpl\ndef cxmaturity_scorers():\n    return Scorer()\n",
        "cxmaturity_scorers returned Scorer instead of a list",
    ),
    "hook that returns classes": (
        f"{DECLARED}@hookimpl\ndef cxmaturity_scorers():\n    return [Scorer]\n",
        "cxmaturity_scorers returned a type instead of a Scorer",
    ),
    "hook that returns the wrong type": (
        f"{DECLARED}@hookimpl\ndef cxmaturity_metrics():\n    return ['nps']\n",
        "cxmaturity_metrics returned a str instead of a Metric",
    ),
    "error whose words fail": (
        "class Shy(Exception):\n    def __str__(self):\n        raise RuntimeError\nraise Shy\n",
        "Shy",
    ),
    "dimension that is no text": (
        (
            f"{DECLARED}class S(Scorer):\n    dimension = ['a', 'list']\n"
            "@hookimpl\ndef cxmaturity_scorers():\n    return [S()]\n"
        ),
        "dimension",
    ),
    "catalogue that is not there": (
        (
            f"{DECLARED}from pathlib import Path\n"
            "@hookimpl\ndef cxmaturity_catalogues():\n    return [Path('/nowhere/recommendations.yaml')]\n"
        ),
        "recommendations.yaml",
    ),
    "catalogue that is no file": (
        f"{DECLARED}@hookimpl\ndef cxmaturity_catalogues():\n    return [7]\n",
        "",
    ),
    "texts that are not there": (
        (
            f"{DECLARED}from pathlib import Path\n"
            "@hookimpl\ndef cxmaturity_translations():\n    return [Path('/nowhere/texts.en.yaml')]\n"
        ),
        "texts.en.yaml",
    ),
}


@pytest.mark.parametrize("what", UNLOADABLE)
def test_a_plugin_that_cannot_be_loaded_is_named_and_changes_nothing(
    what: str,
    install: Install,
    three: Callable[..., Path],
    assessed: Callable[..., Any],
    alone: Callable[..., Any],
) -> None:
    folder = three()
    source, reason = UNLOADABLE[what]
    before = alone()
    install("acme", source)
    after, code, err = assessed(folder)
    listed = next(each for each in after["plugins"] if each["name"] == "acme")
    assert (listed["state"], listed["distribution"], listed["version"]) == ("failed", "acme-cx", "1.2")
    assert reason in listed["reason"]
    assert code == 1
    assert "warning: plugin “acme” (acme-cx) failed: " in err
    assert len(after["warnings"]) == 1
    for key in ("plugins", "warnings"):
        del before[key], after[key]
    assert after == before


SCORE = "    return Score(value, (Contribution('accessibility.barriers.known', value, 1.0),))"

MISBEHAVING = {
    "raises": ("def score_practice(self, answers):\n    raise ValueError('no idea')", "no idea"),
    "exits": ("def score_practice(self, answers):\n    raise SystemExit(0)", "SystemExit"),
    "recurses": (
        "def score_practice(self, answers):\n    return self.score_practice(answers)",
        "RecursionError",
    ),
    "raises what has no words": (
        (
            "def score_practice(self, answers):\n"
            "    class Shy(Exception):\n        def __str__(self):\n            raise RuntimeError\n"
            "    raise Shy"
        ),
        "Shy",
    ),
    "returns nothing": ("def score_practice(self, answers):\n    pass", "is a NoneType, not a Score"),
    "scores 7": (f"def score_practice(self, answers):\n    value = 7.0\n{SCORE}", "is 7, outside 1 to 5"),
    "scores 0": (f"def score_practice(self, answers):\n    value = 0.0\n{SCORE}", "is 0, outside 1 to 5"),
    "scores NaN": (f"def score_practice(self, answers):\n    value = float('nan')\n{SCORE}", "is nan"),
    "scores in words": (f"def score_practice(self, answers):\n    value = 'good'\n{SCORE}", "ValueError"),
    "contributions do not add up": (
        (
            "def score_practice(self, answers):\n"
            "    return Score(3.0, (Contribution('accessibility.barriers.known', 5.0, 0.5),))"
        ),
        "add up to 2.5, its score is 3",
    ),
    "neither score nor reason": (
        "def score_practice(self, answers):\n    return Score(None)",
        "neither a score nor a reason",
    ),
    "reason without words": (
        "def score_practice(self, answers):\n    return Score(None, reason=Message('acme.no-such-text'))",
        "acme.no-such-text",
    ),
    "writes to fractions": ("def score_practice(self, answers):\n    answers.fractions[:] = 1", "read-only"),
    "writes to states": ("def score_practice(self, answers):\n    answers.states[0, 0] = 0", "read-only"),
    "writes to weights": ("def score_practice(self, answers):\n    answers.weights *= 2", "read-only"),
    "writes to groups": (
        "def score_practice(self, answers):\n    answers.groups['role'][0] = 3",
        "read-only",
    ),
    "replaces groups": ("def score_practice(self, answers):\n    answers.groups['role'] = None", "TypeError"),
    "interval that is no number": (
        (
            "def score_practice(self, answers):\n"
            "    return Score(3.0, (Contribution('x', 3.0, 1.0),), interval=(float('nan'), 9.0))"
        ),
        "interval",
    ),
    "combine raises": ("def combine(self, practices, metrics):\n    return practices['culture']", "KeyError"),
    "combine scores 7": (
        "def combine(self, practices, metrics):\n    return Score(7.0, (Contribution('x', 7.0, 1.0),))",
        "the score of accessibility is 7",
    ),
    "combine writes": ("def combine(self, practices, metrics):\n    practices['x'] = None", "TypeError"),
    "findings raise": (
        (
            "def findings(self, result):\n    yield Finding('note', Message.plain('a'), 'x')\n"
            "    raise OSError('disk')"
        ),
        "disk",
    ),
    "finding without words": (
        "def findings(self, result):\n    yield Finding('note', Message('acme.no-such-text'), 'x')",
        "acme.no-such-text",
    ),
    "finding whose words lack a value": (
        "def findings(self, result):\n    yield Finding('note', Message('plain'), 'x')",
        "KeyError: 'text'",
    ),
    "findings are words": ("def findings(self, result):\n    return ['well done']", "str"),
    "findings are no list": ("def findings(self, result):\n    return None", "NoneType"),
    "caps raise": ("def caps(self, result):\n    raise SystemExit(1)", "SystemExit"),
    "caps are numbers": ("def caps(self, result):\n    return [3]", "int"),
    "cap by words": (
        (
            "def caps(self, result):\n"
            "    return [Cap(result.id, 'accessibility.barriers', 'one', Message.plain('so'))]"
        ),
        "",
    ),
    "cap without words": (
        "def caps(self, result):\n    return [Cap(result.id, result.id, 1, Message('acme.no-such-text'))]",
        "acme.no-such-text",
    ),
}


@pytest.mark.parametrize("what", MISBEHAVING)
def test_a_plugin_that_misbehaves_while_scoring_loses_its_dimension_and_nobody_else_does(
    *,
    what: str,
    install: Install,
    scorer: Callable[..., str],
    three: Callable[..., Path],
    assessed: Callable[..., Any],
    alone: Callable[..., Any],
    others: Callable[..., str],
) -> None:
    folder = three()
    before = alone()
    body, reason = MISBEHAVING[what]
    install("acme", scorer(body))
    after, code, err = assessed(folder)
    assert code == 1
    listed = next(each for each in after["plugins"] if each["name"] == "acme")
    assert (listed["state"], listed["distribution"], listed["version"]) == ("failed", "acme-cx", "1.2")
    assert listed["reason"].startswith("scoring accessibility: ")
    assert reason in listed["reason"]
    assert "warning: plugin “acme” (acme-cx) failed: scoring accessibility: " in err
    lost = next(each for each in after["dimensions"] if each["id"] == "accessibility")
    assert (lost["score"], lost["level"], lost["plugin"]) == (None, None, "acme")
    assert lost["reason"] == "the plugin “acme” failed"
    assert {practice["score"] for practice in lost["practices"]} == {None}
    assert others(after, "accessibility") == others(before, "accessibility")


def test_a_score_taken_from_the_float32_answers_is_a_score(
    install: Install, scorer: Callable[..., str], three: Callable[..., Path], assessed: Callable[..., Any]
) -> None:
    # fractions are float32, so this is what an author's first plugin returns: known is 5 and 3
    body = """
        def score_practice(self, answers):
            value = 1 + 4 * answers.fractions[:, 0].mean()
            return Score(value, (Contribution(answers.questions[0], value, 1.0),))
    """
    install("acme", scorer(body))
    data, code, _ = assessed(three())
    assert code == 0
    assert data["dimensions"][2]["score"] == 4.0


def test_a_plugin_that_works_scores_its_dimension(
    install: Install,
    scorer: Callable[..., str],
    three: Callable[..., Path],
    assessed: Callable[..., Any],
    others: Callable[..., str],
) -> None:
    folder = three()
    before, _, _ = assessed(folder)
    body = """
        def score_practice(self, answers):
            return Score(1.5, (Contribution(answers.questions[1], 1.5, 1.0),))
        def findings(self, result):
            yield Finding("note", Message.plain("Ramps are missing."), result.id)
    """
    install("acme", scorer(body))
    after, code, err = assessed(folder)
    assert (code, err) == (0, "note: since the last assessment the plugin 'acme' 1.2 has come\n")
    scored = after["dimensions"][2]
    assert (scored["score"], scored["level"], scored["plugin"]) == (1.5, 1, "acme")
    assert "Ramps are missing." in [finding["text"] for finding in scored["findings"]]
    assert others(after, "accessibility") == others(before, "accessibility")


COUNT_METRIC = """
    def aggregate(tables, scope):
        {aggregate}
    def compute(rows, scope):
        {compute}
    @hookimpl
    def cxmaturity_translations():
        from pathlib import Path
        return [Path(__file__).with_name("texts.en.yaml")]
    @hookimpl
    def cxmaturity_metrics():
        return [Metric(id={id!r}, practice={practice!r}, unit="fraction", higher_is_better=True, source="S0",
                       tables={{"customers": (Column("customer", "key"),)}},
                       calculation=Calculation(aggregate, compute))]
"""
CUSTOMERS = "id,joined,left\na,2024-01-01,\nb,2024-01-01,2026-05-01\nc,2024-02-01,\nd,2024-03-01,\n"
EVIDENCE = {
    "as_of": "2026-10-31",
    "evidence": {
        "customers": {
            "source": "evidence/customers.csv",
            "columns": {"customer": "id", "since": "joined", "until": "left"},
        }
    },
    "bands": {
        "churn-rate": {"basis": "the board", "levels": {"2": 0.4, "3": 0.2, "4": 0.1, "5": 0.05}},
    },
}


COUNTED = 'return tables["customers"].aggregate({"n": tables["customers"].count()}, by=list(scope.by))'


def metric_of(
    compute: str,
    name: str = "visits",
    practice: str = "accessibility.barriers",
    aggregate: str = COUNTED,
) -> str:
    return COUNT_METRIC.format(compute=compute, id=name, practice=practice, aggregate=aggregate)


BAD_METRICS = {
    "raises": ("raise ValueError('no idea')", "no idea"),
    "exits": ("raise SystemExit(4)", "SystemExit"),
    "recurses": ("return compute(rows, scope)", "RecursionError"),
    "gives a bare number": ("return 0.5", "float"),
    "gives infinity": ("return Measure(float('inf'))", "is not a number"),
    "gives NaN": ("return Measure(float('nan'))", "is not a number"),
    "gives words": ("return Measure('half')", "TypeError"),
    "gives a part that is NaN": ("return Measure(0.5, 2, None, {'a': float('nan')})", ""),
    "gives an interval that is NaN": ("return Measure(0.5, 2, (float('nan'), 1.0))", ""),
    "gives a reason without words": (
        "return Measure(None, reason=Message('acme.no-such-text'))",
        "acme.no-such-text",
    ),
}


BAD_AGGREGATIONS = {
    "raises": ("raise ValueError('no idea')", "no idea"),
    "exits": ("raise SystemExit(4)", "SystemExit"),
    "gives no table": ("return 7", "int"),
    "gives a column": ("return tables['customers'].customer", "Column"),
    "asks for a column that there is not": ("return tables['customers'].select('email')", "email"),
    "reads a table that it may not": ("return tables['secrets']", "secrets"),
}


@pytest.mark.parametrize("what", BAD_AGGREGATIONS)
def test_an_aggregation_that_misbehaves_is_its_plugins_failure(
    *,
    what: str,
    install: Install,
    scorer: Callable[..., str],
    three: Callable[..., Path],
    assessed: Callable[..., Any],
    alone: Callable[..., Any],
    others: Callable[..., str],
) -> None:
    folder = three(EVIDENCE, {"evidence/customers.csv": CUSTOMERS})
    before = alone(EVIDENCE, {"evidence/customers.csv": CUSTOMERS})
    aggregate, reason = BAD_AGGREGATIONS[what]
    install("acme", scorer("", more=metric_of("return Measure(0.5)", aggregate=aggregate)))
    after, code, _ = assessed(folder)
    assert code == 1
    listed = next(each for each in after["plugins"] if each["name"] == "acme")
    assert listed["reason"].startswith("computing visits: ")
    assert reason in listed["reason"]
    assert others(after, "accessibility") == others(before, "accessibility")


@pytest.mark.parametrize("what", BAD_METRICS)
def test_a_metric_that_misbehaves_is_unmeasured_and_the_others_stay(
    *,
    what: str,
    install: Install,
    scorer: Callable[..., str],
    three: Callable[..., Path],
    assessed: Callable[..., Any],
    alone: Callable[..., Any],
    others: Callable[..., str],
) -> None:
    folder = three(EVIDENCE, {"evidence/customers.csv": CUSTOMERS})
    before = alone(EVIDENCE, {"evidence/customers.csv": CUSTOMERS})
    compute, reason = BAD_METRICS[what]
    install("acme", scorer("", more=metric_of(compute)))
    after, code, err = assessed(folder)
    assert code == 1
    listed = next(each for each in after["plugins"] if each["name"] == "acme")
    assert listed["state"] == "failed"
    assert listed["reason"].startswith("computing visits: ")
    assert reason in listed["reason"]
    assert "plugin “acme” (acme-cx) failed: computing visits: " in err
    unmeasured = next(each for each in after["metrics"] if each["id"] == "visits")
    assert (unmeasured["value"], unmeasured["reason"]) == (None, "the plugin “acme” failed")
    assert others(after, "accessibility") == others(before, "accessibility")


def test_a_metric_without_words_is_its_plugins_failure(
    *,
    install: Install,
    scorer: Callable[..., str],
    three: Callable[..., Path],
    assessed: Callable[..., Any],
    alone: Callable[..., Any],
    others: Callable[..., str],
) -> None:
    folder = three(EVIDENCE, {"evidence/customers.csv": CUSTOMERS})
    before = alone(EVIDENCE, {"evidence/customers.csv": CUSTOMERS})
    install("acme", scorer("", more=metric_of("return Measure(0.5)", "wordless")))
    after, code, err = assessed(folder)
    assert code == 1
    assert "plugin “acme” (acme-cx) failed: " in err
    assert "metric.wordless.title" in err
    assert others(after, "accessibility") == others(before, "accessibility")


def test_a_metric_that_writes_to_its_rows_changes_nobody_elses(
    *,
    install: Install,
    scorer: Callable[..., str],
    three: Callable[..., Path],
    assessed: Callable[..., Any],
    alone: Callable[..., Any],
    others: Callable[..., str],
) -> None:
    # acme comes before retention in the alphabet, and reads the same table
    folder = three(EVIDENCE, {"evidence/customers.csv": CUSTOMERS})
    before = alone(EVIDENCE, {"evidence/customers.csv": CUSTOMERS})
    install(
        "acme", scorer("", more=metric_of("[row.update(until=None) for row in rows]; return Measure(0.5)"))
    )
    after, _, _ = assessed(folder)
    assert others(after, "accessibility") == others(before, "accessibility")


@pytest.mark.parametrize("name", ["visits", "churn-rate"])
def test_a_third_partys_metric_for_a_dimension_it_does_not_score_changes_nothing_there(
    name: str,
    install: Install,
    scorer: Callable[..., str],
    three: Callable[..., Path],
    assessed: Callable[..., Any],
) -> None:
    bands = {
        **EVIDENCE["bands"],
        "visits": {"basis": "acme", "levels": {"2": 0.1, "3": 0.2, "4": 0.3, "5": 0.4}},
    }  # type: ignore[dict-item]
    settings = {**EVIDENCE, "bands": bands}
    folder = three(settings, {"evidence/customers.csv": CUSTOMERS})
    before, _, _ = assessed(folder, "--no-third-party")
    install(
        "zeta",
        scorer("", more=metric_of("return Measure(0.01)", name, "retention", "retention.loyalty-and-value")),
    )
    after, _, _ = assessed(folder)
    assert after["dimensions"][1] == before["dimensions"][1]


def test_a_plugin_that_writes_to_the_result_it_is_shown_changes_nothing(
    *,
    install: Install,
    scorer: Callable[..., str],
    three: Callable[..., Path],
    assessed: Callable[..., Any],
    alone: Callable[..., Any],
    others: Callable[..., str],
) -> None:
    folder = three()
    before = alone()
    install("acme", scorer("def findings(self, result):\n    result.practices.clear()\n    return ()"))
    after, code, _ = assessed(folder)
    assert others(after, "accessibility") == others(before, "accessibility")
    assert after["dimensions"][2]["practices"], "a plugin took its practices out of the result"
    assert code in {0, 1}


def test_a_plugin_that_fails_only_when_planning_asks_it_again_does_not_take_the_run_down(
    install: Install, scorer: Callable[..., str], three: Callable[..., Path], assessed: Callable[..., Any]
) -> None:
    # planning calls combine with hypothetical scores; this one falls over above 3.25
    body = """
        def combine(self, practices, metrics):
            value = practices["accessibility.barriers"].value
            if value > 3.25:
                raise ValueError("never seen that high")
            return Score(value, (Contribution("accessibility.barriers", value, 1.0),))
    """
    catalogue = """
        from cxmaturity.api import resource
        @hookimpl
        def cxmaturity_catalogues():
            from pathlib import Path
            return [Path(__file__).with_name("recommendations.yaml")]
    """
    point = install("acme", scorer(body, more=catalogue))
    folder = three()
    site = Path(__import__(point.value).__file__ or "").parent
    (site / "recommendations.yaml").write_text(
        """\
format: 1
recommendations:
  - {id: accessibility.ramps, title: Build ramps, aim: In., why: Stairs., steps: [Build.],
     source: {ref: S0, idea: Ramps},
     lifts: {accessibility.barriers: 4}, effort: {fixed: 1}, weeks: 3, owner: Caretaker,
     kpi: {name: Ramps, target: "3"}, risk: {kind: delivery, rating: low, text: Rain.}}
""",
        encoding="utf-8",
    )
    data, code, err = assessed(folder)
    assert code == 1
    assert "acme" in err
    assert data["overall"]["score"] is not None


def test_the_users_own_interruption_passes_through_a_plugin(
    install: Install, scorer: Callable[..., str], three: Callable[..., Path], cli: Callable[..., Any]
) -> None:
    install("acme", scorer("def score_practice(self, answers):\n    raise KeyboardInterrupt"))
    done = cli("assess", three())
    assert (done.code, done.out) == (130, "")


@pytest.mark.parametrize("option", [(), ("--traceback",)])
def test_traceback_shows_where_the_plugin_failed(
    option: tuple[str, ...],
    install: Install,
    scorer: Callable[..., str],
    three: Callable[..., Path],
    assessed: Callable[..., Any],
) -> None:
    install("acme", scorer("def score_practice(self, answers):\n    raise ValueError('no idea')"))
    _, _, err = assessed(three(), *option)
    assert ("Traceback (most recent call last)" in err) == bool(option)
    assert ("made_up_acme.py" in err) == bool(option)


def test_no_third_party_leaves_strangers_unimported(
    install: Install, three: Callable[..., Path], assessed: Callable[..., Any]
) -> None:
    install("acme", "raise SystemExit(3)\n")
    data, code, err = assessed(three(), "--no-third-party")
    assert (code, err) == (0, "")
    assert {plugin["distribution"] for plugin in data["plugins"]} == {"cxmaturity"}


def test_strict_refuses_a_run_in_which_a_plugin_failed(
    install: Install, three: Callable[..., Path], cli: Callable[..., Any]
) -> None:
    install("acme", "import no_such_module_anywhere\n")
    done = cli("assess", "--json", "--strict", three())
    assert (done.code, done.out) == (2, "")
    assert "acme" in done.err
