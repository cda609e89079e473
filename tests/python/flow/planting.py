"""Files of every source and of many kinds, with a secret in every place that can hold one."""

import csv
import gzip
import io
import json
import sqlite3
import tarfile
import zipfile
from collections.abc import Iterable, Sequence
from email.message import EmailMessage
from pathlib import Path

from flow.canaries import ONE_LINE, SHAPES, Canaries

CONTACT = ["Record Id", "Last Name", "First Name", "Email", "Description", "Mailing Street"]
PASSWORD_EXPORTS = {
    "Chrome Passwords.csv": "name,url,username,password,note",
    "old chrome.csv": "origin_url,action_url,username_element,username_value,password_value",
    "firefox.csv": "url,username,password,httpRealm,formActionOrigin,guid,timeCreated,"
    "timeLastUsed,timePasswordChanged",
    "bitwarden.csv": "folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username,"
    "login_password,login_totp",
    "lastpass.csv": "url,username,password,totp,extra,name,grouping,fav",
    "safari.csv": "Title,URL,Username,Password,Notes,OTPAuth",
    "zoho vault.csv": "Secret Name,Secret URL,Notes",
    "zoho vault whole.csv": "Secret Name,Description,Secret URL,SecretData,Notes,CustomData,Tags",
    "another manager.csv": "Account,Login Name,Password,Web Site,Comments",
}
INVOICE = (
    "Invoice ID,Invoice Number,Invoice Date,Invoice Status,Customer Name,Total,Notes,Item Name"
)
TASK = "Name,Status,Due,Notes"
PAYMENT = "ID,Date,Status,Type,Account,Payee,Category,Amount,Currency,Number,Notes"


def plant(folder: Path, canaries: Canaries) -> None:
    """Write all files below the folder."""
    contacts(folder / "Contacts.csv", canaries)
    for name, header in PASSWORD_EXPORTS.items():
        password_export(folder / name, header.split(","), canaries)
    unreadable_password_exports(folder, canaries)
    tables(folder, canaries)
    documents(folder, canaries)
    databases(folder, canaries)
    archives(folder, canaries)


def text_of(rows: Iterable[Sequence[str]], delimiter: str = ",") -> str:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return written.getvalue()


def contacts(path: Path, canaries: Canaries) -> None:
    """Headings, free text, secret columns, and rows broken in every way."""
    labels = [*CONTACT, "Portal Password", "", canaries.shaped("short phrase", "a heading")]
    rows = [labels]
    free = range(1, len(CONTACT))
    for at in free:
        for number, shape in enumerate(SHAPES):
            row = [f"zcrm_4876{at:06d}{number:06d}", "Vogel", *[""] * (len(labels) - 2)]
            row[at] = canaries.shaped(shape, f"contacts, column {labels[at]}")
            row[-3:-1] = (canaries.bare("contacts, Portal Password"), canaries.bare("no heading"))
            rows.append(row)
    rows.append(["zcrm_1", "Short", canaries.shaped("phrase", "a short row")])
    rows.append(["zcrm_2", "Long", *[canaries.bare("a long row") for _ in range(len(labels))]])
    secret = canaries.bare("a row with NUL")
    rows.append(["zcrm_3", "Nul\0", *[""] * (len(CONTACT) - 2), secret, secret, ""])
    torn = canaries.shaped("private key", "a torn key")
    raw = text_of(rows).encode()
    raw += f'zcrm_4,"{canaries.bare("a broken quote")}" x,{canaries.bare("behind it")}\n'.encode()
    raw += b"zcrm_5,\xff\xfe," + canaries.bare("a row that is no text").encode() + b"\n"
    raw += f'zcrm_6,"{torn}\n'.encode()
    path.write_bytes(raw)


