"""What the core itself brings, through the same hooks as anybody: questionnaires, a reader, formats."""

from __future__ import annotations

from importlib.resources.abc import Traversable

from cxmaturity.api import Format, Reader, Rendering, ResponseFile, ResponseTable, UserError, hookimpl

CXMATURITY_API = 1


class YamlReader(Reader):
    """Response files in YAML."""

    suffixes = (".yaml", ".yml")

    def read(self, file: ResponseFile) -> ResponseTable:
        """The respondents of a file."""
        from cxmaturity.responses.yaml_files import read_yaml_responses  # lazy: pydantic

        return read_yaml_responses(file)


class XlsxReader(Reader):
    """Answer sheets that have been filled in."""

    suffixes = (".xlsx",)

    def read(self, file: ResponseFile) -> ResponseTable:
        """The respondent of an answer sheet."""
        from cxmaturity.sheets.reading import read_answer_sheet  # lazy: openpyxl

        table = read_answer_sheet(file)
        if table is None:
            fix = "write one with `cxmaturity sheet DIR`"
            raise UserError.about(file.name, "the file is no answer sheet of cxmaturity", fix)
        return table


class PdfFormat(Format):
    """The report as PDF."""

    name = "pdf"
    suffix = ".pdf"

    def render(self, rendering: Rendering) -> bytes:
        """The page as a tagged PDF."""
        from cxmaturity.report.pdf import pdf_bytes  # lazy: WeasyPrint takes half a second

        return pdf_bytes(rendering.html())


class HtmlFormat(Format):
    """The report as a page for a browser."""

    name = "html"
    suffix = ".html"

    def render(self, rendering: Rendering) -> bytes:
        """The page as it is: one file that loads no other."""
        return rendering.html().encode("utf-8")


class JsonFormat(Format):
    """The result as data, as ``assess --json`` prints it."""

    name = "json"
    suffix = ".json"

    def render(self, rendering: Rendering) -> bytes:
        """The data as JSON."""
        from cxmaturity.export import as_text

        return as_text(rendering.data).encode("utf-8")


@hookimpl
def cxmaturity_readers() -> list[Reader]:
    """The readers of YAML and of answer sheets."""
    return [YamlReader(), XlsxReader()]


@hookimpl
def cxmaturity_formats() -> list[Format]:
    """PDF, HTML and JSON."""
    return [PdfFormat(), HtmlFormat(), JsonFormat()]


@hookimpl
def cxmaturity_questionnaires() -> list[Traversable]:
    """The questionnaires that come with the product."""
    from cxmaturity.questionnaire.shipped import shipped

    return list(shipped().values())
