"""Text of a PDF, page by page."""

from collections.abc import Iterator
from typing import BinaryIO

from qios.content.text import Page, UnreadableError


def pages(stream: BinaryIO, encoding: str | None) -> Iterator[Page]:
    """Every page in its order. Raises UnreadableError."""
    import pypdfium2
    from pypdfium2.raw import FPDF_ERR_PASSWORD, FPDF_PAGEOBJ_IMAGE

    try:
        document = pypdfium2.PdfDocument(stream.read())
    except pypdfium2.PdfiumError as error:
        locked = error.err_code == FPDF_ERR_PASSWORD
        raise UnreadableError("encrypted" if locked else "damaged") from error
    for number in range(len(document)):
        try:
            page = document[number]
            text = page.get_textpage().get_text_bounded()
            images = page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=4)
            scanned = not text.strip() and next(iter(images), None) is not None
        except pypdfium2.PdfiumError as error:
            raise UnreadableError("damaged") from error
        yield Page(text, needs_ocr=scanned)
