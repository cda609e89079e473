"""What kind of archive a file is, by its first bytes and never by its name."""

from collections.abc import Iterable

ZIP, GZIP, TAR = "zip", "gzip", "tar"

MEDIA_TYPES = {ZIP: "application/zip", GZIP: "application/gzip", TAR: "application/x-tar"}

HEAD_BYTES = 262
"""How much of a file `kind_of` looks at."""

_ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06")  # a zip without members begins with its end
_GZIP_MARK = b"\x1f\x8b\x08"
_TAR_MARK = slice(257, 262), b"ustar"

# Documents whose format is a zip: their members say nothing by themselves.
_DOCUMENT_PARTS = frozenset(
    {"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF", "AndroidManifest.xml"}
)


def kind_of(head: bytes) -> str | None:
    """ZIP, GZIP or TAR by the first HEAD_BYTES of a file; None for anything else."""
    if head.startswith(_ZIP_MARKS):
        return ZIP
    if head.startswith(_GZIP_MARK):
        return GZIP
    where, mark = _TAR_MARK
    return TAR if head[where] == mark else None


def is_document(names: Iterable[str]) -> bool:
    """Whether a zip of these members is a document, such as .xlsx, .odt, .epub or .jar."""
    return not _DOCUMENT_PARTS.isdisjoint(names)
