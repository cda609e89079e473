"""Files of any kind, all in one run: each is registered, and each row read is accounted for."""

from pathlib import Path

import pytest

from content import made
from flow.world import World
from projects import Project

CONTACTS = ["Record Id", "First Name", "Last Name", "Email"]

HELD = {
    "semicolon.csv": b"name;amount\nAnn;1,50\nBob;2\n",
    "pipe.txt": b"name|amount\nAnn|1\n",
    "tabs.tsv": b"name\tamount\nAnn, B\t1\n",
    "utf16.csv": "name,city\nAnn,Köln\n".encode("utf-16"),
    "ragged.csv": b"a,b\n1\n2,3,4\n5,6\n",
    "twins.csv": b"a,a,\n1,2,3\n",
    "old.xls": made.xls([["a", "b"], ["x", 15.0]]),
    "open.ods": made.ods({"First": [["a"], ["1"]], "Second": [["b"], ["2"]]}),
    "list.json": b'[{"a": 1.50, "b": [1, {"c": null}]}, {"a": "x"}]',
    "lines.jsonl": b'{"a": 1}\n{"b": "\\ud83d\\ude00"}\n',
    "data.db": made.sqlite("create table t (a, b)", "insert into t values (1, null), (x'00', 'z')"),
    "formulas.xlsx": made.xlsx(
        {"Sums": [["a", "b"], ["x", "#DIV/0!"]], "H": [["c"], [1]]}, hidden=["H"]
    ),
}
REFUSED_ROWS = {
    "nul.csv": (b"a,b\n1,\0\n2,3\n", {"nul_byte": 1, "unknown_source": 1}),
    "nul_in_header.csv": (b"a,\0b\n1,2\n", {"unknown_source": 1}),
    "latin.csv": (b"a,b\n1,caf\xe9\n2,3\n", {"invalid_encoding": 1, "unknown_source": 1}),
    "quote.csv": (b'a,b\n1,"x\n2,3\n', {"unterminated_quote": 1, "unknown_source": 1}),
    "bad.jsonl": (b'{"a": 1}\n{"a": \n{"a": 2}\n', {"malformed_json": 1, "unknown_source": 2}),
}
REFUSED_FILES = {
    "nothing.csv": (b"", "empty_file"),
    "broken.json": (b'[{"a": 1}, {"a"', "malformed_json"),
    "heading.csv": (b"caf\xe9,b\n1,2\n", "invalid_encoding"),
    "locked.xlsx": (made.locked_xlsx(), "encrypted_file"),
    "damaged.xls": (made.xls([["a"], [1.0]])[:1600], "damaged_file"),
    "damaged.db": (made.sqlite("create table t (a)")[:1000], "damaged_file"),
    "logins.txt": (b'site;login;kennwort\n"x;hunter-22', "unknown_password_export"),
}
DOCUMENTS = {
    "letter.docx": (made.docx("Dear Bob", "token ghp_" + "a1B2" * 9), ["Dear Bob"], None),
    "letter.odt": (made.odt("<text:p>Dear Bob</text:p>"), ["Dear Bob"], None),
    "two.pdf": (made.pdf("first page", "second page"), ["first page", "second page"], None),
    "scan.pdf": (made.pdf(""), [None], None),
    "locked.pdf": (made.pdf("a", encrypted=True), [None], "encrypted"),
    "broken.pdf": (made.pdf("a")[:150], [None], "damaged"),
    "note.md": (b"# Title\n\n- [ ] to do\n", ["# Title"], None),
    "page.html": (b"<!doctype html><p>Hello", ["Hello"], None),
    "mail.eml": (made.EMAIL, ["From: Ann <ann@example.com>", "From: carol@example.com"], None),
    "nul.txt": ("Zo\u00eb\0 said".encode(), ["Zo\u00eb\u2400 said"], None),
    "latin.txt": (b"It was no caf\xe9 at all", ["It was no caf\ufffd at all"], "invalid_encoding"),
}
NOTED = {
    "picture.png": (made.PICTURE, "image/png"),
    "random.csv": (bytes(range(256)) * 40, "application/octet-stream"),
}
"""Name -> content, and what is to become of it."""


