"""The items of a Bitwarden JSON export, in the columns of the program's own CSV export.

So the same source claims both, and a sign-in is the same in both. What the CSV leaves out (cards,
identities, keys, earlier passwords) follows in columns of its own.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from qios.intake.readers.json_text import cell_text
from qios.intake.reasons import FileRefused

ITEMS, FOLDERS = "items", "folders"
HEADER = (
    *("folder", "favorite", "type", "name", "notes", "fields", "reprompt"),
    *("login_uri", "login_username", "login_password", "login_totp", "login_other"),
)
_ITEM = {"favorite", "type", "name", "notes", "fields", "reprompt", "login"}
_LOGIN = {"uris", "username", "password", "totp"}
_MARKS = {"encrypted", ITEMS}
_KINDS = {"login", "secureNote", "card", "identity", "sshKey"}
"""An item is of one kind, and has what belongs to it under that key."""

_OF_ENCRYPTED = "encKeyValidation_DO_NOT_EDIT"
_TYPES = {"1": "login", "2": "note", "3": "card", "4": "identity", "5": "sshKey"}


def is_vault(keys: Collection[str], of_items: Collection[str], name: str) -> bool:
    """Whether a JSON object with these keys, and these in the objects of its list of items, is such
    an export. FileRefused for an encrypted one."""
    if _OF_ENCRYPTED in keys:
        raise FileRefused(name, "encrypted_export", "is an encrypted Bitwarden export")
    of_items = set(of_items)
    return set(keys) >= _MARKS and (not of_items or bool(_KINDS & of_items))


def header_of(keys: Collection[str]) -> list[str]:
    """The header of a table of items with these keys."""
    return [*HEADER, *(key for key in keys if key not in _ITEM)]


def folder_names(folders: Iterable[Any]) -> dict[str, str]:
    """Id -> name of each folder."""
    known = (folder for folder in folders if isinstance(folder, dict))
    return {cell_text(folder.get("id")): cell_text(folder.get("name")) for folder in known}


def rows_of(
    items: Iterable[tuple[int, Any]], header: list[str], folders: Mapping[str, str]
) -> Iterator[tuple[int, list[str]]]:
    """folders: id -> name. What is no object stands in the cell of its notes."""
    for number, item in items:
        cells = _cells(item, folders) if isinstance(item, dict) else {"notes": cell_text(item)}
        yield number, [cells.get(name, "") for name in header]


def _cells(item: Mapping[str, Any], folders: Mapping[str, str]) -> dict[str, str]:
    login = item.get("login") if isinstance(item.get("login"), dict) else {}
    cells = {key: cell_text(value) for key, value in item.items() if key != "login"}
    cells["folder"] = folders.get(cell_text(item.get("folderId")), "")
    cells["favorite"] = "1" if item.get("favorite") is True else ""
    cells["type"] = _TYPES.get(cells.get("type", ""), cells.get("type", ""))
    cells["fields"] = _fields(item.get("fields"))
    cells["login_uri"] = _uris(login.get("uris"))
    for key in ("username", "password", "totp"):
        cells[f"login_{key}"] = cell_text(login.get(key))
    rest = {key: value for key, value in login.items() if key not in _LOGIN and value}
    cells["login_other"] = cell_text(rest) if rest else ""
    return cells


def _uris(uris: Any) -> str:
    """All addresses of an item, joined by commas as in the CSV."""
    listed = [uri.get("uri") for uri in uris or () if isinstance(uri, dict)]
    return ",".join(cell_text(uri) for uri in listed if uri)


def _fields(fields: Any) -> str:
    """Own fields of an item, one a line as in the CSV."""
    listed = [field for field in fields or () if isinstance(field, dict)]
    return "\n".join(f"{cell_text(f.get('name'))}: {cell_text(f.get('value'))}" for f in listed)
