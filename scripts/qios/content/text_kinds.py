"""Which kind of text a file is: by how it reads, and where two readings fit, by its name."""

import csv
import json
import re
from typing import BinaryIO

from qios.content.kinds import Kind, suffix_of
from qios.intake.decode import open_text, storable

SAMPLE_CHARS = 1 << 16
DIALECT_CHARS = 1 << 12
DELIMITERS = ",;\t|"
FEW_ROWS = 4

CSV = Kind("text/csv", tables="delimited")
TSV = Kind("text/tab-separated-values", tables="delimited")
JSON = Kind("application/json", tables="json_records")
JSON_LINES = Kind("application/x-ndjson", tables="json_records")
TEXT = Kind("text/plain", text="plain_text")
MARKDOWN = Kind("text/markdown", text="markdown")
HTML = Kind("text/html", text="html")
EMAIL = Kind("message/rfc822", text="email")
XML = Kind("application/xml", text="plain_text")
RTF = Kind("application/rtf")
SVG = Kind("image/svg+xml")

_SUFFIXES = {
    ".csv": CSV, ".tsv": TSV, ".tab": TSV, ".psv": CSV,
    ".md": MARKDOWN, ".markdown": MARKDOWN,
    ".json": JSON, ".jsonl": JSON_LINES, ".ndjson": JSON_LINES,
}  # fmt: skip

_MARKS = re.compile(r"\s*(?:<\?xml\b[^>]*>\s*)?(?:<!--.*?-->\s*)*", re.S)
_STARTS = (
    (re.compile(r"<(!doctype html|html|head|body)\b", re.I), HTML),
    (re.compile(r"<(!doctype )?svg\b", re.I), SVG),
    (re.compile(r"\{\\rtf\d"), RTF),
)
_HEADERS = re.compile(
    r"^(from|to|cc|subject|date|received|return-path|delivered-to|message-id|mime-version"
    r"|content-type|dkim-signature|reply-to|sender):",
    re.I | re.M,
)
_HEADER_LINE = re.compile(r"[!-9;-~]+:|[ \t]+\S|From ")
_JSON_START = re.compile(r'\s*(?:\{\s*["}]|\[\s*(?:["{\[\]\d-]|true|false|null))')
_MARKUP = re.compile(
    r"^(?:#{1,6} \S|\s*[-*+] \[[ x]\] |```|~~~|\|?\s*:?-{3,}:?\s*\|)|\[[^\]\n]+\]\([^)\n]+\)", re.M
)
_SENTENCE = re.compile(r"[.!?]\s*$|.{80}")
_CONTROLS = re.compile("[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_UNDECODABLE = re.compile("[\udc80-\udcff]")


def text_kind(stream: BinaryIO, name: str) -> Kind | None:
    """The kind of text; None where the bytes are no text. Raises FileRefused for an empty file."""
    opened = open_text(stream, name=name).stream
    try:
        sample = opened.read(SAMPLE_CHARS)
        complete = not opened.read(1)
    finally:
        opened.detach()
    named = _SUFFIXES.get(suffix_of(name))
    if not _is_text(sample, named is not None):
        return None
    begins = _MARKS.match(sample).end()
    start = next((kind for pattern, kind in _STARTS if pattern.match(sample, begins)), None)
    if start or sample.lstrip().startswith("<?xml"):
        return start or XML
    if _is_email(sample):
        return EMAIL
    found = _json(sample, complete, named)
    if found:
        return found
    if named and named.tables != "json_records":
        return named
    delimiter = delimiter_of(sample)
    if _is_table(sample, delimiter, complete):
        return TSV if delimiter == "\t" else CSV
    return MARKDOWN if len(_MARKUP.findall(sample)) >= 2 else TEXT


def _is_text(sample: str, named_so: bool) -> bool:
    """Control characters are rare in text, and one in nine among random bytes."""
    share = (0.05 if named_so else 0.01) if _UNDECODABLE.search(sample) else 0.3
    return len(_CONTROLS.findall(sample)) <= len(sample) * share


def _is_email(sample: str) -> bool:
    head = re.split(r"\r?\n\r?\n", sample, maxsplit=1)[0]
    return len({name.lower() for name in _HEADERS.findall(head)}) >= 3 and all(
        _HEADER_LINE.match(line) for line in head.splitlines()
    )


def _json(sample: str, complete: bool, named: Kind | None) -> Kind | None:
    """JSON where it can be read as such; broken JSON only where the name says that it is meant."""
    if not _JSON_START.match(sample):
        return None
    lines = [line for line in sample.splitlines()[: None if complete else -1] if line.strip()]
    if len(lines) > (named is not JSON_LINES) and all(map(_reads, lines[:2])):
        return JSON_LINES
    if named in (JSON, JSON_LINES):
        return named
    return JSON if not complete or _reads(sample) else None


def _reads(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict | list)
    except (ValueError, RecursionError):
        return False


def delimiter_of(sample: str) -> str:
    """What separates the cells; a comma where nothing does."""
    sample = sample[:DIALECT_CHARS]
    present = [mark for mark in DELIMITERS if mark in sample]
    if len(present) < 2:
        return present[0] if present else ","
    import clevercsv

    try:
        dialect = clevercsv.Sniffer().sniff(storable(sample), delimiters=DELIMITERS)
    except clevercsv.exceptions.Error:
        dialect = None
    return dialect.delimiter if dialect and dialect.delimiter else present[0]


def _is_table(sample: str, delimiter: str, complete: bool) -> bool:
    """Whether lines have the same number of cells, and more than one, as no prose has."""
    try:
        lines = sample.splitlines(keepends=True)[: None if complete else -1]
        rows = [row for row in csv.reader(lines, delimiter=delimiter) if row]
    except csv.Error:
        return False
    if len(rows) < 2 or len(rows[0]) < 2:
        return False
    if delimiter == "," and len(rows) < FEW_ROWS and any(map(_SENTENCE.search, rows[0])):
        return False  # two lines of prose may have as many commas
    like_header = sum(len(row) == len(rows[0]) for row in rows)
    return like_header >= len(rows) * 0.9
