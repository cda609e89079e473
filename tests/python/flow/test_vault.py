"""`qios vault`: from a password export into a KeePass file, killed and repeated."""

import csv
import json
import os
import signal
import zipfile
from pathlib import Path

from pykeepass import PyKeePass

from flow.world import World

PASSPHRASE = "only for this test"  # noqa: S105 - of a file that the test makes
HEADER = ["name", "url", "username", "password", "note"]
ROWS = [
    ["example.com", "https://www.example.com/", "anna", "Regenbogen!42", ""],
    ["", "android://kq3m==@com.example.shop/", "anna", "Regenbogen!42", ""],
    ["example.net", "https://example.net/?t=1", "bert", "other 1", "codes:\n1842"],
    ["", "https://example.org/", "bert", "", ""],
]


def export(world: World, name: str, rows: list[list[str]]) -> Path:
    path = world.folder / name
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEADER, *rows])
    return path


def passwords(vault: Path) -> list[tuple[str, str]]:
    entries = PyKeePass(vault, password=PASSPHRASE).entries
    return sorted((entry.username, entry.password) for entry in entries)


def test_killed_and_repeated_everything_is_moved_once(world: World) -> None:
    file, vault = export(world, "passwords.csv", ROWS), world.folder / "passwords.kdbx"
    before = file.read_bytes()
    command = ("vault", "export", file, "--to", vault)
    with_passphrase = {"QIOS_VAULT_PASSWORD": PASSPHRASE}
    refused = world.json(*command, exit_code=1, **with_passphrase)
    assert "not_quarantined" in refused["error"]["message"]
    world.qios("ingest", file)

    # Nothing but the written file tells the moment between file and database: the kill may come
    # before the references are written or after, and both have to end well.
    running = world.start(*command, **with_passphrase)
    while not vault.exists():
        assert running.poll() is None
    os.killpg(running.pid, signal.SIGKILL)
    running.communicate()

    done = world.json(*command, **with_passphrase)
    assert (done["same"], done["empty"], done["left"]) == (3, 1, [])
    assert world.json(*command, **with_passphrase)["same"] == 3
    moved = [("anna", "Regenbogen!42"), ("anna", "Regenbogen!42"), ("bert", "other 1")]
    assert passwords(vault) == moved
    assert vault.stat().st_mode & 0o777 == 0o600
    assert world.count("qivault.secret_refs") == 3
    exports = "select count(*) from qivault.access_events where action = 'export'"
    assert world.value(exports) == 3
    held = world.rows(
        """
        select held.row_number, ref.secret_hmac = held.secret_hmac as same, ref.store_locator
        from staging.chrome_passwords_quarantine as held
        inner join qivault.secret_refs as ref on ref.id = held.secret_ref_id order by 1
        """
    )
    assert [(row["row_number"], row["same"]) for row in held] == [(1, True), (2, True), (3, True)]
    assert {row["store_locator"].partition("#")[0] for row in held} == {str(vault)}

    wrong = world.json(*command, exit_code=1, QIOS_VAULT_PASSWORD="wrong")  # noqa: S106
    assert "does not open" in wrong["error"]["message"]
    events = "select count(*) from qivault.access_events where outcome = 'denied'"
    assert world.value(events) == 1

    (reused,) = world.json("vault", "reused")["reused"]
    assert (reused["sites"], reused["rows"]) == (["com.example.shop", "example.com"], 2)
    newer = export(world, "newer.csv", [ROWS[0], [*ROWS[1][:3], "changed!9", ""], *ROWS[2:]])
    ingested = world.json("ingest", newer)
    assert ingested["stage"]["rows"]["repeated"] == 3
    changed = world.json("vault", "export", newer, "--to", vault, **with_passphrase)
    assert (changed["new"], changed["changed"], changed["same"]) == (0, 1, 2)
    assert passwords(vault) == [moved[0], ("anna", "changed!9"), moved[2]]
    assert world.json("vault", "reused")["reused"] == []
    status = world.json("vault", "status")
    assert status["sources"] == [
        {"source": "chrome_passwords", "sign_ins": 4, "with_password": 3, "in_a_store": 3}
    ]
    assert status["plain_text_files"] == [str(newer), str(file)]
    assert file.read_bytes() == before
    statuses = "select distinct review_status from staging.chrome_passwords_quarantine"
    assert world.value(statuses) == "quarantined"


LOGIN = {"uris": [{"uri": "https://example.com/"}], "username": "anna", "password": "Regenbogen!42"}
BITWARDEN = {
    "encrypted": False,
    "folders": [{"id": "f1", "name": "Home"}],
    "items": [
        {"id": "i1", "folderId": "f1", "type": 1, "name": "example.com", "login": LOGIN},
        {"id": "i2", "type": 3, "name": "Card", "login": None, "card": {"number": "4716 9988"}},
    ],
}


def test_a_bitwarden_export_in_an_archive_is_moved_as_its_csv_would_be(world: World) -> None:
    vault, archive = world.folder / "passwords.kdbx", world.folder / "exports.zip"
    with zipfile.ZipFile(archive, "w") as members:
        members.writestr("bitwarden.json", json.dumps(BITWARDEN))
        members.writestr("readme.txt", "exported in November")
    with_passphrase = {"QIOS_VAULT_PASSWORD": PASSPHRASE}
    staged = world.json("ingest", archive)["stage"]
    assert [(file["source_key"], file["rows"]["staged"]) for file in staged["files"]] == [
        ("bitwarden", 2)
    ]
    plain = world.json("vault", "status")["plain_text_files"]
    assert plain == [f"{archive}!/bitwarden.json"]
    dump = world.dump()
    assert not [word for word in ("Regenbogen", "4716 9988") if word in dump]
    done = world.json("vault", "export", archive, "--to", vault, **with_passphrase)
    assert (done["new"], done["file"]) == (2, f"{archive}!/bitwarden.json")
    entries = {entry.title: entry for entry in PyKeePass(vault, password=PASSPHRASE).entries}
    card, login = entries["Card"], entries["example.com"]
    assert (login.username, login.password) == ("anna", "Regenbogen!42")
    assert login.get_custom_property("imported: folder") == "Home"
    assert card.get_custom_property("imported: card") == '{"number": "4716 9988"}'

    # The program's CSV of the same sign-in is the same entry.
    columns = "folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username"
    file = world.folder / "bitwarden.csv"
    file.write_text(
        f"{columns},login_password,login_totp\n"
        "Home,,login,example.com,,,,https://example.com/,anna,changed!9,\n",
        encoding="utf-8",
    )
    world.qios("ingest", file)
    assert world.json("vault", "export", file, "--to", vault, **with_passphrase)["changed"] == 1

    # Two of them in one archive have to be named.
    with zipfile.ZipFile(archive, "a") as members:
        members.write(file, "bitwarden.csv")
    both = world.json("vault", "export", archive, "--to", vault, exit_code=1, **with_passphrase)
    assert "several_exports" in both["error"]["message"]
    member = f"{archive}!/bitwarden.json"
    again = world.json("vault", "export", member, "--to", vault, **with_passphrase)
    assert again["changed"] == 1

    encrypted = world.folder / "encrypted.json"
    encrypted.write_text('{"encrypted": true, "encKeyValidation_DO_NOT_EDIT": "2.x|y", "data": ""}')
    assert "encrypted_export" in world.qios("ingest", encrypted, exit_code=1).stdout
    refused = world.json(
        "vault", "export", encrypted, "--to", vault, exit_code=1, **with_passphrase
    )
    assert "encrypted_export" in refused["error"]["message"]
    assert "without encryption" in refused["error"]["cure"]
