"""`qios vault`: from a password export into a KeePass file, killed and repeated."""

import csv
import os
import signal
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
