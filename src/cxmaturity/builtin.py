"""What the core itself brings, through the same hooks as anybody: questionnaires, readers, formats."""

from __future__ import annotations

from importlib.resources.abc import Traversable

from cxmaturity.api import Format, Reader, Rendering, ResponseFile, ResponseTable, hookimpl

CXMATURITY_API = 1


class YamlReader(Reader):
    """Response files in YAML."""

    suffixes = (".yaml", ".yml")

    def read(self, file: ResponseFile) -> ResponseTable:
        """The respondents of a file."""
        from cxmaturity.responses.yaml_files import read_yaml_responses  # lazy: pydantic

        return read_yaml_responses(file)


class JsonReader(Reader):
    """Response files in JSON: as those in YAML, or a list of rows; JSON Lines have a row on each line."""

    suffixes = (".json", ".jsonl")

    def read(self, file: ResponseFile) -> ResponseTable:
        """The respondents of a file."""
        from cxmaturity.responses.json_files import read_json_responses  # lazy: pydantic

        return read_json_responses(file)


class TableReader(Reader):
    """Tables of answers in text files and Parquet."""

    suffixes = (".csv", ".tsv", ".parquet")

    def read(self, file: ResponseFile) -> ResponseTable:
        """The respondents of a table in wide or long form, or as the mapping beside it says."""
        from cxmaturity.responses.table_files import read_table  # lazy: numpy, and duckdb for Parquet

        return read_table(file)


class WorkbookReader(Reader):
    """Workbooks: answer sheets that have been filled in, and tables of answers."""

    suffixes = (".xlsx",)

    def read(self, file: ResponseFile) -> ResponseTable:
        """The respondent of an answer sheet, else the respondents of the table in a workbook."""
        from cxmaturity.responses.table_files import read_table  # lazy: numpy
        from cxmaturity.sheets.reading import read_answer_sheet

        return read_answer_sheet(file) or read_table(file)


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
    """The readers of YAML, JSON, text files, Parquet and workbooks."""
    return [YamlReader(), JsonReader(), TableReader(), WorkbookReader()]


@hookimpl
def cxmaturity_formats() -> list[Format]:
    """PDF, HTML and JSON."""
    return [PdfFormat(), HtmlFormat(), JsonFormat()]


@hookimpl
def cxmaturity_questionnaires() -> list[Traversable]:
    """The questionnaires that come with the product."""
    from cxmaturity.questionnaire.shipped import shipped

    return list(shipped().values())
