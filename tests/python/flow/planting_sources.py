"""Exports that their sources are known by, with secrets where these have room for them."""

import json
import sqlite3
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

from flow.canaries import ONE_LINE, Canaries
from flow.planting import package, text_of, xml, zipped
from notion_export import PROJECTS, TASKS, Export

GOOGLE = [
    *("First Name", "Last Name", "Notes", "E-mail 1 - Value", "Phone 1 - Label", "Phone 1 - Value"),
    *("Custom Field 1 - Label", "Custom Field 1 - Value"),
]
LEGS = [*("ID", "Date", "Status", "Type", "Account", "Payee", "Category", "Amount")]
LEGS += ["Currency", "Number", "Notes"]
FLOWS = [*("ID", "Date", "Account", "Payee", "Amount", "Category", "SubCategory", "Number")]
FLOWS += ["Notes"]

Plant = Callable[[str], str]


def plant_sources(folder: Path, canaries: Canaries) -> None:
    """Write all files below the folder."""

    def said(where: str) -> str:
        return canaries.shaped("said", where)

    google(folder, canaries, said)
    settings(folder, canaries, said)
    vault(folder, canaries)
    books(folder, said)
    notion(folder, said)
    sheets(folder, said)
    letters(folder, canaries, said)


def google(folder: Path, canaries: Canaries, said: Plant) -> None:
    """A field of the user's own, which is a label and a value."""
    secret = canaries.bare("Google, a custom field")
    several = f"Web site ::: Wi-Fi password ::: {canaries.bare('Google, a label')}"
    rows = [
        [
            "Eva",
            "Eule",
            said("Google, notes"),
            "eva@example.com",
            "",
            "",
            "Portal password",
            secret,
        ],
        ["Udo", "Uhu", "", said("Google, email"), "PIN", canaries.bare("Google, phone"), "", ""],
        ["Ria", "Rabe", "", "ria@example.com", "", "", several, said("Google, several")],
    ]
    folder.joinpath("google.csv").write_text(text_of([GOOGLE, *rows]), encoding="utf-8")


def settings(folder: Path, canaries: Canaries, said: Plant) -> None:
    """Tables whose rows say what they hold."""

    def rows(where: str) -> list[list[str]]:
        secrets = [("db_password", "password"), ("api key", "key"), ("WLAN-Schlüssel", "wifi")]
        return [["colour", "red"], *[[k, canaries.bare(f"{where}, {n}")] for k, n in secrets]]

    for key, value in (("key", "value"), ("Name", "Value"), ("Setting", "Content")):
        path = folder / f"{key} {value}.csv"
        path.write_text(text_of([[key, value], *rows(path.name)]), encoding="utf-8")
    pairs = [{"name": k, "value": v, "remark": "x"} for k, v in rows("JSON pairs")]
    folder.joinpath("pairs.json").write_text(json.dumps(pairs), encoding="utf-8")
    fields = [{"title": "a login", "fields": [{"name": k, "value": v} for k, v in rows("fields")]}]
    folder.joinpath("fields.json").write_text(json.dumps(fields), encoding="utf-8")
    with sqlite3.connect(folder / "settings.sqlite") as database:
        table = f'"{said("a table")}"'
        database.execute(f"create table {table} (k integer primary key, remark text, b blob)")
        database.execute("create table preferences (name text, value text)")
        database.executemany("insert into preferences values (?, ?)", rows("SQLite pairs"))
        given = [said("SQLite, a table"), said("a blob").encode()]
        database.execute(f"insert into {table} (remark, b) values (?, ?)", given)  # noqa: S608
    database.close()


def vault(folder: Path, canaries: Canaries) -> None:
    """A Bitwarden export in an archive, with a secret in whatever an item may hold."""

    def secret(where: str) -> str:
        return canaries.bare(f"Bitwarden, {where}")

    login = {
        "uris": [{"uri": f"https://example.com/?t={secret('an address')}"}, {"uri": secret("uri")}],
        "username": secret("user name"),
        "password": secret("password"),
        "totp": secret("totp"),
        "fido2Credentials": [{"keyValue": secret("a passkey")}],
    }
    items = [
        {"type": 1, "folderId": "f", "name": secret("name"), "notes": secret("note"),
         "fields": [{"name": secret("a field"), "value": secret("its value")}], "login": login,
         "passwordHistory": [{"password": secret("an old password")}]},
        {"type": 3, "name": "Card", "card": {"number": secret("a card")}},
        {"type": 4, "name": "Me", "identity": {"ssn": secret("an identity")}},
        secret("what is no item"),
    ]  # fmt: skip
    folders = [{"id": "f", "name": secret("a folder")}]
    content = json.dumps({"encrypted": False, "folders": folders, "items": items})
    folder.joinpath("vault.zip").write_bytes(zipped({"bitwarden.json": content}))


