"""The text of documents, page by page, and why there is none."""

import io
import os
import signal
from unittest import mock

import pytest

from content import made
from qios.content import documents, process
from qios.content.kinds import kind_of
from qios.content.text import Page, UnreadableError


def pages(content: bytes, name: str = "file", encoding: str | None = None) -> list[Page]:
    stream = io.BytesIO(content)
    kind = kind_of(stream, name)
    return list(documents.pages_of(stream, kind, len(content), encoding, name))


def texts(content: bytes, name: str = "file") -> list[str]:
    return [page.text.strip() for page in pages(content, name)]


def test_a_pdf_is_read_by_its_pages() -> None:
    assert texts(made.pdf("first page", "second page")) == ["first page", "second page"]


def test_a_page_that_is_a_picture_asks_to_be_recognised() -> None:
    assert [(page.text, page.needs_ocr) for page in pages(made.pdf("", "a"))] == [
        ("", True),
        ("a", False),
    ]


def test_a_docx_is_its_paragraphs_and_its_notes() -> None:
    assert texts(made.docx("one", "two", footnote="below")) == ["one\ntwo\n\nbelow"]


def test_an_odt_is_read_in_the_order_of_its_text() -> None:
    content = (
        "<text:h>Head</text:h><text:p>some <text:span>bold</text:span> words<text:tab/>x</text:p>"
    )
    assert texts(made.odt(content)) == ["Head\nsome bold words\tx"]


def test_a_web_page_is_what_a_reader_sees() -> None:
    content = b"""<html><head><title>Title</title><script>no()</script></head>
        <body><p>Fish &amp; <b>chips</b></p><ul><li>one<li>two</ul>"""
    assert texts(content) == ["Title\nFish & chips\none\ntwo"]
    latin = '<html><meta charset="iso-8859-1"><p>Gr\u00fc\u00dfe'.encode("latin-1")
    assert texts(latin) == ["Gr\u00fc\u00dfe"]
    assert texts(b'<html><meta charset="klingon"><p>a') == ["a"]


def test_an_email_is_its_head_its_body_and_the_mail_within() -> None:
    outer, inner = texts(made.EMAIL)
    assert outer.splitlines() == [
        "From: Ann <ann@example.com>",
        "To: bob@example.com",
        "Date: Mon, 06 May 2024 10:00:00 +0200",
        "Subject: Gr\u00fc\u00dfe",
        "",
        "Hello Bob",
        "Attachment: plan.pdf",
    ]
    assert inner.splitlines() == ["From: carol@example.com", "Subject: within", "", "inner body"]


def test_a_form_feed_ends_a_page_of_text() -> None:
    assert texts(b"one\ftwo\f\fthree") == ["one", "two", "", "three"]
    with mock.patch.object(documents, "PAGE_CHARS", 8):
        assert (
            "".join(page.text for page in pages(b"some words\nand more")) == "some words\nand more"
        )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (made.pdf("a", encrypted=True), "encrypted"),
        (made.pdf("a")[:150], "damaged"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 9, "damaged"),
        (made.odt("", manifest="<m:encryption-data/>"), "encrypted"),
        (made.odt("<text:p>"), "damaged"),
        (made.docx("a")[:-30], None),
        (made.zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "damaged"),
    ],
)
def test_what_gives_no_text_says_why(content: bytes, code: str | None) -> None:
    if code is None:
        assert kind_of(io.BytesIO(content), "file").text == ""
        return
    with pytest.raises(UnreadableError, match=code):
        pages(content)


def test_entities_of_a_forged_document_are_not_expanded() -> None:
    bomb = '<!DOCTYPE d [<!ENTITY a "aaaa">]><d xmlns:text="t"><text:p>&a;</text:p></d>'
    members = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": bomb}
    with pytest.raises(UnreadableError, match="damaged"):
        pages(made.zipped(members))


def test_a_document_that_takes_too_long_is_given_up_and_the_next_one_read() -> None:
    with mock.patch.object(process, "SECONDS", 0), pytest.raises(UnreadableError) as given_up:
        pages(made.pdf(*["a"] * 50))
    assert given_up.value.code == "too_slow"
    assert texts(made.pdf("next")) == ["next"]


def test_a_crash_of_the_library_is_one_damaged_document() -> None:
    assert texts(made.pdf("a")) == ["a"]
    os.kill(process._reader()._process.pid, signal.SIGSEGV)
    with pytest.raises(UnreadableError, match="damaged"):
        pages(made.pdf("b"))
    assert texts(made.pdf("c")) == ["c"]
