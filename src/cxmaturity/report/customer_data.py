"""The pages of figures from customer data: each with its trend, its segments, and how good the data is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from cxmaturity.api import MetricResult, Point, Series, TableQuality, TrendPoint
from cxmaturity.report import charts
from cxmaturity.report.charts import ChartWords, ShareKind, SharePart, share_bar
from cxmaturity.report.context import CustomerData, MetricView, SegmentRow, SeriesView
from cxmaturity.report.telling import most_telling
from cxmaturity.report.words import MISSING, Wording
from cxmaturity.report.worth_page import why_no_worth
from cxmaturity.result import Assessment

_HALF_MM = 80.0
_SHARES: tuple[tuple[str, ShareKind], ...] = (
    ("promoters", "strong"),
    ("passives", "middle"),
    ("detractors", "weak"),
)
_KINDS = dict(_SHARES)
_GROUPS = (*["detractors"] * 7, *["passives"] * 2, *["promoters"] * 2)
"""Whose answer each of 0 to 10 is."""
_LIMITS = {"fraction": (0.0, 1.0), "points": (-100.0, 100.0)}
_DIGITS = {"fraction": 3, "points": 0, "money": 2, "number": 2}
"""How many decimals of a value are seen in its unit; one of any other."""
SHARE = "share"
"""What the name of a part ends with that is a fraction."""
_IN_TITLE = 2  # figures: more would not be read
_FEWEST = 2  # points that make a trend


def build_customer_data(wording: Wording, words: ChartWords, assessment: Assessment) -> CustomerData:
    """All metrics: those measured on their own, of the others why they were not."""
    texts = wording.texts
    measured = most_telling(assessment)
    views = [_view(wording, words, metric) for metric in measured]
    missing = [metric for metric in assessment.metrics if metric.value is None]
    return CustomerData(
        title=_title(wording, measured),
        text=texts("report.customer-data.text", minimum=assessment.minimum),
        metrics=tuple(view for view in views if not _single(view)),
        single=tuple(view for view in views if _single(view)),
        missing=tuple(_missing(wording, missing)),
        no_worth=why_no_worth(wording, assessment),
    )


def _title(wording: Wording, measured: Sequence[MetricResult]) -> str:
    """The message: the first figures themselves, those that stand for a level before others."""
    if not measured:
        return wording.texts("report.customer-data.none")
    first = measured[:_IN_TITLE]
    figures = [f"{wording.metric(each.id, 'name', each.id)} {wording.figure(each)}" for each in first]
    said = wording.texts.write(figures, "list")
    more = len(measured) - len(first)
    return wording.texts(f"report.customer-data.{'title' if more else 'only'}", figures=said, n=more)


def _missing(wording: Wording, metrics: Sequence[MetricResult]) -> Iterator[tuple[str, str]]:
    """Why metrics were not measured, and which: one line for each reason, one for all without a table."""
    by_reason: dict[str, list[str]] = {}
    for metric in metrics:
        title = wording.metric(metric.id, "title", metric.id)
        if metric.reason is not None and metric.reason.key == "reason.no-data":
            reason = wording.texts("report.customer-data.no-table")
            title = f"{title} ({metric.reason.values['table']})"
        else:
            reason = wording.texts.message(metric.reason) if metric.reason else ""
        by_reason.setdefault(reason, []).append(title)
    for reason, titles in by_reason.items():
        yield wording.texts("report.start", text=reason), wording.texts.write(titles, "names")


def _single(view: MetricView) -> bool:
    """Whether a metric is a figure alone."""
    return view.trend is None and not view.series and not view.segments


def _view(wording: Wording, words: ChartWords, metric: MetricResult) -> MetricView:
    texts = wording.texts
    title = wording.metric(metric.id, "title", metric.id)
    shares = all(name in metric.parts for name, _ in _SHARES)
    hidden = sum(1 for segment in metric.segments if segment.suppressed)
    return MetricView(
        id=metric.id,
        title=title,
        value=wording.figure(metric),
        definition=wording.metric(metric.id, "definition"),
        facts=tuple(_facts(wording, metric)),
        parts=() if shares else tuple(_parts(wording, metric)),
        shares=_share_bar(wording, words, metric, title) if shares else None,
        trend=_trend(wording, words, metric, title),
        series=tuple(_series(wording, words, metric)),
        segments=tuple(_segments(wording, metric)),
        hidden=texts("report.metric.hidden", n=hidden) if hidden else "",
        quality=tuple(_quality(wording, each, metric.period) for each in metric.quality),
    )


def _facts(wording: Wording, metric: MetricResult) -> Iterator[str]:
    """Interval, records, period, and what the figure is worth."""
    texts = wording.texts
    if metric.interval:
        low, high = (wording.figure(metric, end) for end in metric.interval)
        yield texts("report.metric.interval", low=low, high=high, n=metric.n)
    else:
        yield texts("report.metric.records", n=metric.n)
    if metric.period:
        first = date.fromisoformat(metric.period[0]) + timedelta(days=1)
        yield texts("report.metric.period", start=first.isoformat(), end=metric.period[1])
    if metric.band is not None:
        yield texts("report.metric.band", band=metric.band, basis=metric.basis)
    else:
        yield texts("report.metric.no-norm")


def _parts(wording: Wording, metric: MetricResult) -> Iterator[tuple[str, str]]:
    for name, value in metric.parts.items():
        kind = "percent1" if name.endswith(SHARE) else "number"
        yield wording.metric(metric.id, name, name), wording.texts.write(value, kind)


def _share_bar(wording: Wording, words: ChartWords, metric: MetricResult, title: str) -> charts.ShareBar:
    parts = [
        SharePart(wording.metric(metric.id, name, name), metric.parts[name], kind) for name, kind in _SHARES
    ]
    return share_bar(parts, title=title, words=words, width_mm=_HALF_MM)


def _trend(wording: Wording, words: ChartWords, metric: MetricResult, title: str) -> charts.Trend | None:
    if len([point for point in metric.trend if point.value is not None]) < _FEWEST:
        return None
    limits = _LIMITS.get(metric.unit, (0.0, float("inf")) if metric.value and metric.value >= 0 else None)
    return charts.trend(
        [
            charts.TrendPoint(
                _label(wording, point),
                point.value,
                wording.short(metric, point.value),
                point.interval,
                "" if point.n is None else wording.texts("report.metric.n", n=point.n),
                hidden=point.suppressed,
            )
            for point in metric.trend
        ],
        title=wording.texts("report.metric.trend", metric=title),
        words=words,
        write=lambda value, _digits: wording.short(metric, value),
        digits=_DIGITS.get(metric.unit, 1),
        limits=limits,
        width_mm=_HALF_MM,
    )


def _label(wording: Wording, point: TrendPoint) -> str:
    """A point's period by the month that it ends in."""
    return wording.texts("report.metric.until", end=point.end)


