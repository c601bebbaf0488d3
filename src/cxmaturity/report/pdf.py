"""A report's page as PDF: the same bytes for the same page."""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from cxmaturity.errors import UserError

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher

_FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


def pdf_bytes(html: str) -> bytes:
    """A report's page as PDF. Raises :class:`UserError` where a library that PDFs need is missing."""
    with _bundled_fonts_only():
        fetcher = _fetcher()
        weasyprint = _weasyprint()
        document = weasyprint.HTML(string=html, base_url=None, url_fetcher=fetcher).render()
        buffer = BytesIO()
        document.write_pdf(
            buffer, pdf_variant="pdf/ua-1", pdf_identifier=hashlib.sha256(html.encode("utf-8")).digest()[:16]
        )
    return buffer.getvalue()


@contextmanager
def _bundled_fonts_only() -> Iterator[None]:
    """Show fontconfig our fonts and no others, so that every machine renders alike."""
    # fontconfig reads its configuration once per process, when WeasyPrint first asks for a font
    fonts_folder = as_file(files("cxmaturity.report").joinpath("fonts"))
    with fonts_folder as fonts, tempfile.TemporaryDirectory(prefix="cxmaturity-") as scratch:
        configuration = Path(scratch) / "fonts.conf"
        cache = Path(scratch) / "cache"
        text = _FONTS_CONF.format(fonts=escape(str(fonts)), cache=escape(str(cache)))
        configuration.write_text(text, encoding="utf-8")
        before = os.environ.get("FONTCONFIG_FILE")
        os.environ["FONTCONFIG_FILE"] = str(configuration)
        try:
            yield
        finally:
            if before is None:
                del os.environ["FONTCONFIG_FILE"]
            else:
                os.environ["FONTCONFIG_FILE"] = before


def _weasyprint() -> Any:
    """WeasyPrint, or how to get the system libraries that it loads."""
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    try:
        import weasyprint  # lazy: half a second
    except OSError as error:
        what = f"the report needs the Pango libraries, which are not installed ({error})"
        raise UserError.about(
            "", what, "run `make setup`, or see the README for your system's command"
        ) from None
    return weasyprint


def _fetcher() -> URLFetcher:
    """Serves nothing but ``data:`` addresses: no content may reach the network or the disk."""
    _weasyprint()
    from weasyprint.urls import URLFetcher

    class DataOnly(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
        """Refuses every address that does not carry its content itself."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if not url.startswith("data:"):
                raise ValueError(f"a report may not load {url}")
            return super().fetch(url, headers)

    return DataOnly()
