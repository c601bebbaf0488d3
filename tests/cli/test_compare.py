"""``cxmaturity compare``: workspaces and kept results, on the terminal, as data and as a report."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Cli = Callable[..., Any]
Write = Callable[..., Path]

SAME, SCHEME, KNOWN = (
    "culture.meaning.same",
    "retention.loyalty-and-value.scheme",
    "retention.churn-insight.known",
)


def eight(score: int) -> list[dict[str, Any]]:
    """People of whom every second one is a step above the others."""
    return [
        {"id": f"r{n}", "answers": {SAME: min(5, score + n % 2), SCHEME: score, KNOWN: n % 2 == 0}}
        for n in range(8)
    ]


@pytest.fixture
def kept(workspace: Write, cli: Cli, tmp_path: Path) -> Callable[..., Path]:
    """``kept("before", score, as_of)`` is a result as ``assess --json`` prints it, of 8 people."""

    def write(name: str, score: int, as_of: str, files: Any = None, **settings: Any) -> Path:
        folder = workspace(eight(score), {"as_of": as_of, "confidential": False, **settings}, files)
        path = tmp_path / f"{name}.json"
        path.write_text(cli("assess", "--json", folder).out, encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="module")
def results(shared_workspace: Write, ran: Cli) -> list[str]:
    """What is kept of two rounds a year apart."""
    return [
        ran(
            "assess",
            "--json",
            shared_workspace(eight(score), {"as_of": as_of, "confidential": False}),
        ).out
        for score, as_of in ((2, "2026-10-31"), (4, "2027-10-31"))
    ]


@pytest.fixture
def rounds(results: list[str], tmp_path: Path) -> tuple[Path, Path]:
    before, after = tmp_path / "before.json", tmp_path / "after.json"
    for path, result in zip((before, after), results, strict=True):
        path.write_text(result, encoding="utf-8")
    return before, after


def test_it_says_what_changed_and_by_more_than_noise(rounds: tuple[Path, Path], cli: Cli) -> None:
    done = cli("compare", *rounds)
    assert (done.code, done.err) == (0, "")
    lines = [" ".join(line.split()) for line in done.out.splitlines()]
    assert "Acme · 31 October 2026 → 31 October 2027" in lines
    # culture: people say 2 and 3 in turn, then 4 and 5: the means are 2.5 and 4.5
    assert any(line.startswith("Culture 2.5 4.5 +2.0 ") and "more than noise" in line for line in lines)
    assert any(line.startswith("Loyalty 2.0 4.0 +2.0 ") for line in lines)
    assert "1 more practice" not in done.out
    assert "One more practice moved by no more than noise." in lines


def test_as_data(rounds: tuple[Path, Path], cli: Cli) -> None:
    done = cli("compare", *rounds, "--json")
    data = json.loads(done.out)
    assert (data["format"], data["before"]["as_of"], data["after"]["as_of"]) == (
        1,
        "2026-10-31",
        "2027-10-31",
    )
    culture = data["dimensions"][0]
    assert (culture["basis"], culture["difference"], culture["more_than_noise"]) == ("all", 2.0, True)
    assert done.out == cli("compare", "--json", *rounds).out


def test_a_workspace_is_the_same_as_the_result_it_gives(
    kept: Callable[..., Path], workspace: Write, cli: Cli
) -> None:
    before = kept("before", 2, "2026-10-31")
    after = kept("after", 4, "2027-10-31")
    folder = workspace().parent / "acme"
    workspace(eight(4), {"as_of": "2027-10-31", "confidential": False})
    assert cli("compare", before, folder, "--json").out == cli("compare", before, after, "--json").out
    assert not (folder / "reports").exists() or not list((folder / "reports").glob("*.pdf"))


@pytest.fixture
def planned(rounds: tuple[Path, Path]) -> tuple[Path, Path]:
    """The two rounds, of which the earlier one has a plan, and the later one says what was done of it."""
    before, after = (json.loads(path.read_text(encoding="utf-8")) for path in rounds)

    def projection(score: float) -> dict[str, Any]:
        return {
            "overall": {"score": score, "level": 3},
            "dimensions": {"culture": {"score": score, "level": 3}},
        }

    def projections(score: float) -> dict[str, Any]:
        return {
            "projected": projection(score),
            "low": projection(score - 0.2),
            "if_measured": projection(score),
        }

    quarters = (("2027-07-01", "2027-09-30", 2.5), ("2027-10-01", "2027-12-31", 4.4))
    plan = {
        "format": 1,
        "periods": [{"start": start, "end": end, **projections(score)} for start, end, score in quarters],
        "finally": projections(4.6),
        "decisions": {"pin": {}, "forbid": [], "done": {}, "under_way": {}},
    }
    kpis = {"d.done": "nps", "d.begun": None, "d.waits": "never-measured"}
    recommendations = [
        {
            "id": name,
            "title": f"Initiative {name}",
            "start": "2027-07-01",
            "quarters": 1,
            "kpi": {"name": f"Share of {name}", "target": "9 of 10", "metric": metric},
        }
        for name, metric in kpis.items()
    ]
    figure = {"id": "nps", "title": "NPS", "unit": "points", "higher_is_better": True}
    before |= {
        "plan": plan,
        "recommendations": recommendations,
        "metrics": [{**figure, "value": -5, "interval": [-9, -1]}],
    }
    decisions = {"done": {"d.done": "2027-08"}, "under_way": {"d.begun": "2027-09"}}
    after |= {
        "plan": {**plan, "decisions": {"pin": {}, "forbid": [], **decisions}},
        "metrics": [{**figure, "value": 7, "interval": [4, 10]}],
    }
    for path, data in zip(rounds, (before, after), strict=True):
        path.write_text(json.dumps(data), encoding="utf-8")
    return rounds


def test_what_became_of_the_plan_and_what_it_had_predicted(planned: tuple[Path, Path], cli: Cli) -> None:
    out = " ".join(cli("compare", *planned).out.split())
    assert "1 of the plan’s 3 initiatives are done" in out
    assert "Initiative d.done · planned Jul 2027 – Sep 2027 · done in August 2027 " in out
    assert (
        "Initiative d.begun · planned Jul 2027 – Sep 2027 · under way since September 2027, a month overdue"
        in out
    )
    assert (
        "Initiative d.waits · planned Jul 2027 – Sep 2027 · not begun, "
        "a month after the quarter in which it was to begin"
    ) in out
    # 12 − √(3² + 4²) = 7, 12 + √(3² + 4²) = 17
    assert "NPS: −5 → +7 (+12.0 points, 95% interval +7.0 to +17.0), better, more than noise." in out
    assert "Not a metric that is computed: Share of d.begun; its target was 9 of 10." in out
    assert "The metric “never-measured” is in neither result; the target was 9 of 10." in out
    assert "Culture 4.4 4.2 4.5 +0.1 all of it" in out
    assert "2 initiatives that it took as complete by then are not done" in out


def test_a_cap_of_a_dimension_is_explained_and_a_figure_that_is_no_more_is_named(
    rounds: tuple[Path, Path], cli: Cli
) -> None:
    before, after = (json.loads(path.read_text(encoding="utf-8")) for path in rounds)
    figure = {"id": "nps", "title": "NPS", "unit": "points", "interval": None}
    before["metrics"] = [{**figure, "value": -5.0}]
    after["metrics"] = [{**figure, "value": None, "reason": "no customer answered in the period"}]
    before["dimensions"][0] |= {"level": 4, "measured": 4.0, "caps": []}
    cap = {"source": "measured", "limit": 2, "reason": "Customer data holds it"}
    after["dimensions"][0] |= {"level": 2, "measured": 1.0, "caps": [cap]}
    for path, data in zip(rounds, (before, after), strict=True):
        path.write_text(json.dumps(data), encoding="utf-8")
    out = " ".join(cli("compare", *rounds).out.split())
    assert "level 4 before, level 2 now" in out
    assert "Culture. A cap has come: Customer data holds it" in out
    assert (
        "What cannot be compared NPS: not measured in the later round: no customer answered in the period"
    ) in out


def test_a_report_has_the_plan_too(planned: tuple[Path, Path], cli: Cli, tmp_path: Path) -> None:
    assert cli("compare", *planned, "-o", tmp_path / "changes.html").code == 0
    html = (tmp_path / "changes.html").read_text(encoding="utf-8")
    for said in (
        "1 of the plan’s 3 initiatives are done",
        "Under way since September 2027, a month overdue",
        "What the plan predicted, and what was found",
        "For Q4 2027 the plan expected 4.4 overall",
    ):
        assert said in html.replace("\u00a0", " ")


def test_who_does_not_say_what_was_done_is_told_where_to(planned: tuple[Path, Path], cli: Cli) -> None:
    data = json.loads(planned[1].read_text(encoding="utf-8"))
    del data["plan"]
    planned[1].write_text(json.dumps(data), encoding="utf-8")
    out = " ".join(cli("compare", *planned).out.split())
    assert "What was done of the plan is not known" in out
    assert "State it under `plan: {done: …, under_way: …}` in the workspace’s assessment.yaml" in out


def test_another_version_compares_where_questions_are_the_same(
    kept: Callable[..., Path], questionnaire_text: str, cli: Cli
) -> None:
    before = kept("before", 2, "2026-10-31")
    text = questionnaire_text.replace("Is it known who left?", "Do you know who left?")
    text = text.replace('version: "1"', 'version: "2"')
    after = kept("after", 4, "2027-10-31", {"questionnaire.yaml": text})
    data = json.loads(cli("compare", before, after, "--json").out)
    assert data["dimensions"][0]["basis"] == "all"
    loyalty, insight = data["dimensions"][1]["practices"]
    assert loyalty["basis"] == "all"
    # nobody answered its two other questions, so nothing of it is left
    assert (insight["basis"], insight["difference"]) == ("none", None)
    assert data["dimensions"][1]["basis"] == data["overall"]["basis"] == "shared"
    assert data["versions"] == ["the questionnaire 'small' changed from 1 to 2"]
    out = cli("compare", before, after).out
    assert "The questionnaire 'small' changed from 1 to 2." in out
    assert "Churn insight: no question that is the same in both rounds has a score in both" in " ".join(
        out.split()
    )


@pytest.mark.parametrize(("name", "start"), [("changes.pdf", b"%PDF"), ("changes.html", b"<!DOCTYPE html>")])
def test_a_report_is_written_and_its_path_printed(
    name: str, start: bytes, rounds: tuple[Path, Path], cli: Cli, tmp_path: Path
) -> None:
    done = cli("compare", *rounds, "-o", tmp_path / name)
    assert (done.code, done.out) == (0, f"{tmp_path / name}\n")
    assert (tmp_path / name).read_bytes().lstrip().startswith(start)
    both = cli("compare", *rounds, "--json", "-o", tmp_path / name)
    assert json.loads(both.out)["format"] == 1
    assert both.err == f"{tmp_path / name}\n"


def test_other_formats_there_are_not(rounds: tuple[Path, Path], cli: Cli, tmp_path: Path) -> None:
    done = cli("compare", *rounds, "-o", tmp_path / "changes.docx")
    assert done.code == 2
    assert done.err.endswith("there is no format for '.docx'; use a name in .pdf or .html\n")


def test_the_wrong_way_round_is_the_users_mistake(rounds: tuple[Path, Path], cli: Cli) -> None:
    before, after = rounds
    done = cli("compare", after, before)
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        f"{before}: this result, as of 2026-10-31, is earlier than the first, as of 2027-10-31; "
        "name the earlier one first\n"
    )


def test_a_file_that_is_no_result_is_the_users_mistake(
    rounds: tuple[Path, Path], cli: Cli, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text('{"format": 1}', encoding="utf-8")
    done = cli("compare", rounds[0], wrong)
    assert (done.code, done.out) == (2, "")
    said = "this is no result of cxmaturity; write the result anew with `cxmaturity assess DIR --json`"
    assert done.err == f"{wrong}: {said}\n"


def test_what_a_workspace_leaves_out_is_named_and_the_exit_code_says_so(
    with_customers: Write, cli: Cli
) -> None:
    folder = with_customers("1,2020-01-01,\n2,soon,\n")
    done = cli("compare", folder, folder, "--json")
    assert done.code == 1
    assert "customers.csv:3:" in done.err


def test_a_confidential_workspace_is_kept_before_it_is_shown(
    workspace: Write, cli: Cli, tmp_path: Path
) -> None:
    def people(count: int) -> list[dict[str, Any]]:
        return [{"id": f"r{number:02}", "answers": {SAME: number % 5 + 1}} for number in range(count)]

    first = tmp_path / "first"
    shutil.copytree(workspace(people(20)), first)
    folder = workspace(people(20))
    assert cli("compare", first, folder).code == 0
    folder = workspace(people(21))
    # one more person changes nothing of what has been shown
    data = json.loads(cli("compare", first, folder, "--json").out)
    assert data["dimensions"][0]["after"]["n"] == 20
    assert data["overall"]["difference"] == 0


def test_what_is_hidden_stays_hidden(workspace: Write, cli: Cli, tmp_path: Path) -> None:
    few = tmp_path / "few"
    shutil.copytree(
        workspace([{"id": f"r{n}", "answers": {SAME: 3}} for n in range(3)], {"confidential": True}), few
    )
    many = workspace([{"id": f"r{n}", "answers": {SAME: n % 5 + 1}} for n in range(20)])
    data = json.loads(cli("compare", few, many, "--json").out)
    practice = data["dimensions"][0]["practices"][0]
    assert practice["before"]["suppressed"] is True
    assert (practice["before"]["score"], practice["before"]["n"], practice["difference"]) == (
        None,
        None,
        None,
    )
    assert practice["reason"].startswith("hidden in the earlier result: not shown, as")
    assert "hidden in the earlier result: not shown, as" in " ".join(cli("compare", few, many).out.split())


def test_texts_of_strangers_are_printed_as_they_are(rounds: tuple[Path, Path], cli: Cli) -> None:
    before, after = rounds
    hostile = "[red]:smile:[/red] [link=http://example.org]x[/link]"
    for path in rounds:
        data = json.loads(path.read_text(encoding="utf-8"))
        data["organisation"]["name"] = hostile
        path.write_text(json.dumps(data), encoding="utf-8")
    assert hostile in " ".join(cli("compare", before, after).out.split())
