"""What a plugin cannot do to others, or to the output, however it tries."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Install = Callable[..., Any]

TWO = """
from cxmaturity.api import Contribution, Score, Scorer, hookimpl
CXMATURITY_API = 1

class First(Scorer):
    dimension = "accessibility"

class Second(Scorer):
    dimension = "zeal"
    def combine(self, practices, metrics):
        raise ValueError("not today")

@hookimpl
def cxmaturity_scorers():
    return [First(), Second()]
"""

ZEAL = """\
  - id: zeal
    title: Zeal
    description: People care.
    practices:
      - id: care
        title: Care
        description: They do.
        questions:
          - {id: shown, type: choice, topic: Shown, text: Is it shown?, answers: five,
             roles: [leadership], evidence: A list., source: {ref: S0, idea: Zeal}}
"""


def test_what_a_plugin_prints_is_no_part_of_our_data(
    install: Install, scorer: Callable[..., str], three: Callable[..., Path], cli: Callable[..., Any]
) -> None:
    body = """
        def combine(self, practices, metrics):
            print('debug {')
            return super().combine(practices, metrics)
    """
    install("acme", scorer(body))
    result = cli("assess", three(), "--json")
    assert result.code == 0
    assert json.loads(result.out)["format"] == 1
    assert "debug {" in result.err


def test_a_plugin_cannot_take_the_words_of_another(
    install: Install, scorer: Callable[..., str], three: Callable[..., Path], assessed: Callable[..., Any]
) -> None:
    before, _, _ = assessed(three())
    more = """
from pathlib import Path
@hookimpl
def cxmaturity_translations():
    return [Path(__file__).with_name("words") / "texts.en.yaml"]
"""
    point = install("acme", scorer("", more=more))
    words = Path(__import__(point.value).__file__ or "").parent / "words"
    words.mkdir()
    (words / "texts.en.yaml").write_text("culture: {cap: {overall: Buy Acme}}\n", encoding="utf-8")
    after, code, err = assessed(three())
    assert code == 1
    assert "acme-cx" in err
    assert "the text 'culture.cap.overall' belongs to another plugin" in err
    assert after["overall"]["caps"] == before["overall"]["caps"]


def test_a_plugin_that_fails_for_one_dimension_is_used_for_none(
    install: Install, three: Callable[..., Path], assessed: Callable[..., Any]
) -> None:
    install("acme", TWO)
    folder = three()
    path = folder / "questionnaire.yaml"
    path.write_text(path.read_text(encoding="utf-8") + ZEAL, encoding="utf-8")
    data, code, _ = assessed(folder)
    scores = {dimension["id"]: dimension["score"] for dimension in data["dimensions"]}
    assert code == 1
    assert scores["accessibility"] is None
    assert scores["zeal"] is None
    assert scores["culture"] is not None


def test_a_metric_of_no_practice_is_refused(
    install: Install, scorer: Callable[..., str], three: Callable[..., Path], assessed: Callable[..., Any]
) -> None:
    more = """
@hookimpl
def cxmaturity_metrics():
    return [Metric(id="visits", practice="accessibility", unit="fraction", higher_is_better=True, source="x",
                   tables={"visits": ()}, calculation=Calculation(lambda t, s: t, lambda r, s: Measure(0.5)))]
"""
    install("acme", scorer("", more=more))
    _, code, err = assessed(three())
    assert code == 1
    assert "the metric 'visits' measures 'accessibility', which is no practice" in err
