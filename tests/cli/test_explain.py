"""``cxmaturity explain``: figures that add up, in 80 columns, and the same as data."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cxmaturity.api import Reliability, Standing
from cxmaturity.cli.basis import facts_of
from cxmaturity.cli.explanation import HALF_BAR, tornado_bar
from cxmaturity.explaining import Explanation
from cxmaturity.report.words import Wording
from cxmaturity.scoring.tornado import Swing
from cxmaturity.texts import load_texts

Cli = Callable[..., Any]
Write = Callable[..., Path]

SAME = "culture.meaning.same"
LOYALTY = "retention.loyalty-and-value"
SCHEME, EFFORT = f"{LOYALTY}.scheme", f"{LOYALTY}.effort"
KNOWN, WAYS = "retention.churn-insight.known", "retention.churn-insight.ways"
ONE = {SAME: 1, SCHEME: 5, EFFORT: 3, KNOWN: True, WAYS: ["calls"]}


def lines(out: str) -> list[str]:
    return [line.strip() for line in out.splitlines() if line.strip()]


def rows(out: str, *titles: str) -> list[list[str]]:
    """The cells of a table's rows that begin so."""
    found = [re.split(r"\s{2,}", line) for line in lines(out) if line.startswith(titles)]
    return [cells for cells in found if len(cells) > 2]


@pytest.fixture
def folder(workspace: Write) -> Path:
    return workspace([{"id": "r1", "role": "leadership", "answers": ONE}])


def test_the_table_adds_up_to_the_score(folder: Path, cli: Cli) -> None:
    done = cli("explain", folder)
    assert (done.code, done.err) == (0, "")
    # culture 1.0; retention: loyalty (5 + 3) ÷ 2 = 4.0, churn insight (5 + 4) ÷ 2 = 4.5, so 4.25
    culture, retention = rows(done.out, "Culture")[0], rows(done.out, "Retention")[0]
    assert culture == ["Culture", "1.00", "50.0%", "0.50", "level 1, Incidental"]
    assert retention[:4] == ["Retention", "4.25", "50.0%", "2.12"]
    assert rows(done.out, "Sum") == [["Sum", "100%", "2.62"]]
    assert "Score 2.62 of 5 · level 2, Emerging" in done.out


def test_caps_are_put_into_words_with_what_they_cost(folder: Path, cli: Cli) -> None:
    out = " ".join(lines(cli("explain", folder).out))
    # 2.625 is level 3, and culture at level 1 leaves the whole level 2
    assert "A cap costs 1 level: by the score it would be level 3, Defined." in out
    assert "the whole may stand at most one level above culture" in out
    assert "0.78 more, and the score reaches level 4, Managed, which begins at 3.40." in out
    assert "Culture: raised from 1.00 to 2.00, it adds 0.50." in out


def test_the_tornado_has_figures_beside_its_bars(folder: Path, cli: Cli) -> None:
    # culture: (1 × 0.8 + 4.25) ÷ 1.8 = 2.81, (1 × 1.2 + 4.25) ÷ 2.2 = 2.48
    found = rows(cli("explain", folder).out, "Culture")[1]
    assert found[:4] == ["Culture", "2.81", "2.48", "0.33"]
    assert set("".join(found[4:])) == {"█", "│"}


@pytest.mark.parametrize(
    ("lower", "higher", "left", "right"),
    [(2.0, 4.0, 10, 10), (4.0, 2.5, 5, 10), (3.0, 3.0, 0, 0), (3.5, 3.5, 0, 5)],
)
def test_a_bar_goes_where_the_score_does(lower: float, higher: float, left: int, right: int) -> None:
    bar = tornado_bar(Swing("a", lower, higher), 3.0, 1.0)
    assert (bar.index("│"), bar.count("█")) == (HALF_BAR, left + right)
    assert bar.partition("│")[2] == "█" * right


def test_where_nothing_moves_there_is_no_bar() -> None:
    assert tornado_bar(Swing("a", 3.0, 3.0), 3.0, 0.0).strip() == "│"


