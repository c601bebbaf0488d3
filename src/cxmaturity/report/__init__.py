"""The report: a context of plain values, charts as geometry, templates, and the PDF made of them."""