@pytest.fixture
def folder(world: World) -> Path:
    known = [CONTACTS, ["zcrm_551400200001", "Ann", "Good", "ann@example.com"]]
    files = {
        **HELD,
        "contacts.xlsx": made.xlsx({"Notes": [["note"], ["x"]], "Contacts": known}),
        **{
            name: content
            for group in (REFUSED_ROWS, REFUSED_FILES, DOCUMENTS, NOTED)
            for name, (content, *_) in group.items()
        },
    }
    folder = world.folder / "mess"
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def test_every_file_of_a_mess_is_accounted_for(
    world: World, project_copy: Project, folder: Path
) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    world.qios("register", folder)
    summary = world.json("stage", exit_code=1)
    _check_rows(world, summary)
    _check_files(world)
    _check_documents(world)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    # All is read: nothing waits, and nothing is read again without being asked for.
    again = world.json("stage")
    assert not any(again[what] for what in ("files", "documents", "noted", "problems"))

    _check_retry(world, project_copy, folder)


def _check_rows(world: World, summary: dict) -> None:
    counts = world.rows("select rows_read, rows_staged, rows_rejected from qinexus.import_files")
    rows = summary["rows"]
    assert rows["read"] == sum(count["rows_read"] for count in counts)
    assert rows["staged"] == world.count("staging.zoho_contacts_raw") == 1
    assert rows["rejected"] == world.count("staging.import_rows")

    found = world.rows(
        """
        select file.file_name, read.part_name, read.header, refused.reason_code,
            refused.row_number, refused.raw_payload, refused.review_status, refused.source_key
        from staging.import_rows as refused
        inner join qinexus.import_files as read using (import_batch_id)
        inner join qinexus.files as file on file.id = refused.source_file_id
        order by file.file_name, read.part_name, refused.row_number
        """
    )
    held = [row for row in found if row["reason_code"] == "unknown_source"]
    assert {row["review_status"] for row in held} == {"pending"}
    assert {row["source_key"] for row in held} == {None}
    payloads: dict[str, list] = {}
    for row in held:
        payloads.setdefault(row["file_name"], []).append(row["raw_payload"])
    assert payloads["semicolon.csv"] == [
        {"name": "Ann", "amount": "1,50"},
        {"name": "Bob", "amount": "2"},
    ]
    assert payloads["tabs.tsv"] == [{"name": "Ann, B", "amount": "1"}]
    assert payloads["utf16.csv"] == [{"name": "Ann", "city": "Köln"}]
    assert payloads["ragged.csv"] == [
        {"a": "1"},
        {"a": "2", "b": "3", "_surplus": ["4"]},
        {"a": "5", "b": "6"},
    ]
    assert payloads["twins.csv"] == [{"a": "1", "a#2": "2", "column_3": "3"}]
    assert payloads["old.xls"] == [{"a": "x", "b": "15"}]
    assert payloads["open.ods"] == [{"a": "1"}, {"b": "2"}]
    assert payloads["list.json"] == [{"a": "1.50", "b": '[1, {"c": null}]'}, {"a": "x", "b": ""}]
    assert payloads["lines.jsonl"] == [{"a": "1", "b": ""}, {"a": "", "b": "\U0001f600"}]
    assert payloads["data.db"] == [{"a": "1", "b": ""}, {"a": "X'00'", "b": "z"}]
    assert payloads["formulas.xlsx"] == [{"c": "1"}, {"a": "x", "b": "#DIV/0!"}]
    assert payloads["contacts.xlsx"] == [{"note": "x"}]
    assert payloads.keys() >= HELD.keys()
    for name, (_, codes) in REFUSED_ROWS.items():
        given = [row["reason_code"] for row in found if row["file_name"] == name]
        assert {code: given.count(code) for code in given} == codes
    parts = {row["part_name"] for row in found if row["file_name"] == "formulas.xlsx"}
    assert parts == {"Sums", "H"}