def _series(wording: Wording, words: ChartWords, metric: MetricResult) -> Iterator[SeriesView]:
    """The charts of a metric's series: cohorts in one, a curve with its projection in one."""
    for series in metric.series:
        title = wording.metric(metric.id, series.id, series.id)
        if series.kind == "distribution" and series.points:
            yield SeriesView(title, columns=_columns(wording, words, metric, series, title))
        elif series.kind == "categories" and series.points:
            yield SeriesView(title, categories=_categories(wording, words, metric, series, title))
    observed = next((series for series in metric.series if series.kind == "curve"), None)
    projected = next((series for series in metric.series if series.kind == "projection"), None)
    if observed is not None:
        yield _curve(wording, words, metric, observed, projected)
    cohorts = [series for series in metric.series if series.kind == "cohort"]
    if cohorts:
        yield _cohorts(wording, words, metric, cohorts)


def _columns(
    wording: Wording, words: ChartWords, metric: MetricResult, series: Series, title: str
) -> charts.Columns:
    """A distribution; the answers to the question of the net promoter score in its three groups."""
    groups = _GROUPS if len(series.points) == len(_GROUPS) and "promoters" in metric.parts else None
    steps = [
        charts.Column(
            wording.metric(metric.id, point.label, point.label),
            point.value,
            _KINDS[groups[number]] if groups else "middle",
            wording.metric(metric.id, groups[number]) if groups else "",
        )
        for number, point in enumerate(series.points)
        if point.value is not None
    ]
    return charts.columns(steps, title=title, words=words)