def password_export(path: Path, labels: list[str], canaries: Canaries) -> None:
    """Every cell is a secret but the domain; and rows that are too short, too long, broken."""

    def cell(label: str) -> str:
        secret = canaries.bare(f"{path.name}, {label}")
        if "url" in label.lower() or label in ("login_uri", "Web Site", "formActionOrigin"):
            return f"https://anna:{secret}@www.example.com/{secret}?token={secret}"
        if label == "SecretData":
            return f"SecretType:Web Account\nUser Name:{secret}\nPassword:{secret}\nOther:{secret}"
        return f'{secret},"; |\t\n{secret}' if "not" in label.lower() else secret

    rows = [labels, *[[cell(label) for label in labels] for _ in range(3)]]
    rows.append([cell(label) for label in labels][:-1])
    rows.append([cell(label) for label in [*labels, "surplus", "surplus"]])
    broken = f'"{canaries.bare(path.name)}" {canaries.bare(path.name)},x\n'
    behind = ",".join(canaries.bare(f"{path.name}, behind") for _ in labels)
    path.write_text(text_of(rows) + broken + behind + "\n", encoding="utf-8")


def unreadable_password_exports(folder: Path, canaries: Canaries) -> None:
    """Exports of which not even the header is understood."""
    labels = ["name", "url", "username", "password"]
    row = [canaries.bare("an export by semicolons") for _ in labels]
    folder.joinpath("semicolons.csv").write_text(text_of([labels, row], ";"), encoding="utf-8")
    rows = [
        ["example.com", "https://example.com/", "anna", canaries.bare("no header") + "#x"]
        for _ in range(3)
    ]
    folder.joinpath("no header.csv").write_text(text_of(rows), encoding="utf-8")
    broken = f'name,"url" x,username,password\na,b,c,{canaries.bare("a broken header")}\n'
    folder.joinpath("broken header.csv").write_text(broken, encoding="utf-8")
    wide = text_of([labels, [canaries.bare("UTF-16") for _ in labels]]).encode("utf-16")
    folder.joinpath("wide.csv").write_bytes(wide)


def tables(folder: Path, canaries: Canaries) -> None:
    """Flat tables of the other sources and of none, as text, JSON and workbook."""
    for name, header in {"Invoice.csv": INVOICE, "Tasks.csv": TASK, "mmex.csv": PAYMENT}.items():
        labels = header.split(",")
        rows = [[canaries.shaped(s, f"{name}, {h}") for h in labels] for s in ("phrase", "JSON")]
        folder.joinpath(name).write_text(text_of([labels, *rows]), encoding="utf-8")
    for name, delimiter in {"u.csv": ",", "u.tsv": "\t", "s.csv": ";", "p.txt": "|"}.items():
        secret_heading = canaries.shaped("short phrase", f"{name}, a heading")
        head = ["Colour", "Remark", "API Key", secret_heading]
        rows = [
            ["red", canaries.shaped(shape, name), canaries.bare(f"{name}, API Key"), "x"]
            for shape in ONE_LINE
        ]
        folder.joinpath(name).write_text(text_of([head, *rows], delimiter), encoding="utf-8")
    records = [
        {
            "title": canaries.shaped(shape, "JSON"),
            "password": canaries.bare("JSON, password"),
            "login": {"password": canaries.bare("JSON, nested"), "list": [{"pin": "x"}]},
            canaries.shaped("short phrase", "JSON, a key"): 1,
        }
        for shape in SHAPES
    ]
    folder.joinpath("records.json").write_text(json.dumps(records), encoding="utf-8")
    lines = "\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    folder.joinpath("records.jsonl").write_text(lines, encoding="utf-8")
    broken = json.dumps({"password": canaries.bare("broken JSON")})[:-1]
    folder.joinpath("broken.json").write_text(broken, encoding="utf-8")
    workbook(folder / "book.xlsx", canaries)


def workbook(path: Path, canaries: Canaries) -> None:
    labels = ["Colour", "Remark", "Password", canaries.shaped("short phrase", "XLSX, a heading")]
    rows = [
        labels,
        *(
            ["red", canaries.shaped(shape, "XLSX"), canaries.bare("XLSX, Password"), "x"]
            for shape in ONE_LINE
        ),
    ]
    cells = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{xml(c)}</t></is></c>' for c in row) + "</row>"
        for row in rows
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package(
        path,
        {
            "[Content_Types].xml": content_types(
                {
                    "xl/workbook.xml": "spreadsheetml.sheet.main",
                    "xl/worksheets/sheet1.xml": "spreadsheetml.worksheet",
                }
            ),
            "_rels/.rels": relations({"rId1": ("officeDocument", "xl/workbook.xml")}),
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
            '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relations(
                {"rId1": ("worksheet", "worksheets/sheet1.xml")}
            ),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData>'
            "</worksheet>",
        },
    )