def _check_files(world: World) -> None:
    versions = world.rows(
        """
        select file.file_name, version.media_type, version.error_code, version.read_at
        from qinexus.file_versions as version
        inner join qinexus.files as file on file.id = version.file_id
        """
    )
    assert all(version["read_at"] for version in versions)
    codes = {v["file_name"]: v["error_code"] for v in versions if v["error_code"]}
    faulty = {name: code for name, (_, _, code) in DOCUMENTS.items() if code}
    assert codes == {name: code for name, (_, code) in REFUSED_FILES.items()} | faulty
    types = {version["file_name"]: version["media_type"] for version in versions}
    assert {name: types[name] for name in NOTED} == {n: kind for n, (_, kind) in NOTED.items()}
    assert types["pipe.txt"] == "text/csv"
    assert types["data.db"] == "application/vnd.sqlite3"
    assert "hunter-22" not in world.dump()


def _check_documents(world: World) -> None:
    pages = world.rows(
        """
        select file.file_name, page.page_number, page.text_content, page.character_count,
            page.needs_ocr, page.error_code
        from qinexus.extracted_text as page
        inner join qinexus.file_versions as version on version.id = page.file_version_id
        inner join qinexus.files as file on file.id = version.file_id
        order by file.file_name, page.page_number
        """
    )
    texts: dict[str, list] = {}
    for page in pages:
        text = page["text_content"]
        assert page["character_count"] == len(text or "")
        assert bool(text) or page["error_code"]
        texts.setdefault(page["file_name"], []).append(text and text.splitlines()[0])
    assert texts == {name: beginnings for name, (_, beginnings, _) in DOCUMENTS.items()}
    assert {page["file_name"] for page in pages if page["needs_ocr"]} == {"scan.pdf"}
    (letter,) = (page["text_content"] for page in pages if page["file_name"] == "letter.docx")
    assert "ghp_" not in letter
    assert "[secret removed" in letter


def _check_retry(world: World, project: Project, folder: Path) -> None:
    """What was mended is read again; what no source claims yet waits on, and is not doubled."""
    held = world.count("staging.import_rows")
    only = world.json("stage", "--retry", "--reason", "unknown_source", exit_code=1)
    assert len(only["unclaimed"]) >= len(HELD)
    assert world.count("staging.import_rows") == held

    latin = [folder / "latin.csv", folder / "heading.csv", folder / "latin.txt"]
    world.qios("stage", "--retry", "--encoding", "cp1252", *latin, exit_code=1)
    mended = world.rows(
        "select raw_payload from staging.import_rows where retried_at is null"
        " and raw_payload::text like '%caf%' order by raw_payload::text"
    )
    assert [row["raw_payload"] for row in mended] == [
        {"a": "1", "b": "café"},
        {"café": "1", "b": "2"},
    ]
    text = "select text_content from qinexus.extracted_text where text_content like '%caf%'"
    assert world.value(text) == "It was no café at all"

    # A source learns a heading: the rows that waited for it are staged, and wait no more.
    path = world.folder / "later.csv"
    path.write_text("Kennung,Familienname\n1,Smith\n2,Jones\n", encoding="utf-8")
    world.qios("ingest", path, exit_code=1)
    batch = world.value("select id from qinexus.import_batches order by staged_at desc limit 1")
    for column, heading in (("external_id", "Kennung"), ("family_name", "Familienname")):
        key = {"source_key": "zoho_contacts", "column_name": column}
        project.change_row("qinexus.source_columns", key, header_aliases=heading)
    again = world.json("stage", "--retry", "--batch", str(batch)[:13])
    assert again["rows"] == {"read": 2, "staged": 2, "rejected": 0, "repeated": 0}
    assert again["files"][0]["source_key"] == "zoho_contacts"
    waiting = "select retried_at from staging.import_rows where import_batch_id = %s"
    assert all(row["retried_at"] for row in world.rows(waiting, batch))
