"""A scorer with one defect fails the one check that looks for it, and no other."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import indent

import pytest

from cxmaturity.conformance import Verdict

Check = Callable[..., tuple[Verdict, ...]]
Failing = Callable[..., dict[str, str]]

REVERSED = """\
def score_practice(self, answers):
    score = super().score_practice(answers)
    if score.value is None:
        return score
    parts = tuple(Contribution(part.id, 6 - part.value, part.share) for part in score.contributions)
    return Score(6 - score.value, parts)
"""

STRONGEST_COSTS = """\
def combine(self, practices, metrics):
    values = {name: score.value for name, score in practices.items() if score.value is not None}
    if not values:
        return Score(None, reason=Message("reason.nothing-scored"))
    low, high = min(values, key=values.get), max(values, key=values.get)
    value = max(1.0, values[low] - 0.2 * (values[high] - values[low]))
    return Score(value, (Contribution(low, value, 1.0),))
"""

SPREAD_COSTS = """\
def score_practice(self, answers):
    import numpy as np
    columns = [(q, c[~np.isnan(c)].astype(float)) for q, c in zip(answers.questions, answers.fractions.T)]
    values = {q: 1 + 4 * max(0.0, c.mean() - 0.3 * c.std()) for q, c in columns if len(c)}
    if not values:
        return Score(None, reason=Message("reason.no-scored-answers"))
    parts = tuple(Contribution(question, value, 1 / len(values)) for question, value in values.items())
    return Score(sum(part.points for part in parts), parts)
"""

DOUBLED = """\
def score_practice(self, answers):
    score = super().score_practice(answers)
    if score.value is None:
        return score
    parts = tuple(Contribution(part.id, 2 * part.value, part.share) for part in score.contributions)
    return Score(2 * score.value, parts)
"""

COMBINED_FROM_ZERO = """\
def combine(self, practices, metrics):
    score = super().combine(practices, metrics)
    if score.value is None:
        return score
    parts = tuple(Contribution(part.id, part.value - 1, part.share) for part in score.contributions)
    return Score(score.value - 1, parts)
"""

WRONG_INTERVAL = """\
def combine(self, practices, metrics):
    from dataclasses import replace
    return replace(super().combine(practices, metrics), interval=(1.0, 1.5))
"""

SILENCE_IS_WORST = """\
def score_practice(self, answers):
    import numpy as np
    if not len(answers.fractions):
        return Score(None, reason=Message("reason.no-scored-answers"))
    means = 1 + 4 * np.nan_to_num(answers.fractions).mean(axis=0, dtype=np.float64)
    share = 1 / len(means)
    parts = tuple(Contribution(q, float(m), share) for q, m in zip(answers.questions, means))
    return Score(sum(part.points for part in parts), parts)
"""

DONT_KNOW_IS_HALF = """\
def score_practice(self, answers):
    import numpy as np
    from dataclasses import replace
    half = np.where(answers.states == State.DONT_KNOW, np.float32(0.5), answers.fractions)
    return super().score_practice(replace(answers, fractions=half))
"""

NOBODY_IS_WORST = """\
def score_practice(self, answers):
    score = super().score_practice(answers)
    return Score(1.0, (Contribution(answers.questions[0], 1.0, 1.0),)) if score.value is None else score
"""

WITHOUT_CONTRIBUTIONS = """\
def combine(self, practices, metrics):
    score = super().combine(practices, metrics)
    return Score(score.value, reason=score.reason)
"""

WITHOUT_REASON = """\
def score_practice(self, answers):
    score = super().score_practice(answers)
    return Score(score.value, score.contributions)
"""

GAPS_CONTRIBUTE = """\
def combine(self, practices, metrics):
    if all(score.value is None for score in practices.values()):
        return Score(None, reason=Message("reason.nothing-scored"))
    share = 1 / len(practices)
    parts = tuple(Contribution(name, score.value or 1.0, share) for name, score in practices.items())
    return Score(sum(part.points for part in parts), parts)
"""

SEVERAL_NEEDED = """\
def findings(self, result):
    yield Finding("note", Message.plain(f"{1 / (result.n - 1):.1f}"), result.id)
