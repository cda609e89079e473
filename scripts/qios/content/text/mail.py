"""Text of an e-mail: who wrote what to whom, the body, and the names of what is attached."""

from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import BinaryIO

from qios.content.text import Page
from qios.content.text.html import html_text

HEADERS = ("From", "To", "Cc", "Date", "Subject")


def pages(stream: BinaryIO, encoding: str | None) -> Iterator[Page]:
    """One page for the message, and one for each message within it."""
    message = BytesParser(policy=policy.default).parse(stream)
    for part in message.walk():
        if part is message or part.get_content_type() == "message/rfc822":
            inner = part.get_payload(0) if part is not message else part
            yield Page(_text(inner))


def _text(message: EmailMessage) -> str:
    lines = [f"{name}: {message[name]}" for name in HEADERS if message[name]]
    body = message.get_body(preferencelist=("plain", "html"))
    if body is not None:
        text = _content(body)
        lines += ["", html_text(text) if body.get_content_subtype() == "html" else text]
    names = [part.get_filename() for part in message.iter_attachments()]
    return "\n".join([*lines, *(f"Attachment: {name}" for name in names if name)])


def _content(part: EmailMessage) -> str:
    try:
        return part.get_content()
    except (LookupError, UnicodeError, ValueError):
        # A charset that nobody knows.
        content = part.get_payload(decode=True) or b""
        return content.decode("utf-8", "surrogateescape")
