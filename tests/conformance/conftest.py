"""Plugins written for one test, each a package in a folder of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from importlib import invalidate_caches
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from textwrap import dedent, indent
from typing import Any

import pytest

from cxmaturity.conformance import Verdict, check_plugin
from cxmaturity.plugins import FIRST_PARTY, GROUP, load_plugins

NAME = "made-up"

PROLOGUE = """\
from cxmaturity.api import Calculation, Cap, Column, Contribution, Finding, Measure, Message, Metric
from cxmaturity.api import Score, Scorer, Section, SectionContent, State, counted, hookimpl, resource

CXMATURITY_API = 1
"""

SCORING = """
class Made(Scorer):
    dimension = "accessibility"

{body}

class Page(Section):
    id = "page"
    name = Message("made-up.page.name")
    dimension = "accessibility"

    @property
    def template(self):
        return resource(__name__, "page.html.j2")

    def content(self, data, dimension):
        title = Message("made-up.page.title", {{"dimension": dimension.title}})
        return SectionContent(title, {{"n": dimension.n}})

@hookimpl
def cxmaturity_scorers():
    return [Made()]

@hookimpl
def cxmaturity_questionnaires():
    return [resource(__name__, "accessibility")]

@hookimpl
def cxmaturity_translations():
    return [resource(__name__, "texts.en.yaml"), resource(__name__, "texts.ro.yaml")]

@hookimpl
def cxmaturity_catalogues():
    return [resource(__name__, "recommendations.yaml")]

@hookimpl
def cxmaturity_sections():
    return [Page()]
"""

MEASURING = """
def aggregate(tables, scope):
    return tables["reach"].aggregate({"asked": tables["reach"].count()}, by=list(scope.by))

def compute(rows, scope):
    asked = counted(rows, "asked")
    if not asked:
        return Measure(None, reason=Message("made-up.nobody"))
    return Measure(asked / 1000, n=asked, parts={"asked": asked})

@hookimpl
def cxmaturity_metrics():
    columns = Column("day", "date"), Column("n", "number", minimum=1, required=False)
    return [Metric(id="reach", practice="accessibility.access", unit="fraction", higher_is_better=True,
                   source="S1", tables={"reach": columns}, calculation=Calculation(aggregate, compute))]
"""

GOOD = """\
def caps(self, result):
    yield Cap(result.id, "accessibility.access", 1, Message("made-up.cap", {"dimension": result.title}))

def findings(self, result):
    for question in result.questions.values():
        if question.n:
            values = {"topic": question.topic, "n": question.n}
            yield Finding("note", Message("made-up.finding", values), question.id)