"""

ALL_PRACTICES_NEEDED = """\
def combine(self, practices, metrics):
    lowest = min(score.value for score in practices.values()) if any(
        score.value is not None for score in practices.values()) else None
    return super().combine(practices, metrics)
"""

FEW_NEEDED = """\
def score_practice(self, answers):
    if len(answers.fractions) > 1000:
        raise MemoryError
    return super().score_practice(answers)
"""

ALL_QUESTIONS_NEEDED = """\
def score_practice(self, answers):
    import numpy as np
    if len(answers.fractions) and np.isnan(answers.fractions).all(axis=0).any():
        raise ValueError("nothing to average")
    return super().score_practice(answers)
"""

NOT_A_NUMBER = """\
def score_practice(self, answers):
    import numpy as np
    if not (answers.states == State.ANSWERED).any():
        return super().score_practice(answers)
    missing = (~np.isnan(answers.fractions)).sum(axis=0) == 0
    return Score(float("nan")) if missing.any() else super().score_practice(answers)
"""

ALWAYS_RAISES = """\
def score_practice(self, answers):
    raise SystemExit("enough")
"""

WEAKEST_DECIDES = """\
def combine(self, practices, metrics):
    scored = {name: score.value for name, score in practices.items() if score.value is not None}
    if not scored:
        return Score(None, reason=Message("reason.nothing-scored"))
    name = min(scored, key=lambda practice: (scored[practice], practice))
    return Score(scored[name], (Contribution(name, scored[name], 1.0),))
"""

NO_MESSAGE = """\
def findings(self, result):
    yield Finding("note", "There is something.", result.id)
"""

COUNTS_ITS_CALLS = """\
calls = 0

def findings(self, result):
    self.calls += 1
    yield Finding("note", Message.plain(f"asked {self.calls} times"), result.id)
"""

REMEMBERS_THE_BEST = """\
best = 0

def caps(self, result):
    self.best = max(self.best, result.score or 0)
    yield Cap(result.id, "accessibility.access", int(self.best), Message.plain("It was better."))
"""

WITHOUT_TEXT = """\
def findings(self, result):
    if result.score is not None and result.score > 4.5:
        yield Finding("strength", Message("made-up.splendid"), result.id)
"""

WITHOUT_FIELD = """\
def caps(self, result):
    yield Cap(result.id, "accessibility.access", 1, Message("made-up.cap"))
"""

SCORE_THAT_THERE_IS_NOT = """\
def findings(self, result):
    for question in result.questions.values():
        values = {"topic": question.topic, "score": question.score, "n": question.n}
        yield Finding("strength", Message("finding.strength.value", values), question.id)
"""

REASON_WITHOUT_TEXT = """\
def combine(self, practices, metrics):
    score = super().combine(practices, metrics)
    return Score(None, reason=Message("made-up.nothing")) if score.value is None else score
"""

LOOKS_AT_DATA = """\
def combine(self, practices, metrics):
    if metrics["reach"].band != 5:
        return super().combine(practices, metrics)
    return Score(4.3125, (Contribution("accessibility.access", 4.3125, 1.0),))

def findings(self, result):
    if result.score == 4.3125:
        yield Finding("strength", Message("made-up.splendid"), result.id)
