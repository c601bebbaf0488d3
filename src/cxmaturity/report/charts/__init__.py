"""The report's charts: pure geometry.

Each builder takes values and returns a frozen chart whose coordinates are points; the macro of the
same name in ``templates/charts.svg.j2`` draws it. What is not assessed is ``None`` and is drawn as
such, never as a number. Labels may be anything: they are cleaned, wrapped and clipped to their place.
"""

from __future__ import annotations

from cxmaturity.report.charts.bars import BarRow, Bars, bars
from cxmaturity.report.charts.category_bars import CategoryBars, CategoryRow, category_bars
from cxmaturity.report.charts.chart import Chart
from cxmaturity.report.charts.cohorts import CohortRow, Cohorts, cohorts
from cxmaturity.report.charts.columns import Column, Columns, columns
from cxmaturity.report.charts.curve import Curve, CurvePoint, curve
from cxmaturity.report.charts.distribution import Distribution, distribution
from cxmaturity.report.charts.dumbbell import Dumbbell, DumbbellRow, dumbbell
from cxmaturity.report.charts.gantt import Gantt, GanttItem, ProjectedQuarter, gantt
from cxmaturity.report.charts.gap_chart import GapChart, GapRow, gap_chart, reach_of
from cxmaturity.report.charts.heat_map import HeatCell, HeatMap, HeatRow, heat_map
from cxmaturity.report.charts.level_scale import LevelScale, level_scale
from cxmaturity.report.charts.matrix import QUADRANTS, Matrix, MatrixPoint, Quadrant, matrix
from cxmaturity.report.charts.projection import ProjectionChart, ProjectionPoint, projection
from cxmaturity.report.charts.radar import Radar, RadarAxis, radar
from cxmaturity.report.charts.share_bar import ShareBar, ShareKind, SharePart, share_bar
from cxmaturity.report.charts.tradeoff import Tradeoff, TradeoffPoint, tradeoff
from cxmaturity.report.charts.trend import Trend, TrendPoint, trend
from cxmaturity.report.charts.words import ChartWords

__all__ = [
    "QUADRANTS",
    "BarRow",
    "Bars",
    "CategoryBars",
    "CategoryRow",
    "Chart",
    "ChartWords",
    "CohortRow",
    "Cohorts",
    "Column",
    "Columns",
    "Curve",
    "CurvePoint",
    "Distribution",
    "Dumbbell",
    "DumbbellRow",
    "Gantt",
    "GanttItem",
    "GapChart",
    "GapRow",
    "HeatCell",
    "HeatMap",
    "HeatRow",
    "LevelScale",
    "Matrix",
    "MatrixPoint",
    "ProjectedQuarter",
    "ProjectionChart",
    "ProjectionPoint",
    "Quadrant",
    "Radar",
    "RadarAxis",
    "ShareBar",
    "ShareKind",
    "SharePart",
    "Tradeoff",
    "TradeoffPoint",
    "Trend",
    "TrendPoint",
    "bars",
    "category_bars",
    "cohorts",
    "columns",
    "curve",
    "distribution",
    "dumbbell",
    "gantt",
    "gap_chart",
    "heat_map",
    "level_scale",
    "matrix",
    "projection",
    "radar",
    "reach_of",
    "share_bar",
    "tradeoff",
    "trend",
]
