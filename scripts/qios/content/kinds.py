"""What kind of file it is, by its bytes. Its name only decides between two readings of a text."""

import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

HEAD_BYTES = 1 << 16
MEMBER_BYTES = 1 << 20
CONTENT_TYPES = "[Content_Types].xml"
UNKNOWN_TYPE = "application/octet-stream"
ZIP_FAULTS = (
    *(zipfile.BadZipFile, zlib.error, KeyError, OSError, ValueError, EOFError),
    *(NotImplementedError, RuntimeError),
)
"""What is raised over a damaged zip, or one without the member that is asked for."""
MEDIA_TYPE = re.compile(r"[a-z]+/[\w.+-]+")


@dataclass(frozen=True)
class Kind:
    """An IANA media type, and who reads such files: nobody where all three are empty.

    tables: the module of qios.intake.readers that finds tables in it.
    text: the way in which text is taken out of it.
    fault: the reason code with which every file of this kind is refused.
    """

    media_type: str
    tables: str = ""
    text: str = ""
    fault: str = ""

    @property
    def is_text(self) -> bool:
        """Whether it is text without any form of its own, or may be: nothing says what it is."""
        return self.tables == "delimited" or self.text in PLAIN or self == OTHER


PLAIN = ("plain_text", "markdown")

_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
XLSX = Kind(f"{_OFFICE}.spreadsheetml.sheet", tables="workbook")
XLSM = Kind("application/vnd.ms-excel.sheet.macroEnabled.12", tables="workbook")
XLSB = Kind("application/vnd.ms-excel.sheet.binary.macroEnabled.12", tables="workbook")
XLS = Kind("application/vnd.ms-excel", tables="workbook")
ODS = Kind(f"{_OPEN}.spreadsheet", tables="workbook")
SQLITE = Kind("application/vnd.sqlite3", tables="sqlite")
PDF = Kind("application/pdf", text="pdfium")
DOCX = Kind(f"{_OFFICE}.wordprocessingml.document", text="docx")
DOCM = Kind("application/vnd.ms-word.document.macroEnabled.12", text="docx")
PPTX = Kind(f"{_OFFICE}.presentationml.presentation")
ODT = Kind(f"{_OPEN}.text", text="odt")
ZIP = Kind("application/zip")
DOC = Kind("application/msword")
OLE = Kind("application/x-ole-storage")
ENCRYPTED = Kind("application/x-ole-storage", fault="encrypted_file")
OTHER = Kind(UNKNOWN_TYPE)

# The main part of an OOXML package, as its list of content types names it.
_PACKAGES = (
    (b"spreadsheetml.sheet.main+xml", XLSX),
    (b"spreadsheetml.template.main+xml", XLSX),
    (b"ms-excel.sheet.macroEnabled.main+xml", XLSM),
    (b"ms-excel.sheet.binary.macroEnabled.main", XLSB),
    (b"wordprocessingml.document.main+xml", DOCX),
    (b"wordprocessingml.template.main+xml", DOCX),
    (b"ms-word.document.macroEnabled.main+xml", DOCM),
    (b"presentationml.presentation.main+xml", PPTX),
)
_PACKAGE_MEMBERS = {"xl/workbook.xml": XLSX, "xl/workbook.bin": XLSB, "word/document.xml": DOCX}
_OPEN_DOCUMENTS = {kind.media_type: kind for kind in (ODS, ODT)}

# Streams of an OLE container, whose names are UTF-16.
_STREAMS = (
    ("EncryptedPackage", ENCRYPTED),
    ("WordDocument", DOC),
    ("Workbook", XLS),
    ("Book", XLS),
)


def kind_of(stream: BinaryIO, name: str) -> Kind:
    """The kind of a file; the stream is left at its start.

    Raises FileRefused for a file without content.
    """
    head = stream.read(HEAD_BYTES)
    kind = _by_signature(head, stream)
    if kind is None:
        from qios.content.text_kinds import text_kind

        stream.seek(0)
        kind = text_kind(stream, name) or _by_magic(head)
    stream.seek(0)
    return kind


def _by_signature(head: bytes, stream: BinaryIO) -> Kind | None:
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"PK\x03\x04"):
        return _package(stream)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _container(head, stream)
    if head.startswith(b"SQLite format 3\0"):
        return SQLITE
    return None


def _package(stream: BinaryIO) -> Kind:
    """What a zip is: a document of an office suite, or just a zip."""
    try:
        with zipfile.ZipFile(stream) as members:
            names = set(members.namelist())
            if "mimetype" in names:
                return _open_document(_member(members, "mimetype").decode("ascii", "replace"))
            types = _member(members, CONTENT_TYPES) if CONTENT_TYPES in names else b""
    except ZIP_FAULTS:
        return ZIP
    kind = next((kind for part, kind in _PACKAGES if part in types), None)
    return kind or next((k for name, k in _PACKAGE_MEMBERS.items() if name in names), ZIP)


def _member(members: zipfile.ZipFile, name: str) -> bytes:
    with members.open(name) as member:
        return member.read(MEMBER_BYTES)


def _open_document(media_type: str) -> Kind:
    media_type = media_type.strip()
    named = MEDIA_TYPE.fullmatch(media_type)
    return _OPEN_DOCUMENTS.get(media_type, Kind(media_type) if named else ZIP)


def _container(head: bytes, stream: BinaryIO) -> Kind:
    """What an OLE container is, by the names of the streams in it."""
    stream.seek(0)
    found = set()
    tail = b""
    while block := stream.read(MEMBER_BYTES):
        text = tail + block
        found |= {name for name, _ in _STREAMS if f"{name}\0".encode("utf-16-le") in text}
        tail = text[-64:]
    return next((kind for name, kind in _STREAMS if name in found), OLE)


def _by_magic(head: bytes) -> Kind:
    """What the signatures of a library say; their files are registered and not read."""
    import puremagic

    try:
        guesses = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return OTHER
    named = next(
        (g.mime_type for g in guesses if re.fullmatch(r"[a-z]+/[\w.+-]+", g.mime_type)), ""
    )
    return Kind(named) if named else OTHER


def suffix_of(name: str) -> str:
    """The end of a file's name, lower case: `.csv`."""
    return PurePath(name).suffix.lower()