"""

FILES = {
    "texts.en.yaml": """\
        made-up:
          cap: "{dimension:start} follows access."
          finding: {one: "{topic}: one person.", other: "{topic}: {n} people."}
          nobody: nobody came
          page: {name: Access, title: "{dimension}: who gets in", n: "{n} people"}
        metric:
          reach: {title: Reach, name: reach, definition: How many came., asked: Asked}
        """,
    "texts.ro.yaml": """\
        made-up:
          cap: "{dimension} urmează accesul."
          finding:
            one: "{topic}: o persoană."
            few: "{topic}: {n} persoane."
            other: "{topic}: {n} de persoane."
          nobody: nu a venit nimeni
          page: {name: Acces, title: "{dimension}: cine intră", n: "{n} persoane"}
        metric:
          reach: {title: Acoperire, name: acoperire, definition: Câți au venit., asked: Întrebați}
        """,
    "page.html.j2": "<p>{{ t('made-up.page.n', n=values.n) }}</p>",
    "recommendations.yaml": """\
        format: 1
        recommendations:
          - id: accessibility.doors
            title: Open the doors
            aim: They are open.
            why: They are closed.
            source: {ref: S1, idea: Doors}
            steps: [Open them.]
            lifts: {accessibility.access: 4}
            effort: {fixed: 3}
            weeks: 2
            owner: Caretaker
            prerequisites: [accessibility.keys]
            kpi: {name: Doors open, target: All, metric: reach}
            risk: {kind: delivery, rating: low, text: They close again.}
          - id: accessibility.keys
            title: Find the keys
            aim: They are found.
            why: They are lost.
            source: {ref: S1, idea: Keys}
            steps: [Look.]
            lifts: {accessibility.access: 2}
            effort: {fixed: 1}
            weeks: 1
            owner: Caretaker
            kpi: {name: Keys found, target: All}
            risk: {kind: delivery, rating: low, text: They are lost again.}
        """,
    "accessibility/questionnaire.yaml": """\
        format: 1
        id: accessibility
        version: "1"
        language: en
        title: Accessibility
        description: Who gets in.
        minutes: 2
        roles: {leadership: Leadership}
        sources: {S1: The source}
        answer_sets:
          three:
            - {id: never, text: Never}
            - {id: often, text: Often}
            - {id: always, text: Always}
        dimensions:
          - id: accessibility
            title: Accessibility
            description: Who gets in.
            practices:
              - id: access
                title: Access
                description: Everybody gets in.
                questions:
                  - {id: doors, type: choice, topic: Doors, text: Are they open?, answers: three,
                     roles: [leadership], evidence: Doors., source: {ref: S1, idea: Doors}}
                  - {id: ways, type: multiple, topic: Ways, text: Which are there?, roles: [leadership],
                     evidence: Ways., source: {ref: S1, idea: Ways},
                     options: [{id: ramp, text: A ramp, worth: 2}, {id: lift, text: A lift, worth: 1},
                               {id: none, text: None of these, worth: 0, exclusive: true}]}
                  - {id: words, type: text, topic: Words, text: What else?, roles: [leadership],
                     evidence: Words., source: {ref: S1, idea: Words}}
              - id: help
                title: Help
                description: Everybody is helped.
                weight: 2
                questions:
                  - {id: steps, type: scale, topic: Steps, text: How many?,
                     minimum: 0, maximum: 10, reversed: true, labels: {low: none, high: many},
                     roles: [leadership], evidence: Steps.,
                     source: {ref: S1, idea: Steps}}
                  - {id: staff, type: yes-no, topic: Staff, text: Is there any?, roles: [leadership],
                     evidence: Staff., source: {ref: S1, idea: Staff}}
                  - {id: share, type: number, topic: Share, text: How much?, unit: percent, maximum: 100,
                     roles: [leadership], evidence: Records., source: {ref: S1, idea: Share},
                     bands: [{from: 0, score: 0}, {from: 50, score: 1}]}
        """,
    "accessibility/texts.ro.yaml": """\
        title: Accesibilitate
        description: Cine intră.
        roles: {leadership: Conducere}
        answers: {"no": Nu, "yes": Da}
        answer_sets: {three: {never: Niciodată, often: Des, always: Mereu}}
        accessibility:
          title: Accesibilitate
          description: Cine intră.
          access:
            title: Acces
            description: Toți intră.
            doors: {topic: Uși, text: Sunt deschise?, evidence: Uși.}
            ways:
              topic: Căi
              text: Care există?
              evidence: Căi.
              options: {ramp: O rampă, lift: Un lift, none: Niciuna}
            words: {topic: Cuvinte, text: Ce altceva?, evidence: Cuvinte.}
          help:
            title: Ajutor
            description: Toți sunt ajutați.
            steps: {topic: Trepte, text: Câte?, evidence: Trepte., labels: {low: niciuna, high: multe}}
            staff: {topic: Personal, text: Există?, evidence: Personal.}
            share: {topic: Parte, text: Cât?, evidence: Registre., unit: procente}
        """,
}
"""What lies beside the module of a plugin that brings everything and does all of it right."""

EVERYTHING = SCORING.format(body=indent(GOOD, "    ")) + MEASURING
"""The module of that plugin."""

Check = Callable[..., tuple[Verdict, ...]]


@pytest.fixture
def checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Check]:
    """``checked(files=…)`` checks the plugin that brings everything, with these files.

    ``checked(body)`` checks it with these methods of its scorer, and without its metric, which takes long
    and is not asked about scores. ``source`` replaces the whole module, ``before`` stands above it.
    """
    site = tmp_path / "site"
    package = site / "made_up_plugin"
    monkeypatch.syspath_prepend(str(site))

    def check(
        body: str = "",
        *,
        files: Mapping[str, str] | None = None,
        source: str = "",
        before: str = "",
    ) -> tuple[Verdict, ...]:
        module, beside = source or EVERYTHING, FILES
        if body:
            catalogue = FILES["recommendations.yaml"].replace(", metric: reach", "")
            module = SCORING.format(body=indent(dedent(body), "    "))
            beside = {**FILES, "recommendations.yaml": catalogue}
        content = {**beside, **(files or {}), "__init__.py": f"{before}\n{PROLOGUE}\n{dedent(module)}"}
        for name, text in content.items():
            path = package / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(text), encoding="utf-8")
        sys.modules.pop("made_up_plugin", None)
        invalidate_caches()
        ours = [each for each in entry_points(group=GROUP) if each.dist and each.dist.name == FIRST_PARTY]
        return check_plugin(NAME, load_plugins(found=[*ours, EntryPoint(NAME, "made_up_plugin", GROUP)]))

    yield check
    sys.modules.pop("made_up_plugin", None)


@pytest.fixture
def failing(checked: Check) -> Callable[..., dict[str, str]]:
    """``failing(…)`` takes what ``checked`` takes, and gives the failed checks with what was found."""

    def check(*arguments: Any, **more: Any) -> dict[str, str]:
        verdicts = checked(*arguments, **more)
        return {verdict.check.name: verdict.detail for verdict in verdicts if verdict.outcome == "failed"}

    return check


@pytest.fixture
def changed() -> Callable[[str, str, str], dict[str, str]]:
    """``changed(file, old, new)`` is a file of a plugin that does everything right, and then does not."""

    def change(file: str, old: str, new: str) -> dict[str, str]:
        assert FILES[file].count(old) == 1, f"{old!r} stands {FILES[file].count(old)} times"
        return {file: FILES[file].replace(old, new)}

    return change


@pytest.fixture
def good_source() -> str:
    """The module of a plugin that does everything right."""
    return EVERYTHING
