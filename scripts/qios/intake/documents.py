"""The text of a document into qinexus.extracted_text, page by page."""

import uuid
from dataclasses import dataclass
from typing import Any

import psycopg

from qios import __version__
from qios.content.documents import pages_of
from qios.content.kinds import Kind
from qios.content.text import Page, UnreadableError
from qios.gate import clean_text
from qios.ids import stable_id
from qios.intake.batch import FileVersion
from qios.intake.decode import is_decodable, storable
from qios.intake.reasons import DOCUMENT_CURES

BLOCK_PAGES = 100


@dataclass
class Document:
    """What became of a document: its pages, the letters on them, and what is wrong with it.

    without_text: how many pages show images only. error_code: none where all could be read.
    """

    path: str
    media_type: str
    pages: int = 0
    characters: int = 0
    without_text: int = 0
    error_code: str | None = None

    @property
    def cure(self) -> str:
        return DOCUMENT_CURES[self.error_code] if self.error_code else ""


def take_text(
    database: psycopg.Connection, version: FileVersion, kind: Kind, encoding: str | None
) -> Document:
    """Write the text of a version, in the open transaction; what was written before goes."""
    name = version.name
    document = Document(name, kind.media_type)
    database.execute(
        "delete from qinexus.extracted_text where file_version_id = %s", [version.version_id]
    )
    about = {
        "file_version_id": version.version_id,
        "extraction_method": kind.text,
        "tool_version": _tool_version(kind),
    }
    rows = []
    try:
        with version.open() as stream:
            for page in pages_of(stream, kind, encoding, name):
                rows.append(about | _row(document, page))
                if len(rows) == BLOCK_PAGES:
                    _write(database, rows)
    except UnreadableError as unreadable:
        document.error_code = unreadable.code
    if document.error_code and not document.pages:
        nothing = {"text_content": None, "character_count": 0, "needs_ocr": False}
        rows.append(about | nothing | {"page_number": 1, "error_code": document.error_code})
    _write(database, rows)
    return document


def _row(document: Document, page: Page) -> dict[str, Any]:
    document.pages += 1
    text = page.text.strip()
    error = None if text else "no_text"
    if not is_decodable(text):
        error = document.error_code = "invalid_encoding"
    text = clean_text(storable(text))
    document.characters += len(text)
    document.without_text += page.needs_ocr
    return {
        "page_number": document.pages,
        "text_content": text or None,
        "character_count": len(text),
        "needs_ocr": page.needs_ocr,
        "error_code": error,
    }


def _write(database: psycopg.Connection, rows: list[dict[str, Any]]) -> None:
    with database.cursor() as cursor:
        cursor.executemany(
            """
            insert into qinexus.extracted_text
                (id, file_version_id, extraction_method, tool_version, page_number,
                 text_content, character_count, needs_ocr, error_code)
            values
                (%(id)s, %(file_version_id)s, %(extraction_method)s, %(tool_version)s,
                 %(page_number)s, %(text_content)s, %(character_count)s, %(needs_ocr)s,
                 %(error_code)s)
            """,
            [row | {"id": _id(row)} for row in rows],
        )
    rows.clear()


def _id(row: dict[str, Any]) -> uuid.UUID:
    page = str(row["page_number"])
    return stable_id("qinexus.extracted_text", str(row["file_version_id"]), page)


def _tool_version(kind: Kind) -> str:
    if kind.text == "pdfium":
        from importlib.metadata import version

        return f"pypdfium2 {version('pypdfium2')}"
    return f"qios {__version__}"