def books(folder: Path, said: Plant) -> None:
    leg = ["1", "2026-01-02", "R", "Withdrawal", "Cash", said("MMEX CSV, payee"), "Food", "5.00"]
    leg += ["USD", said("MMEX CSV, number"), said("MMEX CSV, notes")]
    shifted = ["2026-01-03", "R", "Withdrawal", "Cash", said("a shifted row"), "Food", "5.00"]
    folder.joinpath("legs.csv").write_text(text_of([LEGS, leg, shifted]), encoding="utf-8")
    flow = ["1", "2026-01-02", "Cash", said("flows, payee"), "-5.00", "Food", "", "7"]
    flow += [said("flows, notes")]
    zero = ["2", "2026-01-02", said("flows, account"), "Shop", "0.00", "Food", "", "", ""]
    folder.joinpath("flows.csv").write_text(text_of([FLOWS, flow, zero]), encoding="utf-8")


def notion(folder: Path, said: Plant) -> None:
    """A whole export; titles that are secrets are names of pages, and stand in relations."""
    task = TASKS[0] | {"Task name": said("Notion, a title"), "Project": said("a project")}
    task |= {"Assignee": said("an assignee"), "Tags": said("a tag"), "Due": said("a day")}
    project = PROJECTS[0] | {"Project name": task["Project"], "Owner": said("an owner")}
    project |= {"Tasks": task["Task name"]}
    Export([task, *TASKS[1:]], [project]).write(folder / "Export.zip")


def sheets(folder: Path, said: Plant) -> None:
    """An OpenDocument spreadsheet, its name of a sheet and its cells."""
    namespaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{xml(cell)}</text:p>'
        "</table:table-cell>"
        for cell in ("Colour", "Remark")
    )
    given = (
        f"<table:table-row>{cells}</table:table-row><table:table-row>"
        f"{cells.replace('Remark', xml(said('ODS')))}</table:table-row>"
    )
    content = (
        f'<office:document-content {namespaces} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="{xml(said("a sheet"))}">{given}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        "</manifest:manifest>"
    )
    parts = {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest}
    package(folder / "sheet.ods", parts)
    text = content.replace("spreadsheet>", "text>").replace("table:table ", "text:section ")
    text = text.replace("</table:table></office:text>", "</text:section></office:text>")
    package(folder / "letter.odt", parts | {"mimetype": kind[:-11] + "text", "content.xml": text})


def letters(folder: Path, canaries: Canaries, said: Plant) -> None:
    """E-mail with names, an attachment and a page; documents with titles and remarks."""
    message = EmailMessage()
    message["Subject"] = "Hello"
    message["From"] = f'"{said("the sender")}" <anna@example.com>'
    message["To"] = f'"{said("the receiver")}" <bert@example.com>'
    message["X-Remark"] = said("another heading of an e-mail")
    message.set_content("Hello")
    page = "".join(
        f"<p>{xml(t)}</p>" for t in canaries.every_shape("a page in an e-mail", ONE_LINE)
    )
    message.add_alternative(f"<html><body>{page}</body></html>", subtype="html")
    table = text_of([["site", "password"], ["example.com", canaries.bare("an attachment")]])
    message.add_attachment(table, filename=f"{said('an attachment')}.csv")
    folder.joinpath("attached.eml").write_bytes(bytes(message))
    title = f"<head><title>{xml(said('a title'))}</title></head>"
    hidden = f"<!-- {said('a remark')} --><input type=password value='{canaries.bare('a form')}'>"
    body = f"<html>{title}<body>{hidden}<p>Hello</p></body></html>"
    folder.joinpath("form.html").write_text(body, encoding="utf-8")
    within = {"passwords.csv": table, f"{said('a member of a member')}.txt": said("its text")}
    folder.joinpath("deep.zip").write_bytes(zipped({"in.zip": zipped({"in.zip": zipped(within)})}))
