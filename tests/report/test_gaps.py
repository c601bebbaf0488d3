"""The pages that hold two groups against each other: what they are called, their order, what is hidden."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cxmaturity.api import Message
from cxmaturity.report.charts import GapChart
from cxmaturity.result import Comparison, Gap, GroupResult

MakeGap = Callable[..., Gap]
Compare = Callable[..., Comparison]

MEANING, LOYALTY, CHURN = "culture.meaning", "retention.loyalty-and-value", "retention.churn-insight"


def names(chart: GapChart) -> list[str]:
    return [row.texts[0].lines[0] for row in chart.rows]


def test_the_title_names_the_widest_clear_dimension(bench: Any, gap: MakeGap, comparison: Compare) -> None:
    both = comparison(
        gap("overall", "Overall", 4.0, 3.0, (0.5, 1.5)),
        gap("culture", "Culture", 4.1, 2.8, (0.9, 1.7)),
        gap("retention", "Retention", 4.5, 3.0, (-0.2, 3.2)),  # wider, but not clear
        gap(MEANING, "Meaning", 4.9, 1.0, (2.0, 4.0)),  # wider still, but not a dimension
    )
    (page,) = bench.report(comparisons=(both,)).gaps
    assert page.title == "Leadership and front line are 1.3 points apart on culture: 4.1 against 2.8"
    assert page.name == "Leadership and front line"


def test_without_a_clear_dimension_the_title_names_a_practice_or_says_that_nothing_is_clear(
    bench: Any, gap: MakeGap, comparison: Compare
) -> None:
    whole = gap("overall", "Overall", 4.0, 3.0, (-0.5, 1.5))
    one = bench.report(comparisons=(comparison(whole, gap(CHURN, "Churn insight", 2.0, 4.0, (-3.0, -1.0))),))
    assert one.gaps[0].title == (
        "Leadership and front line are 2.0 points apart on churn insight: 2.0 against 4.0"
    )
    none = bench.report(comparisons=(comparison(whole),))
    assert none.gaps[0].title == "Leadership and front line differ nowhere by more than chance explains"
    assert none.gaps[0].widest == ()


def test_rows_go_from_what_the_first_rates_higher_to_what_is_hidden(
    bench: Any, gap: MakeGap, comparison: Compare
) -> None:
    both = comparison(
        gap("overall", "Overall", 2.0, 3.0, (-1.5, -0.5)),
        gap("culture", "Culture", suppressed=True),
        gap("retention", "Retention", 3.0, 3.0, (-0.5, 0.5)),
        gap(MEANING, "Meaning", 2.0, 3.5, (-2.0, -1.0)),
        gap(LOYALTY, "Loyalty", suppressed=True),
        gap(CHURN, "Churn insight", 4.0, 3.0, (0.2, 1.8)),
    )
    (page,) = bench.report(comparisons=(both,)).gaps
    assert names(page.wholes) == ["Overall", "Retention", "Culture"]
    (practices,) = page.practices
    assert names(practices) == ["Churn insight", "Meaning", "Loyalty"]
    assert [row.missing is None for row in practices.rows] == [True, True, False]
    # the widest first, whoever rates higher: 1.5 before 1.0
    assert [sentence.partition(":")[0] for sentence in page.widest] == ["Meaning", "Churn insight"]
    assert page.widest[0] == (
        "Meaning: leadership 2.0, front line 3.5; the difference lies between −2.0 and −1.0 (95%)."
    )
    assert page.paragraphs[0].startswith("Of 2 practices compared, 2 differ clearly;")
    assert page.paragraphs[-1].startswith("One practice is not compared")


def test_the_order_is_that_of_the_differences_as_shown(bench: Any, gap: MakeGap, comparison: Compare) -> None:
    both = comparison(
        gap("overall", "Overall", 3.0, 3.0),
        # 4.00 less 2.99 is shown as 4.0 less 2.9, so 1.1; 4.09 less 3.0 as 1.0 though it is more
        gap(MEANING, "Meaning", 4.09, 3.0, (0.5, 1.5)),
        gap(LOYALTY, "Loyalty", 4.0, 2.99, (0.5, 1.5)),
        gap(CHURN, "Churn insight", 3.05, 2.0, (0.5, 1.5)),  # 1.0 too; 'culture' comes before 'retention'
    )
    (page,) = bench.report(comparisons=(both,)).gaps
    order = ["Loyalty", "Meaning", "Churn insight"]
    assert names(page.practices[0]) == order
    assert [sentence.partition(":")[0] for sentence in page.widest] == order
    assert page.title.startswith("Leadership and front line are 1.1 points apart on loyalty")


def test_the_legend_has_the_size_of_the_groups(bench: Any, gap: MakeGap, comparison: Compare) -> None:
    both = comparison(gap("overall", "Overall", 4.0, 3.0, n_first=7, n_second=9))
    groups = (
        GroupResult(attribute="role", name="leadership", n=1234),
        GroupResult(attribute="department", name="frontline", n=2),
        GroupResult(attribute="role", name="frontline", suppressed=True),
    )
    (page,) = bench.report(comparisons=(both,), groups=groups).gaps
    assert [text.lines[0] for text in page.wholes.key.texts] == ["Leadership (n = 1,234)", "Front line"]


def test_a_row_that_rests_on_few_says_so_unless_that_is_confidential(
    bench: Any, gap: MakeGap, comparison: Compare
) -> None:
    both = comparison(
        gap("overall", "Overall", 4.0, 3.0, n_first=5, n_second=1500),
        gap("culture", "Culture", 4.0, 3.0, n_first=4, n_second=1500),
    )
    (page,) = bench.report(comparisons=(both,), confidential=False).gaps
    assert [row.texts[1].lines[0] for row in page.wholes.rows] == ["+1.0", "n = 4 and 1,500"]
    (page,) = bench.report(comparisons=(both,), confidential=True).gaps
    assert [row.texts[1].lines[0] for row in page.wholes.rows] == ["+1.0", "+1.0"]


def test_many_rows_that_cannot_be_compared_are_only_counted(
    bench: Any, gap: MakeGap, comparison: Compare, monkeypatch: Any
) -> None:
    monkeypatch.setattr("cxmaturity.report.gaps._HOLLOW", 1)
    not_asked = Message("reason.not-compared")
    both = comparison(
        gap("overall", "Overall", 4.0, 3.0),
        gap(MEANING, "Meaning", reason=not_asked),
        gap(LOYALTY, "Loyalty", reason=not_asked),
        gap(CHURN, "Churn insight", suppressed=True),
    )
    (page,) = bench.report(comparisons=(both,)).gaps
    assert names(page.practices[0]) == ["Churn insight"]
    assert page.paragraphs[-2:] == (
        "One practice is not compared, as too few people of a group answered it.",
        "2 practices are not compared, as the two groups did not answer any of the same questions on them.",
    )


def test_where_nothing_can_be_compared_there_is_no_page(
    bench: Any, gap: MakeGap, comparison: Compare
) -> None:
    hidden = comparison(gap("overall", "Overall", suppressed=True), gap(MEANING, "Meaning", suppressed=True))
    report = bench.report(comparisons=(hidden,))
    assert report.gaps == ()
    assert bench.report().gaps == ()


def test_long_comparisons_are_split_and_keep_every_row_once(
    bench: Any, gap: MakeGap, comparison: Compare, monkeypatch: Any
) -> None:
    monkeypatch.setattr("cxmaturity.report.gaps._ROWS", 2)
    parts = [gap(name, name, 4.0, 3.0, (0.5, 1.5)) for name in (MEANING, LOYALTY, CHURN)]
    (page,) = bench.report(comparisons=(comparison(gap("overall", "Overall", 3.0, 3.0), *parts),)).gaps
    assert sorted(len(chart.rows) for chart in page.practices) == [1, 2]
    assert [name for chart in page.practices for name in names(chart)] == sorted([MEANING, LOYALTY, CHURN])


def test_other_groups_than_roles_keep_their_names(bench: Any, gap: MakeGap, comparison: Compare) -> None:
    both = comparison(
        gap("overall", "Overall", 4.0, 3.0),
        gap("culture", "Culture", 4.0, 3.0, (0.5, 1.5)),
        attribute="country",
        first="Romania",
        second="Poland",
    )
    (page,) = bench.report(comparisons=(both,)).gaps
    assert page.title.startswith("Romania and Poland are 1.0 points apart")


def test_every_comparison_has_its_page_and_hostile_names_are_printed(
    bench: Any, gap: MakeGap, comparison: Compare
) -> None:
    evil = "<script>alert(1)</script>"
    gaps = (gap("overall", "Overall", 4.0, 3.0), gap(MEANING, evil, 4.0, 3.0, (0.5, 1.5)))
    both = (
        comparison(*gaps),
        comparison(*gaps, attribute="department", first=evil, second='" onload="x'),
    )
    html = bench.html(comparisons=both)
    assert 'id="gap-1"' in html
    assert 'id="gap-2"' in html
    assert "<script" not in html
    assert 'onload="x' not in html