"""


DEFECTS = {
    "a counter in a finding": ("deterministic", COUNTS_ITS_CALLS, "asked again, change the findings"),
    "what was best so far": ("deterministic", REMEMBERS_THE_BEST, "asked again, change the caps"),
    "better answers score less": ("monotone", REVERSED, "a better answer to accessibility.access."),
    "better practices score less": ("monotone", STRONGEST_COSTS, "a better accessibility."),
    "disagreement costs": ("monotone", SPREAD_COSTS, "a better answer to accessibility."),
    "practices of up to ten": ("bounded", DOUBLED, "the score of accessibility.access is"),
    "a dimension from zero": ("bounded", COMBINED_FROM_ZERO, "accessibility is 0, outside 1 to 5"),
    "no number": ("bounded", NOT_A_NUMBER, "the score of accessibility.access is nan"),
    "an interval beside the score": ("bounded", WRONG_INTERVAL, "the interval of accessibility is 1 to 1.5"),
    "no answer is the worst": ("not-scored", SILENCE_IS_WORST, "with 3 more raters, all of whose"),
    "not knowing is half right": ("not-scored", DONT_KNOW_IS_HALF, "not scored become 'dont know'"),
    "nobody is the worst": ("not-scored", NOBODY_IS_WORST, "gets 1 where nobody answered anything"),
    "no contributions": ("explained", WITHOUT_CONTRIBUTIONS, "accessibility add up to 0, its score is"),
    "no reason": ("explained", WITHOUT_REASON, "access has neither a score nor a reason"),
    "a part without a score": ("explained", GAPS_CONTRIBUTE, "is no part of it that has a score"),
    "dividing by one rater less": ("respondents", SEVERAL_NEEDED, "findings of accessibility: ZeroDivision"),
    "failing on a gap": ("respondents", ALL_PRACTICES_NEEDED, "combine of accessibility: TypeError"),
    "failing on a crowd": ("respondents", FEW_NEEDED, "score_practice of accessibility.access: MemoryError"),
    "failing on a question": ("respondents", ALL_QUESTIONS_NEEDED, "ValueError: nothing to average"),
    "a finding without a text": ("texts", WITHOUT_TEXT, "a finding gives the message 'made-up.splendid'"),
    "a cap without a value": ("texts", WITHOUT_FIELD, "the text 'made-up.cap', which a cap gives"),
    "a score that there is not": ("texts", SCORE_THAT_THERE_IS_NOT, "a finding gives, cannot be written"),
    "a reason without a text": ("texts", REASON_WITHOUT_TEXT, "a reason gives the message 'made-up.nothing'"),
    "a finding that is no message": ("texts", NO_MESSAGE, "a finding gives a str, not a Message"),
}


@pytest.mark.parametrize(("name", "body", "words"), DEFECTS.values(), ids=DEFECTS)
def test_a_defect_fails_its_check_alone(name: str, body: str, words: str, failing: Failing) -> None:
    found = failing(body)
    assert list(found) == [name], found
    assert words in found[name]


def test_a_scorer_of_a_dimension_that_nobody_asks_about_is_tried_on_a_made_up_one(failing: Failing) -> None:
    class_ = "class Weather(Scorer):\n    dimension = 'weather'\n"
    hook = "@hookimpl\ndef cxmaturity_scorers():\n    return [Weather()]\n"
    assert failing(source=class_ + hook) == {}
    found = failing(source=class_ + indent(REVERSED, "    ") + hook)
    assert "a better answer to weather.one.a takes weather.one from" in found["monotone"]


def test_what_is_said_only_where_data_changes_the_score_needs_words_too(
    failing: Failing, good_source: str
) -> None:
    found = failing(
        source=good_source.replace("class Page(", f"{indent(LOOKS_AT_DATA, '    ')}\nclass Page(")
    )
    assert found == {"texts": "a finding gives the message 'made-up.splendid', which has no text"}


def test_only_some_of_many_faults_are_named(failing: Failing) -> None:
    (detail,) = failing(REVERSED).values()
    assert len(detail.splitlines()) == 6
    assert detail.splitlines()[-1] == "and more of the kind"


def test_a_scorer_that_always_raises_fails_what_asks_it_with_what_it_raised(checked: Check) -> None:
    verdicts = {each.check.name: each for each in checked(ALWAYS_RAISES)}
    assert verdicts["bounded"].outcome == "failed"
    assert verdicts["bounded"].detail == "score_practice of accessibility.access: SystemExit: enough"
    assert isinstance(verdicts["bounded"].error, SystemExit)
    assert verdicts["light"].passed


@pytest.mark.parametrize(
    ("gives", "words"),
    [
        ("return 3.0", "score_practice of accessibility.access: it gave a float, not a Score"),
        ("return Score('3')", "it gave a Score whose value is a str, not a number"),
        ("return Score(3.0, (7,))", "the contributions to accessibility.access: AttributeError"),
    ],
)
def test_a_scorer_that_gives_no_score_is_told_what_it_gave(gives: str, words: str, failing: Failing) -> None:
    assert words in failing(f"def score_practice(self, answers):\n    {gives}\n")["explained"]


def test_a_scorer_of_the_documentation_that_ignores_most_practices_passes(failing: Failing) -> None:
    assert failing(WEAKEST_DECIDES) == {}
