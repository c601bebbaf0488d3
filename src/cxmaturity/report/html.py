"""A report's context as HTML."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import PackageLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from cxmaturity.report.changes import ChangesReport
from cxmaturity.report.context import Report
from cxmaturity.report.theme import Theme
from cxmaturity.texts import Texts


@cache  # it keeps what it has compiled, which takes longer than to render
def environment() -> ImmutableSandboxedEnvironment:
    """The template environment: sandboxed, everything escaped, an unknown name is an error."""
    return ImmutableSandboxedEnvironment(
        loader=PackageLoader("cxmaturity.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render_html(report: Report, texts: Texts) -> str:
    """The report as one HTML page that needs no other file."""
    template = environment().get_template("report.html.j2")
    return template.render(report=report, theme=report.theme, t=texts, style=_style_sheet(report.theme))


def render_changes(changes: ChangesReport, texts: Texts) -> str:
    """The report on a comparison, likewise."""
    template = environment().get_template("changes.html.j2")
    return template.render(changes=changes, theme=changes.theme, t=texts, style=_style_sheet(changes.theme))


def _style_sheet(theme: Theme) -> Markup:
    """The CSS of reports in a brand's colours, which are hexadecimal numbers and nothing else."""
    css = files("cxmaturity.report").joinpath("templates", "report.css").read_text(encoding="utf-8")
    for name in ("accent", "ink", "muted", "line", "paper", "wash"):
        css = css.replace(f"${name}", getattr(theme, name))
    return Markup(css)  # noqa: S704 - our own file
