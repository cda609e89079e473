"""Why a row or a file is refused: each reason code, and what a person can do about it."""

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
}
"""Reason code -> cure."""

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
