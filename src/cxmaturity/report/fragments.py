"""Checks the HTML of a plugin's page: it must stay on its page, load nothing, and run nothing.

The grammar is narrower than that of browsers on purpose. Every tag is written out, so that a browser and
this check see the same tags, and what is open at the end here is open at the end there.
"""

from __future__ import annotations

import re
from html import unescape

from cxmaturity.plugins import PluginError

_VOID = frozenset({"area", "br", "col", "hr", "img", "wbr"})
"""Elements that have no end tag."""
_FORBIDDEN = (
    frozenset({"base", "body", "embed", "form", "frame", "frameset", "head", "html", "iframe", "link"})
    | {"meta", "object", "script", "section", "style", "h1", "h2"}
    | {"math", "noembed", "noframes", "noscript", "plaintext", "select", "template", "textarea", "xmp"}
)
"""Elements that are the report's own or reach beyond a page, and those in which browsers read otherwise."""
_SVG = (
    frozenset({"a", "circle", "clippath", "defs", "desc", "ellipse", "g", "image", "line", "lineargradient"})
    | {"marker", "mask", "path", "pattern", "polygon", "polyline", "radialgradient", "rect", "stop", "svg"}
    | {"switch", "symbol", "text", "textpath", "title", "tspan", "use"}
)
"""What may stand in an ``<svg>``: anything else would end it."""
_WORDS_ONLY = frozenset({"desc", "title"})
_ADDRESSES = frozenset({"action", "background", "data", "formaction", "href", "poster", "src", "xlink:href"})
_NAMES = frozenset({"id", "name"})

_ATTRIBUTE = r"""([^\s"'<>/=]+)(?:\s*=\s*("[^"<]*"|'[^'<]*'|[^\s"'=<>`]+))?"""
_TOKEN = re.compile(
    rf"""
      [^<]+ | <(?=[^A-Za-z/!?])                                     # words
    | <!--(?:(?!--)[^<>])*-->                                       # a comment
    | </(?P<end>[A-Za-z][A-Za-z0-9-]*)\s*>
    | <(?P<start>[A-Za-z][A-Za-z0-9-]*)(?P<attributes>(?:\s+{_ATTRIBUTE})*)\s*(?P<empty>/?)>
    """,
    re.VERBOSE,
)
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_STYLES = frozenset(
    {"clip-path", "cursor", "fill", "filter", "marker", "marker-end", "marker-mid", "marker-start"}
) | {"mask", "stroke", "style"}
_REACHES = re.compile(
    r"url\(\s*[\"']?(?![#\"'\s])|image-set|\\|/\*|position\s*:\s*(fixed|running)", re.IGNORECASE
)
"""In a style: an address outside, or a place outside the page."""
_SHOWN = 30


def check_fragment(html: str, plugin: str) -> None:
    """Refuse HTML that would not stay on its page.

    That is: tags that are malformed or left open, elements that are the report's own, addresses that are
    not inside the page, scripts, and ids that do not begin with the plugin's name, as others may have them.
    """
    opened: list[str] = []
    position = 0
    while position < len(html):
        token = _TOKEN.match(html, position)
        if token is None:
            raise PluginError(f"its template has a tag that is malformed: {html[position:][:_SHOWN]!r}")
        if token["start"]:
            _begin(token["start"].lower(), opened, empty=bool(token["empty"]))
            for name, value in _ATTRIBUTES.findall(token["attributes"]):
                _check_attribute(token["start"].lower(), name.lower(), unescape(value.strip("\"'")), plugin)
        elif token["end"]:
            _end(token["end"].lower(), opened)
        position = token.end()
    if opened:
        raise PluginError(f"its template leaves <{opened[-1]}> open")


def _begin(tag: str, opened: list[str], *, empty: bool) -> None:
    inside_svg = "svg" in opened
    if tag in _FORBIDDEN or (tag in _WORDS_ONLY and not inside_svg):
        raise PluginError(f"its template has <{tag}>, which no page may have")
    if inside_svg and (tag not in _SVG or opened[-1] in _WORDS_ONLY):
        raise PluginError(f"its template has <{tag}> inside <{opened[-1]}>")
    if not inside_svg and tag in _VOID:
        return
    if not empty:
        opened.append(tag)
    elif not inside_svg:  # browsers take it for a start tag
        raise PluginError(f"its template leaves <{tag}/> open; write <{tag}></{tag}>")


def _end(tag: str, opened: list[str]) -> None:
    if not opened or opened.pop() != tag:
        raise PluginError(f"its template closes <{tag}> where it is not open")


def _check_attribute(tag: str, name: str, value: str, plugin: str) -> None:
    if name.startswith("on") or name == "srcset":
        raise PluginError(f"its template has the attribute '{name}', which no page may have")
    if name in _NAMES and not value.startswith(f"{plugin}-"):
        raise PluginError(f"its template has the {name} '{value}'; begin it with '{plugin}-'")
    allowed = ("#", "http://", "https://", "mailto:") if tag == "a" else ("#", "data:")
    outside = name in _ADDRESSES and not value.startswith(allowed)
    if outside or (name in _STYLES and _REACHES.search(value)):
        raise PluginError(f'its template has {name}="{value[:_SHOWN]}", which leads out of its page')
