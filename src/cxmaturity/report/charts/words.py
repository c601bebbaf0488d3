"""The words that stand inside charts, and how charts write numbers."""

from __future__ import annotations

from dataclasses import dataclass

from cxmaturity.scoring.scale import shown

MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartWords:
    """Every word a chart may print by itself, in the report's language.

    Those marked so are patterns: what stands in braces is replaced.
    """

    not_assessed: str
    not_measured: str
    not_shown: str
    no_answers: str
    perceived: str
    measured: str
    evidenced: str
    difference: str
    level: str
    score: str
    weight: str
    capped: str
    """Pattern with ``{level}``, e.g. ``capped at level {level}``."""
    load: str
    """The load row's name, e.g. ``Load of capacity, person-days``."""
    load_of: str
    """Pattern with ``{load}`` and ``{capacity}``, e.g. ``{load} of {capacity}``."""
    projected: str
    """The projection row's name, e.g. ``Projected level at the quarter's end``."""
    continued: str
    """Pattern with ``{group}``, e.g. ``{group} (continued)``."""
    under_way: str
    pinned: str
    """What is placed by hand."""
    ends_first: str
    """What an arrow of the roadmap means."""
    on_another_page: str
    after: str
    """Pattern with ``{number}`` and ``{needs}``: an initiative and those that must end before it."""
    expected: str
    """The name of a projection with the lifts that authors expect."""
    low: str
    """The name of a projection with the lifts that authors call low."""
    target: str
    """Pattern with ``{level}``, e.g. ``target: level {level}``."""
    present: str
    """The name of the amount that is planned with today."""
    not_reached: str
    part: str
    """Pattern with ``{title}``, ``{number}`` and ``{total}``, for a chart that spans pages."""
    percent: str
    """Pattern with ``{value}``, e.g. ``{value}%``."""
    decimal_mark: str

    def number(self, value: float, digits: int = 1) -> str:
        """A number with so many decimals."""
        text = f"{abs(value):.{digits}f}"
        sign = MINUS if value < 0 and float(text) else ""
        return sign + text.replace(".", self.decimal_mark)

    def score_of(self, score: float) -> str:
        """A score as reports show it."""
        return self.number(shown(score))

    def whole(self, value: float) -> str:
        """A number without decimals where it is whole, else with one."""
        return self.number(value, 0 if round(value, 1) == round(value) else 1)

    def signed(self, value: float, digits: int = 1) -> str:
        """A difference with its sign: ``+0.4``, ``−1.8``, ``0.0``."""
        text = self.number(value, digits)
        return f"+{text}" if value > 0 and text.strip(f"0{self.decimal_mark}") else text

    def without_score(self, *, hidden: bool) -> str:
        """What stands where there is no score: that it may not be shown, or that nobody assessed it."""
        return self.not_shown if hidden else self.not_assessed

    def share(self, percent: str) -> str:
        """A percentage."""
        return fill(self.percent, value=percent)


def fill(pattern: str, **values: str) -> str:
    """The pattern with its braces replaced; a translator's stray brace stays what it is."""
    for name, value in values.items():
        pattern = pattern.replace(f"{{{name}}}", value)
    return pattern


def percentages(values: tuple[float, ...]) -> tuple[int, ...]:
    """Whole percentages of the total that add up to 100 (largest remainders); zeros when it is 0."""
    total = sum(values)
    if total <= 0:
        return tuple(0 for _ in values)
    exact = [value / total * 100 for value in values]
    whole = [int(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda index: (whole[index] - exact[index], index))
    for index in by_remainder[: 100 - sum(whole)]:
        whole[index] += 1
    return tuple(whole)
