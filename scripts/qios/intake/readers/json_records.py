"""Tables of a JSON file: a list of objects, an object with such lists, or an object a line.

The file is read twice: once for the keys, which are the columns, and once for the rows. A value
that is an object or a list itself stays as JSON text. A Bitwarden export is read as its CSV.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from qios.intake.batch import FileVersion
from qios.intake.chunk import Rejected
from qios.intake.decode import DecodedFile, open_text
from qios.intake.readers import bitwarden
from qios.intake.readers.json_text import JsonStream, MalformedJsonError, cell_text, parse
from qios.intake.readers.shape import Record, TableRecords
from qios.intake.reasons import FileRefused

VALUE = "value"
"""The column of what is no object."""
MAX_COLUMNS = 1000
"""A list of objects with more keys than this is no table: each object stands in one cell."""

Columns = dict[str, None]


@contextmanager
def open_tables(
    version: FileVersion, encoding: str | None
) -> Iterator[Iterator[tuple[str, TableRecords]]]:
    """Key of the list, empty where the file is one list, and records. Raises FileRefused."""
    name = version.name
    try:
        yield _tables(version, encoding, name)
    except (MalformedJsonError, RecursionError) as error:
        raise FileRefused(name, "malformed_json", "is not JSON to its end") from error


def _tables(
    version: FileVersion, encoding: str | None, name: str
) -> Iterator[tuple[str, TableRecords]]:
    columns, keys, lines = _survey(version, encoding, name)
    of_items = columns.get(bitwarden.ITEMS, {})
    if bitwarden.is_vault(keys, of_items, name):
        yield "", _vault(version, encoding, columns, of_items)
        return
    for key, known in columns.items():
        text = open_text(version.open(), name=name, declared=encoding)
        with text.stream:
            records = _lines(text) if lines else _values(text, key)
            header = list(known)
            if len(header) > MAX_COLUMNS:
                header = [VALUE]
            yield key, TableRecords(header, _as_rows(records, header), text.encoding)


def _vault(
    version: FileVersion, encoding: str | None, columns: dict[str, Columns], of_items: Columns
) -> TableRecords:
    """The items of a Bitwarden export with these lists."""

    def values(key: str) -> Iterator[tuple[int, Any]]:
        text = open_text(version.open(), name=version.name, declared=encoding)
        with text.stream:
            yield from _values(text, key) if key in columns else ()

    header = bitwarden.header_of(of_items)
    folders = bitwarden.folder_names(value for _, value in values(bitwarden.FOLDERS))
    rows = bitwarden.rows_of(values(bitwarden.ITEMS), header, folders)
    return TableRecords(header, rows, encoding)


def _survey(
    version: FileVersion, encoding: str | None, name: str
) -> tuple[dict[str, Columns], Columns, bool]:
    """Key of each list -> its columns, the keys of the object that holds them, and whether the file
    has an object a line."""
    with open_text(version.open(), name=name, declared=encoding).stream as stream:
        try:
            return *_columns_of_lists(JsonStream(stream)), False
        except MalformedJsonError:
            pass
    text = open_text(version.open(), name=name, declared=encoding)
    columns: Columns = {}
    good = bad = 0
    with text.stream:
        for _, value in _lines(text):
            if isinstance(value, Rejected):
                bad += 1
            else:
                good += 1
                _add_columns(columns, value)
    if good <= bad or not columns:
        raise MalformedJsonError
    return {"": columns}, {}, True


def _columns_of_lists(json: JsonStream) -> tuple[dict[str, Columns], Columns]:
    """Key of each list -> its columns, and all keys of the object."""
    found: dict[str, Columns] = {}
    whole: Columns = {}
    if json.next() == "{":
        for key in json.entries():
            whole[key] = None
            columns: Columns = {}
            objects = _survey_list(json, columns) if json.next() == "[" else _skip(json)
            if objects:
                found[key] = columns
        found = found or {"": whole}
    elif json.next() == "[":
        _survey_list(json, found.setdefault("", {}))
    else:
        raise MalformedJsonError
    json.end()
    return {key: columns for key, columns in found.items() if columns}, whole


def _survey_list(json: JsonStream, columns: Columns) -> bool:
    """Collect the columns of a list; whether there is an object in it."""
    objects = False
    for value in json.items():
        _add_columns(columns, value)
        objects = objects or isinstance(value, dict)
    return objects


def _skip(json: JsonStream) -> bool:
    json.value()
    return False


def _add_columns(columns: Columns, value: Any) -> None:
    if len(columns) <= MAX_COLUMNS:
        columns |= dict.fromkeys(value if isinstance(value, dict) else (VALUE,))


def _values(text: DecodedFile, key: str) -> Iterator[tuple[int, Any]]:
    """The values of a list, counted from one; of an object without lists, itself."""
    json = JsonStream(text.stream)
    if json.next() == "[":
        yield from enumerate(json.items(), 1)
    elif key:
        for found in json.entries():
            if found == key:
                yield from enumerate(json.items(), 1)
            else:
                json.value()
    else:
        yield 1, json.value()


def _lines(text: DecodedFile) -> Iterator[tuple[int, Any]]:
    """Line number and value of each line; a line that is not JSON is a refused record."""
    for number, line in enumerate(text.stream, 1):
        if not line.strip():
            continue
        try:
            value = parse(line)
        except MalformedJsonError:
            value = None
        if not isinstance(value, dict | list):
            why = ("malformed_json",), "the line is no JSON object"
            value = Rejected(0, number, *why, line=line.rstrip("\r\n"))
        yield number, value


def _as_rows(values: Iterator[tuple[int, Any]], header: list[str]) -> Iterator[Record]:
    whole = header == [VALUE]
    for number, value in values:
        if isinstance(value, Rejected):
            yield value
        elif isinstance(value, dict) and not (whole and value.keys() != {VALUE}):
            yield number, [cell_text(value.get(name)) for name in header]
        else:
            row = dict.fromkeys(header, "") | {VALUE: cell_text(value)}
            yield number, list(row.values())
