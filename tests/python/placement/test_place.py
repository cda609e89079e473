"""`qios place`: where records belong by what their columns mean; without a database."""

import json
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from qios.cli import app
from qios.errors import Findings, UsageError
from qios.placement.place import place

QUESTIONS = (
    "What does this record mean?",
    "Which module owns that meaning?",
    "Which module governs its lifecycle?",
    "Which module would be damaged if this data were wrong?",
    "Which module needs permission/control over this data?",
)
FIELDS = {
    "short": "Label,API name,module\nLast Name,Last_Name,Contacts\n",
    "long": "Field Label;API Name;Module;Data Type;Mandatory;Default Value\na;b;c;text;true;\n",
}


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("text", FIELDS.values(), ids=FIELDS)
def test_a_list_of_fields_belongs_in_qieos_wherever_it_lies(tmp_path, text):
    placed = place(put(tmp_path, "30_QiServer/data/csv/Fields_001.csv", text))
    assert placed["schema"] == "qieos"
    assert placed["tables"][0]["table"] == "qieos.fields"
    assert placed["lies_in"] == "QiServer"
    assert "qinexus.files" in placed["file_itself"]
    assert not any(table["table"].startswith("qiserver") for table in placed["tables"])
    assert tuple(said["question"] for said in placed["questions"]) == QUESTIONS
    assert placed["questions"][1]["answer"].startswith("QiEOS, which defines")


def test_the_columns_of_a_server_list_belong_in_qiserver(tmp_path):
    placed = place(put(tmp_path, "list.csv", "hostname,operating_system,cpu_cores\na,b,2\n"))
    assert placed["schema"] == "qiserver"


@pytest.mark.parametrize(
    "header", ["Record Id,First Name,Last Name,Date of Birth", "fname,lname,dob"]
)
def test_contacts_belong_in_core_known_as_a_source_or_not(tmp_path, header):
    placed = place(put(tmp_path, "contacts.csv", f"{header}\n1,2,3,4\n"))
    assert placed["schema"] == "core"
    assert placed["tables"][0]["table"] == "core.people"
    assert placed["secret_headings"] == 0


def test_of_one_field_under_several_headings_there_is_one_vote(tmp_path):
    header = "First Name,Last Name,Home City,Work City,Mailing City,Other City"
    placed = place(put(tmp_path, "contacts.csv", f"{header}\n1,2,3,4,5,6\n"))
    assert placed["tables"][0]["table"] == "core.people"


@pytest.mark.parametrize(
    "header",
    [
        "name,url,username,password,note",
        "url,username,password,httpRealm,formActionOrigin,guid,timeCreated",
        "folder,favorite,type,name,notes,fields,login_uri,login_username,login_password,login_totp",
        "url,username,password,totp,extra,name,grouping,fav",
        "Title,URL,Username,Password,Notes,OTPAuth",
    ],
)
def test_a_password_export_belongs_in_a_vault(tmp_path, header):
    path = put(tmp_path, "export.csv", f"{header}\n{header}\n")
    placed = place(path)
    assert placed["tables"][0]["table"] == "qivault.secret_refs"
    assert placed["secret_headings"] >= 1
    said = CliRunner().invoke(app, ["place", str(path)])
    assert said.exit_code == 0
    assert "qios vault export" in said.output


def test_what_nobody_registered_is_not_guessed_and_not_told(tmp_path):
    path = put(tmp_path, "odd.csv", "hunter2-heading,hunter3-heading\nhunter4,5\n")
    said = CliRunner().invoke(app, ["place", str(path), "--json"])
    assert said.exit_code == 1
    assert json.loads(said.stdout)["schema"] is None
    assert "hunter" not in said.output
    assert "hunter" not in CliRunner().invoke(app, ["place", str(path)]).output


def test_the_members_of_an_archive_are_placed_one_by_one(tmp_path):
    path = tmp_path / "backup.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("list.csv", "hostname,operating_system,cpu_cores\na,b,2\n")
    with pytest.raises(UsageError, match="is an archive"):
        place(path)
    assert place(Path(f"{path}!/list.csv"))["schema"] == "qiserver"


def test_a_list_of_objects_is_placed_like_a_table(tmp_path):
    path = put(
        tmp_path, "list.json", '[{"hostname": "a", "operating_system": "b", "cpu_cores": 2}]'
    )
    assert place(path)["schema"] == "qiserver"


def test_a_file_without_tables_means_nothing_by_its_columns(tmp_path):
    with pytest.raises(Findings, match="has no tables"):
        place(put(tmp_path, "page.html", "<!doctype html><p>hostname</p>"))