@pytest.mark.parametrize("name", ["overall", "culture", "culture.shared-understanding", "meaning"])
def test_eighty_columns_suffice_and_no_colour_is_needed(
    name: str, cli: Cli, assessed_demo: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cxmaturity.cli.explain.load_and_assess", lambda *_: assessed_demo)
    done = cli("explain", tmp_path, name)
    assert done.code == 0
    assert max(len(line.rstrip()) for line in done.out.splitlines()) <= 80
    assert "\x1b" not in done.out


def test_a_question_shows_its_answers_and_the_next_step(workspace: Write, cli: Cli) -> None:
    people = [{"id": f"r{n}", "answers": {SAME: answer}} for n, answer in enumerate((1, 1, 1, 3))]
    out = cli("explain", workspace(people), "same").out
    assert rows(out, "Nobody does it.")[0][:3] == ["Nobody does it.", "3", "75%"]
    assert rows(out, "Half of the teams")[0][:3] == ["Half of the teams do it.", "1", "25%"]
    # (1 + 1 + 1 + 3) ÷ 4
    assert "The next answer above 1.50 is “One team does it”, worth 2.00." in " ".join(lines(out))
    assert "4 answered" in out


def test_a_multiple_choice_shows_what_was_ticked_least(folder: Path, cli: Cli) -> None:
    assert "Ticked least often, by 0 of 1, is “By letters”." in cli("explain", folder, "ways").out
    assert "Nothing that is known raises it." in cli("explain", folder, "known").out


def test_what_is_hidden_says_so_and_shows_nothing(workspace: Write, cli: Cli) -> None:
    people = [{"id": f"r{n}", "answers": {SAME: 2}} for n in range(4)]
    folder = workspace(people, {"confidential": True})
    done = cli("explain", folder, "culture.meaning")
    assert "Not assessed: not shown, as it could tell what fewer than 5 people" in done.out
    assert "Same meaning: not shown, as it could tell what fewer than 5 people" in done.out
    question = cli("explain", folder, "same").out
    assert "Not assessed: not shown, as it could tell what fewer than 5 people" in question
    assert ["People who answered", "not shown"] in [re.split(r"\s{2,}", line) for line in lines(question)]
    assert "One team does it" not in question
    data = json.loads(cli("explain", folder, "same", "--json").out)
    assert (data["result"]["score"], data["result"]["n"]) == (None, None)


def test_an_agreed_value_is_shown_with_the_mean_beside_it(workspace: Write, cli: Cli) -> None:
    agreed = {"score": 2, "by": "the workshop", "at": "2026-10-01", "why": "Seen together."}
    folder = workspace([{"id": "r1", "answers": ONE}], {"consensus": {LOYALTY: agreed}})
    out = cli("explain", folder, "loyalty-and-value").out
    assert "2.00, agreed by the workshop on 1 October 2026: Seen together." in " ".join(lines(out))
    assert ["Mean of the answers", "4.00"] in [re.split(r"\s{2,}", line) for line in lines(out)]
    assert rows(out, "Agreed value") == [["Agreed value", "2.00", "100.0%", "2.00"]]


def test_every_kind_of_reliability_has_its_words() -> None:
    reliability = Reliability(
        average_deviation=0.5,
        krippendorff=0.61,
        icc_1=0.12,
        icc_2=0.73,
        grouped_by="department",
        cronbach=0.84,
        omega=0.86,
    )
    standing = Standing(id="culture", title="Culture", score=3.0, reliability=reliability, evidenced=2.0)
    explanation = Explanation(kind="dimension", id="culture", title="Culture", subject=standing)
    facts = dict(facts_of(explanation, Wording(load_texts("en"), (), {})))
    assert facts["Average deviation"] == "0.50 points"
    assert facts["Krippendorff’s alpha"] == "0.61, too little to rely on"
    assert facts["Alike within groups"] == (
        "ICC(1) 0.12, groups differ; ICC(2) 0.73, group means are reliable enough to compare; by department"
    )
    assert (facts["Cronbach’s alpha"], facts["McDonald’s omega"]) == ("0.84, good", "0.86, good")
    assert facts["Evidence shows"] == "2.00"
    assert facts["Scored by"] == "the shared default"


def test_json_says_the_same(folder: Path, cli: Cli) -> None:
    first, second = cli("explain", folder, "--json"), cli("explain", "--json", folder)
    assert first.out == second.out
    data = json.loads(first.out)
    assert (data["format"], data["kind"], data["id"]) == (1, "overall", "overall")
    assert sum(part["points"] for part in data["parts"]) == pytest.approx(data["result"]["score"])
    assert data["next_level"] == {"level": 4, "minimum": 3.4, "distance": pytest.approx(0.775)}
    assert data["lever"]["id"] == "culture"
    weights = data["weights"]
    assert (weights["change"], weights["combined"], weights["reason"]) == (0.2, True, None)
    assert weights["swings"][0]["width"] == pytest.approx(5.05 / 1.8 - 5.45 / 2.2)
    practice = json.loads(cli("explain", folder, LOYALTY, "--json").out)
    assert practice["weights"]["combined"] is False
    assert practice["plugin"]["name"] == "retention"
    question = json.loads(cli("explain", folder, SAME, "--json").out)
    assert question["step"]["id"] == "rarely"
    assert question["result"]["distribution"]["never"] == 1


def test_a_mistyped_id_is_the_users_mistake(folder: Path, cli: Cli) -> None:
    done = cli("explain", folder, "cultur")
    assert (done.code, done.out) == (2, "")
    assert done.err == "there is no question, practice or dimension 'cultur'; use culture\n"


def test_what_was_left_out_is_named_and_the_exit_code_says_so(with_customers: Write, cli: Cli) -> None:
    done = cli("explain", with_customers("1,2020-01-01,\n2,soon,\n"))
    assert done.code == 1
    assert done.err.startswith("warning: ")
    assert "customers.csv:3:" in done.err


def test_texts_of_strangers_are_printed_as_they_are(workspace: Write, cli: Cli) -> None:
    text = (workspace() / "questionnaire.yaml").read_text(encoding="utf-8")
    hostile = "[red]:smile:[/red] [link=http://example.org]x[/link]"
    changed = text.replace("title: Meaning\n", f'title: "{hostile}"\n')
    assert changed != text
    folder = workspace([{"id": "r1", "answers": ONE}], files={"questionnaire.yaml": changed})
    assert hostile in " ".join(lines(cli("explain", folder, "culture").out))
