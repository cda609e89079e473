"""JSON values, one after the other, from a text that need not fit into memory.

Numbers stay as they are written: they become texts, and no digit is lost on the way.
"""

import io
import json
from collections.abc import Iterator
from json.encoder import encode_basestring as quoted
from typing import Any

BLOCK_CHARS = 1 << 16
MAX_VALUE_CHARS = 1 << 26
SPACE = " \t\n\r"


class Number(str):
    """A number as it is written."""


class MalformedJsonError(ValueError):
    """The text is not JSON; the message holds nothing of it."""


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object, in which a second key of the same name becomes `name#2`."""
    found = dict(pairs)
    if len(found) < len(pairs):
        found = {}
        for name, value in pairs:
            key, number = name, 1
            while key in found:
                number += 1
                key = f"{name}#{number}"
            found[key] = value
    return found


DECODER = json.JSONDecoder(
    object_pairs_hook=_distinct,
    parse_float=Number,
    parse_int=Number,
    parse_constant=Number,
    strict=False,
)


def parse(text: str) -> Any:
    """The value that is the whole text. Raises MalformedJsonError."""
    try:
        return DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        raise MalformedJsonError from error


def cell_text(value: Any) -> str:
    """A value as the text of a cell: null is empty, an object or a list stays JSON."""
    if isinstance(value, str):
        return str(value)
    return "" if value is None else json_text(value)


def json_text(value: Any) -> str:
    """A value as JSON again, its numbers untouched."""
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(k)}: {json_text(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(json_text, value)) + "]"
    return {None: "null", True: "true", False: "false"}[value]


class JsonStream:
    """Walks through a text: what comes next, and the value that begins here."""

    def __init__(self, stream: io.TextIOBase) -> None:
        self._stream = stream
        self._text = ""
        self._at = 0
        self._ended = False

    def next(self) -> str:
        """The next character that is not a space; empty at the end."""
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in SPACE:
                    return self._text[self._at]
                self._at += 1
            if self._ended:
                return ""
            self._more()

    def take(self, character: str) -> None:
        """Step over this character, which has to be next."""
        if self.next() != character:
            raise MalformedJsonError
        self._at += 1

    def value(self) -> Any:
        """The value that begins here."""
        self.next()
        while True:
            failed: Exception | None = None
            try:
                value, end = DECODER.raw_decode(self._text, self._at)
                # What ends with the text that is read so far may go on.
                if end < len(self._text) or self._ended:
                    self._at = end
                    return value
            except RecursionError as error:
                raise MalformedJsonError from error
            except ValueError as error:
                failed = error
            if self._ended or len(self._text) - self._at > MAX_VALUE_CHARS:
                raise MalformedJsonError from failed
            self._more()

    def items(self) -> Iterator[Any]:
        """The values of the list that begins here."""
        self.take("[")
        while self.next() != "]":
            yield self.value()
            if self.next() != "]":
                self.take(",")
                if self.next() == "]":
                    raise MalformedJsonError
        self.take("]")

    def entries(self) -> Iterator[str]:
        """The keys of the object that begins here; the caller takes the value after each."""
        self.take("{")
        while self.next() != "}":
            key = self.value()
            if not isinstance(key, str) or isinstance(key, Number):
                raise MalformedJsonError
            self.take(":")
            yield key
            if self.next() != "}":
                self.take(",")
                if self.next() == "}":
                    raise MalformedJsonError
        self.take("}")

    def end(self) -> None:
        """Nothing may follow."""
        if self.next():
            raise MalformedJsonError

    def _more(self) -> None:
        rest = self._text[self._at :]
        # Twice as much each time, so that a long value is not begun over and over.
        block = self._stream.read(max(BLOCK_CHARS, len(rest)))
        self._ended = not block
        self._text, self._at = rest + block, 0
