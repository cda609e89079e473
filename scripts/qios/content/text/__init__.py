"""Ways in which text is taken out of a document, a module each: `pages(stream, encoding)`.

They run in a process of their own (qios.content.worker), since a broken document may crash a
library or keep it busy for ever.
"""

from dataclasses import dataclass

MODULES = {"pdfium": "pdf", "docx": "docx", "odt": "odt", "html": "html", "email": "mail"}
"""Extraction method → the module of this package that follows it."""

WORKBOOK_TRIAL = "workbook_trial"
"""The module that only looks whether a workbook can be read at all."""


@dataclass(frozen=True)
class Page:
    """The text of a page. needs_ocr: it has none, but images that may show some."""

    text: str
    needs_ocr: bool = False


class UnreadableError(Exception):
    """The document as a whole gives no text; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