def documents(folder: Path, canaries: Canaries) -> None:
    """Text with a secret of every shape, as files of many kinds."""
    for name in ("plain.txt", "page.md"):
        table = ["| Site | Password |", "|---|---|"]
        table += [f"| example.com | {canaries.bare(f'a table in {name}')} |" for _ in range(3)]
        text = "\n\n".join([*canaries.every_shape(name), "\n".join(table)])
        folder.joinpath(name).write_text(text, encoding="utf-8")
    paragraphs = "".join(f"<p>{xml(t)}</p>" for t in canaries.every_shape("HTML", ONE_LINE))
    folder.joinpath("page.html").write_text(f"<html><body>{paragraphs}</body></html>", "utf-8")
    message = EmailMessage()
    message["Subject"] = canaries.shaped("phrase", "e-mail, subject")
    message["From"], message["To"] = "anna@example.com", "bert@example.com"
    message.set_content("\n\n".join(canaries.every_shape("e-mail", ONE_LINE)))
    folder.joinpath("letter.eml").write_bytes(bytes(message))
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(
        f"<w:p><w:r><w:t>{xml(text)}</w:t></w:r></w:p>"
        for text in canaries.every_shape("DOCX", ONE_LINE)
    )
    package(
        folder / "letter.docx",
        {
            "[Content_Types].xml": content_types(
                {"word/document.xml": "wordprocessingml.document.main"}
            ),
            "_rels/.rels": relations({"rId1": ("officeDocument", "word/document.xml")}),
            "word/document.xml": f'<w:document xmlns:w="{word}"><w:body>{body}</w:body>'
            "</w:document>",
        },
    )
    ascii_only = [name for name in ONE_LINE if SHAPES[name].isascii()]
    folder.joinpath("letter.pdf").write_bytes(pdf(canaries.every_shape("PDF", ascii_only)))
    named = canaries.shaped("short phrase", "the name of a file")
    folder.joinpath(f"{named}.txt").write_text("harmless", encoding="utf-8")


def databases(folder: Path, canaries: Canaries) -> None:
    """The database of Money Manager Ex, and one of nobody."""
    with sqlite3.connect(folder / "money.mmb") as money:
        money.executescript(
            """
            create table ACCOUNTLIST_V1 (ACCOUNTID integer primary key, ACCOUNTNAME text,
                ACCOUNTTYPE text, STATUS text, INITIALBAL numeric, NOTES text, HELDAT text,
                WEBSITE text, CONTACTINFO text, ACCESSINFO text, CURRENCYID integer);
            create table PAYEE_V1 (PAYEEID integer primary key, PAYEENAME text, NOTES text);
            create table CATEGORY_V1 (CATEGID integer primary key, CATEGNAME text, PARENTID int);
            create table CURRENCYFORMATS_V1 (CURRENCYID integer primary key, CURRENCY_SYMBOL text);
            create table SPLITTRANSACTIONS_V1 (SPLITTRANSID integer primary key, TRANSID integer,
                CATEGID integer, SPLITTRANSAMOUNT numeric, NOTES text);
            create table CHECKINGACCOUNT_V1 (TRANSID integer primary key, ACCOUNTID integer,
                TOACCOUNTID integer, PAYEEID integer, TRANSCODE text, TRANSAMOUNT numeric,
                STATUS text, TRANSACTIONNUMBER text, NOTES text, CATEGID integer, TRANSDATE text,
                FOLLOWUPID integer, TOTRANSAMOUNT numeric);
            insert into CURRENCYFORMATS_V1 values (1, 'USD');
            insert into CATEGORY_V1 values (1, 'Food', -1);
            pragma user_version = 21;
            """
        )
        hidden = (canaries.shaped(shape, "MMEX") for shape in SHAPES)
        columns = ("name", "notes", "held at", "website")
        account = [canaries.shaped("phrase", f"MMEX account, {name}") for name in columns]
        account += [canaries.bare(f"MMEX account, {name}") for name in ("contact", "access")]
        money.execute(
            "insert into ACCOUNTLIST_V1 values (1, ?, 'Checking', 'Open', 0, ?, ?, ?, ?, ?, 1)",
            account,
        )
        payee = [canaries.shaped("phrase", f"MMEX payee {n}") for n in ("name", "notes")]
        money.execute("insert into PAYEE_V1 values (1, ?, ?)", payee)
        for number, text in enumerate(hidden, 1):
            money.execute(
                "insert into CHECKINGACCOUNT_V1 values"
                " (?, 1, -1, 1, 'Deposit', 5, '', ?, ?, 1, '2026-01-02', -1, 5)",
                [number, canaries.shaped("short phrase", "MMEX number"), text],
            )
    money.close()
    with sqlite3.connect(folder / "notes.sqlite") as notes:
        notes.execute("create table notes (id integer primary key, remark text, password text)")
        for text in canaries.every_shape("SQLite"):
            secret = canaries.bare("SQLite, password")
            notes.execute("insert into notes (remark, password) values (?, ?)", [text, secret])
    notes.close()


