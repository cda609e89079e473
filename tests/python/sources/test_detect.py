"""`qios sources detect`: the source, how sure, and why; without a database."""

import json
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from qios.cli import app
from qios.sources.detect import detect

HEADER = "Record Id,Last Name,Email,My own column\n"


def test_a_source_is_told_with_what_speaks_for_it(tmp_path):
    path = tmp_path / "whatever.dat"
    path.write_text(HEADER + "zcrm_17,Lind,ana@example.com,x\n", encoding="utf-8")
    found = detect(path)
    assert (found["source"], found["score"]) == ("zoho_contacts", 0.75)
    assert found["candidates"][0] | {"claims_it": True} == {
        "source": "zoho_contacts",
        "display_name": "Zoho CRM contacts",
        "score": 0.75,
        "claims_it": True,
        "headings_found": ["Record Id", "Last Name", "Email"],
        "markers_missing": [],
        "other_headings": 1,
        "values_judged": 2,
        "values_fitting": 2,
    }


@pytest.mark.parametrize("content", [b"Record Id,Email\n1,x\n", b"a,b\n1,2\n", b"\0\1\2", b""])
def test_a_name_alone_is_nothing(tmp_path, content):
    path = tmp_path / "Contacts_2026_10_01.csv"
    path.write_bytes(content)
    assert detect(path)["source"] is None


def test_the_command_tells_nothing_of_a_file_but_registered_headings(tmp_path, monkeypatch):
    monkeypatch.setenv("QIOS_PGHOST", "/nowhere")
    path = tmp_path / "contacts.csv"
    path.write_text("Email,hunter2-heading\nhunter3-value,hunter4-value\n", encoding="utf-8")
    ended = CliRunner().invoke(app, ["sources", "detect", str(path)])
    assert ended.exit_code == 1
    assert "markers missing: Record Id, Last Name" in ended.output
    assert "hunter" not in ended.output
    as_json = CliRunner().invoke(app, ["sources", "detect", str(path), "--json"])
    assert json.loads(as_json.stdout)["source"] is None


def test_the_sources_are_listed():
    listed = json.loads(CliRunner().invoke(app, ["sources", "list", "--json"]).stdout)
    contacts = next(row for row in listed["sources"] if row["source"] == "zoho_contacts")
    assert contacts["known_by"] == ["Record Id", "Last Name"]


def test_of_an_archive_each_member_is_told(tmp_path):
    path = tmp_path / "backup.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Data/Contacts_001.csv", HEADER + "zcrm_17,Lind,ana@example.com,x\n")
        archive.writestr("Data/readme.txt", "nothing")
    found = detect(path)
    assert (found["source"], len(found["members"])) == ("zoho_contacts", 2)
    ended = CliRunner().invoke(app, ["sources", "detect", str(path)])
    assert ended.exit_code == 0
    assert "an archive of 2 files, 1 of registered sources" in ended.output
    member = f"{path}!/Data/Contacts_001.csv"
    assert f"{member}: zoho_contacts" in ended.output
    assert detect(Path(member))["source"] == "zoho_contacts"