def _categories(
    wording: Wording, words: ChartWords, metric: MetricResult, series: Series, title: str
) -> charts.CategoryBars:
    """A bar for each category; those that may not be shown are one more row."""
    unit = series.unit or metric.unit
    shown = [point for point in series.points if not point.suppressed]
    hidden = len(series.points) - len(shown)
    rows = [
        charts.CategoryRow(
            point.label,
            point.value,
            wording.in_unit(unit, point.value),
            wording.texts("report.metric.n", n=point.n),
        )
        for point in shown
    ]
    if hidden:
        rows.append(charts.CategoryRow(wording.texts("report.metric.others", n=hidden), None, hidden=True))
    whole = 1.0 if unit == "fraction" else None
    return charts.category_bars(rows, title=title, words=words, whole=whole)


def _curve(
    wording: Wording,
    words: ChartWords,
    metric: MetricResult,
    observed: Series,
    projected: Series | None,
) -> SeriesView:
    """What was observed, and what is projected from the last of it on."""
    seen = {point.label: point.value for point in observed.points}
    ahead = {point.label: point.value for point in projected.points} if projected else {}
    title = wording.metric(metric.id, observed.id)
    names = (
        wording.texts("report.metric.observed"),
        wording.metric(metric.id, projected.id) if projected else "",
    )
    points = [
        charts.CurvePoint(label, seen.get(label), ahead.get(label))
        for label in dict.fromkeys((*seen, *ahead))
    ]
    heading = wording.texts("report.metric.years-since")
    return SeriesView(title, curve=charts.curve(points, names, heading=heading, title=title, words=words))


def _cohorts(wording: Wording, words: ChartWords, metric: MetricResult, cohorts: list[Series]) -> SeriesView:
    title = wording.metric(metric.id, "cohorts", metric.id)
    periods = max(([point.label for point in each.points] for each in cohorts), key=len)
    rows = [
        charts.CohortRow(each.id, [point.value for point in each.points], _size(wording, each.points))
        for each in cohorts
    ]
    heading = wording.texts("report.metric.years-since")
    chart = charts.cohorts(rows, periods, heading=heading, title=title, words=words)
    return SeriesView(title, cohorts=chart)


def _size(wording: Wording, points: tuple[Point, ...]) -> str:
    """How many a cohort began with."""
    known = [point.n for point in points if not point.suppressed]
    return wording.texts("report.metric.n", n=known[0]) if known else ""


def _segments(wording: Wording, metric: MetricResult) -> Iterator[SegmentRow]:
    for segment in metric.segments:
        if segment.suppressed or segment.n is None:
            continue
        interval = MISSING
        if segment.interval:
            low, high = (wording.short(metric, end) for end in segment.interval)
            interval = wording.texts("report.metric.range", low=low, high=high)
        yield SegmentRow(
            segment.name,
            wording.short(metric, segment.value),
            interval,
            wording.texts.write(segment.n, "whole"),
        )


def _quality(wording: Wording, quality: TableQuality, period: tuple[str, str] | None) -> str:
    """What one table's figures rest on, in a sentence or two."""
    texts = wording.texts
    if quality.rows is None:
        return texts("report.metric.quality.elsewhere", table=quality.table, engine=quality.engine)
    said = [texts("report.metric.quality.rows", n=quality.rows, table=quality.table, engine=quality.engine)]
    if quality.dropped:
        reasons = [
            texts(f"report.metric.quality.{wrong}", column=column, n=count)
            for column, wrong, count in quality.reasons
        ]
        said.append(
            texts("report.metric.quality.dropped", n=quality.dropped, coverage=quality.coverage)
            + (f" ({texts.write(reasons, 'list')})" if reasons else "")
        )
    if quality.first and quality.last:
        said.append(texts("report.metric.quality.dates", first=quality.first, last=quality.last))
    if quality.kept_to and period:
        how = "ended" if period[1] <= quality.kept_to else "behind"
        said.append(texts(f"report.metric.quality.{how}", kept_to=quality.kept_to))
    return " ".join(f"{sentence}." for sentence in said)
