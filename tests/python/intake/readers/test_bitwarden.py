"""A Bitwarden JSON export in the columns of its CSV: nothing in it is left out."""

import json
import uuid
from pathlib import Path

import pytest

from qios.intake.batch import FileVersion
from qios.intake.readers.json_records import open_tables
from qios.intake.reasons import FileRefused


def read(path: Path, content: object, part: str = "") -> tuple[list[str], list[dict[str, str]]]:
    """The header, and the cells of each row that are not empty."""
    path.write_text(json.dumps(content), encoding="utf-8")
    version = FileVersion(uuid.uuid4(), uuid.uuid4(), 1, path, "", path.stat().st_size)
    with open_tables(version, None) as tables:
        name, records = next(tables)
        rows = [row for chunk in records.chunks() for row in chunk.rows]
        assert (name, records.read, list(tables)) == (part, len(rows), [])
    named = (zip(records.header, row, strict=True) for row in rows)
    return records.header, [{key: cell for key, cell in row if cell} for row in named]


def test_items_are_rows_of_the_csv_export(tmp_path: Path) -> None:
    login = {
        "uris": [{"match": None, "uri": "https://a.example/"}, {"uri": "https://b.example/"}],
        "username": "anna",
        "password": "Regenbogen!42",
        "totp": "JBSWY3DP",
        "fido2Credentials": [{"keyValue": "k"}],
    }
    fields = [{"name": "PIN", "value": "4711", "type": 1}, {"name": "Kind", "value": None}]
    items = [
        {"id": "1", "folderId": "f", "type": 1, "reprompt": 0, "name": "A", "favorite": True,
         "notes": "n", "fields": fields, "login": login, "passwordHistory": [{"password": "old"}]},
        {"id": "2", "type": 2, "name": "Codes", "notes": "1 2 3", "favorite": False},
        {"id": "3", "type": 5, "sshKey": {"privateKey": "p"}, "login": None},
        "not an item",
    ]  # fmt: skip
    content = {"encrypted": False, "folders": [{"id": "f", "name": "Home"}], "items": items}
    header, rows = read(tmp_path / "export.json", content)
    assert header[7:11] == ["login_uri", "login_username", "login_password", "login_totp"]
    assert rows == [
        {
            "id": "1", "folderId": "f", "folder": "Home", "favorite": "1", "type": "login",
            "name": "A", "notes": "n", "fields": "PIN: 4711\nKind: ", "reprompt": "0",
            "login_uri": "https://a.example/,https://b.example/", "login_username": "anna",
            "login_password": "Regenbogen!42", "login_totp": "JBSWY3DP",
            "login_other": '{"fido2Credentials": [{"keyValue": "k"}]}',
            "passwordHistory": '[{"password": "old"}]',
        },
        {"id": "2", "type": "note", "name": "Codes", "notes": "1 2 3"},
        {"id": "3", "type": "sshKey", "sshKey": '{"privateKey": "p"}'},
        {"notes": "not an item"},
    ]  # fmt: skip


def test_an_export_without_folders_or_items(tmp_path: Path) -> None:
    header, rows = read(tmp_path / "export.json", {"encrypted": False, "items": []})
    assert ("login_password" in header, rows) == (True, [])


def test_an_encrypted_export_is_refused(tmp_path: Path) -> None:
    content = {"encrypted": True, "encKeyValidation_DO_NOT_EDIT": "2.x|y|z", "items": []}
    with pytest.raises(FileRefused) as refused:
        read(tmp_path / "export.json", content)
    assert refused.value.code == "encrypted_export"


def test_a_list_of_other_items_is_a_table_as_ever(tmp_path: Path) -> None:
    path = tmp_path / "export.json"
    header, rows = read(path, {"encrypted": False, "items": [{"sku": "1"}]}, part="items")
    assert (header, rows) == (["sku"], [{"sku": "1"}])
