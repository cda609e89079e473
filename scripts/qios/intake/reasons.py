"""Why a row or a file is refused: every reason code, and what a person can do about it."""

from qios.errors import Findings

_EXPORT_AGAIN = "export it again, or leave it out of the import"
_MEND = "mend the row in the program that made the file, export it again and import that"

CURES = {
    "missing_cell": _MEND,
    "extra_cell": f"{_MEND}; a comma inside a cell needs the cell in quotes",
    "nul_byte": _MEND,
    "invalid_encoding": "name the encoding of the file: `qios stage --retry --encoding cp1252`",
    "unterminated_quote": f"{_MEND}; a quote inside a cell is written twice",
    "text_after_quote": f"{_MEND}; a quote inside a cell is written twice",
    "cell_too_large": _MEND,
    "mmex_shifted_row": "Money Manager Ex drops empty cells at the start of a row: put ID or Date "
    "first and export again, or import the .mmb file itself",
    "mmex_zero_amounts": "this version of Money Manager Ex exports no amounts: import the .mmb "
    "file itself, or export with another version",
    "shape_uncertain": "mend the row above it that could not be read; import the file again",
    "id_in_scientific_notation": "a spreadsheet has rounded the id: export the file again and "
    "import it without opening it in one",
    "unknown_source": "register a source with these headings, or make a renamed heading an alias "
    "in seeds/qinexus/qinexus__seed_source_columns.csv, then `qios stage --retry`",
    "malformed_json": "mend it, or export it again: it is not JSON from there on",
    "malformed_header": "make the first row of the file the column names, then import it again",
    "blank_header": "make the first row of the file the column names, then import it again",
    "empty_file": _EXPORT_AGAIN,
    "damaged_file": _EXPORT_AGAIN,
    "unwritten_changes": "close the program that has the database open, which writes them into it, "
    "and import it again",
    "encrypted_file": "save a copy without a password, and import that",
    "encrypted_export": "export it again without encryption, in Bitwarden as `.json` and not as "
    "`.json (Encrypted)`; ingest that, then `qios vault export` it and delete it",
    "unknown_password_export": "nothing of it was stored but its hash; register its headings as a "
    "source of the kind credentials, then `qios stage --retry`; it still lies there in plain text",
    "sheet_too_large": "delete the far-off cells that make the sheet so large, and import it again",
}
"""Reason code of a row or a file -> cure."""

DOCUMENT_CURES = {
    "encrypted": CURES["encrypted_file"],
    "damaged": _EXPORT_AGAIN,
    "too_slow": "save it anew in the program that made it, or convert it to another format",
    "invalid_encoding": CURES["invalid_encoding"],
}
"""Reason code of a document without text -> cure."""

_UNPACK = "unpack it yourself and register the folder, if you trust where it comes from"

ARCHIVE_CURES = {
    "archive_bomb": _UNPACK,
    "nested_too_deep": _UNPACK,
    "unsafe_member_name": "pack the archive again without folders above its own, or unpack it "
    "yourself and register the file",
    "encrypted_member": "unpack it with its password and register the folder",
    "unsupported_compression": "pack it again as an ordinary zip, or unpack it yourself",
    "damaged_archive": "fetch or export it again",
    "damaged_member": "fetch or export the archive again",
}
"""Reason code of an archive or a member of one -> cure."""


class FileRefused(Findings):
    """A file that cannot be read as a whole; its reason code is kept with the version."""

    def __init__(self, name: str, code: str, what: str) -> None:
        super().__init__(f"{name} {what} ({code})", CURES[code])
        self.code = code