def archives(folder: Path, canaries: Canaries) -> None:
    """What Notion exports, zip in zip; and the other archives, with secrets in their names."""
    page_id = "0123456789abcdef0123456789abcdef"
    shapes = ("phrase", "JSON", "AWS", "address")
    tasks = [
        TASK.split(","),
        *([canaries.shaped(s, f"Notion, {h}") for h in TASK.split(",")] for s in shapes),
    ]
    pages = {
        f"Tasks {page_id}.csv": "\ufeff" + text_of(tasks).replace("\n", "\r\n"),
        f"Tasks {page_id}_all.csv": "\ufeff" + text_of(tasks).replace("\n", "\r\n"),
        f"A task {page_id}.md": "\n\n".join(canaries.every_shape("Notion page")),
        f"{canaries.shaped('short phrase', 'the name of a page')} {page_id}.md": "harmless",
    }
    package(folder / "Export-1.zip", {"Export-1-Part-1.zip": zipped(pages)})
    labels = PASSWORD_EXPORTS["Chrome Passwords.csv"].split(",")
    hidden = text_of([labels, [canaries.bare("a password export in a zip") for _ in labels]])
    note = "\n".join(canaries.every_shape("a text in a zip", ONE_LINE))
    inner = zipped(
        {"passwords.csv": hidden, "note.txt": note, "deep.zip": zipped({"p.csv": hidden})}
    )
    package(folder / "nested.zip", {"inner.zip": inner})
    folder.joinpath("passwords.csv.gz").write_bytes(gzip.compress(hidden.encode()))
    with tarfile.open(folder / "bundle.tar.gz", "w:gz") as bundle:
        name = f"{canaries.shaped('short phrase', 'the name of a member')}.txt"
        for member, text in {"p.csv": hidden, "note.txt": note, name: "harmless"}.items():
            about = tarfile.TarInfo(member)
            about.size = len(text.encode())
            bundle.addfile(about, io.BytesIO(text.encode()))


def xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def content_types(parts: dict[str, str]) -> str:
    overrides = "".join(
        f'<Override PartName="/{part}" '
        f'ContentType="application/vnd.openxmlformats-officedocument.{kind}+xml"/>'
        for part, kind in parts.items()
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def relations(targets: dict[str, tuple[str, str]]) -> str:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    inside = "".join(
        f'<Relationship Id="{key}" Type="{kind}/{what}" Target="{target}"/>'
        for key, (what, target) in targets.items()
    )
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{namespace}">{inside}</Relationships>'


def zipped(files: dict[str, str | bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def package(path: Path, files: dict[str, str | bytes]) -> None:
    path.write_bytes(zipped(files))


def pdf(lines: list[str]) -> bytes:
    """One page with these lines of text, uncompressed."""
    escaped = (line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in lines)
    shown = "".join(f"({line}) Tj 0 -14 Td " for line in escaped)
    stream = f"BT /F1 10 Tf 40 800 Td {shown}ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, offsets = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    count = len(objects) + 1
    return (
        f"{body}xref\n0 {count}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    ).encode("latin-1")
