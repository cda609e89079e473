"""Secrets planted in every place of every kind of file: afterwards none of them is anywhere."""

import os
import subprocess
from pathlib import Path

import pytest

from flow.canaries import Canaries
from flow.planting import plant
from flow.planting_sources import plant_sources
from flow.saying import commands
from flow.world import World

PASSPHRASE = "only for this test"  # noqa: S105 - of a file that the test makes
EXPORTED = ("Chrome Passwords.csv", "zoho vault whole.csv", "vault.zip")
CONTROL = "Kontrollvogel"


@pytest.fixture
def canaries(world: World, tmp_path_factory: pytest.TempPathFactory) -> Canaries:
    planted = Canaries()
    folder = world.folder / "exports"
    folder.mkdir()
    plant(folder, planted)
    plant_sources(folder, planted)
    # What is no secret has to turn up: else the search would find nothing whatever was kept.
    control = f"Record Id,Last Name,Description\nzcrm_7,{CONTROL},pw: {planted.bare('control')}\n"
    folder.joinpath("control.csv").write_text(control, encoding="utf-8")
    return planted


def test_no_secret_is_kept(world: World, canaries: Canaries, tmp_path: Path) -> None:
    folder, temporary = world.folder / "exports", tmp_path / "temporary"
    temporary.mkdir()
    vault = tmp_path / "passwords.kdbx"
    said = [
        run(world, temporary, *command)
        for command in (
            ("ingest", folder),
            ("stage", "--retry", "--encoding", "cp1252", "--json"),
            *(("vault", "export", folder / name, "--to", vault) for name in EXPORTED),
            ("vault", "status"),
            ("vault", "reused"),
            ("review", "list"),
            ("validate", "--json"),
            ("sources", "detect", folder / "Contacts.csv"),
            ("place", folder / "Contacts.csv"),
            ("place", folder / "Chrome Passwords.csv"),
        )
    ]
    assert vault.stat().st_mode & 0o777 == 0o600
    assert CONTROL in world.dump()
    assert kept(world, canaries, temporary, said) == {}
    held = world.rows(
        """
        select source_system, count(*) as number from staging.chrome_passwords_quarantine as held
        inner join qinexus.import_batches as batch on batch.id = held.import_batch_id
        where review_status = 'quarantined' group by 1
        """
    )
    assert {row["source_system"] for row in held} == {
        *("chrome_passwords", "firefox", "bitwarden", "lastpass", "safari", "zoho_vault")
    }


def test_no_secret_that_a_person_types_is_kept(world: World, tmp_path: Path) -> None:
    temporary, canaries = tmp_path / "temporary", Canaries()
    temporary.mkdir()
    said = [run(world, temporary, *command) for command in commands(world, canaries)]
    assert "I think" in world.dump()
    assert kept(world, canaries, temporary, said) == {}


def kept(
    world: World,
    canaries: Canaries,
    temporary: Path,
    said: list[subprocess.CompletedProcess],
) -> dict[str, set[str]]:
    """Where secrets are found → which of them."""
    found = {"pg_dump": canaries.found_in(world.dump().encode())}
    for place in (Path(os.environ["QIOS_HOME"]), temporary, *left_in(world.project)):
        for path in place.rglob("*") if place.is_dir() else [place]:
            if path.is_file() and "binaries-" not in str(path):
                found[str(path)] = canaries.found_in(path.read_bytes())
    found |= {" ".join(map(str, out.args[3:])): canaries.found_in(out.stdout) for out in said}
    return {place: secrets for place, secrets in found.items() if secrets}


def run(world: World, temporary: Path, *command: str | Path) -> subprocess.CompletedProcess:
    """Run a command, which may find something to complain of but may not crash."""
    environment = {"TMPDIR": str(temporary), "QIOS_VAULT_PASSWORD": PASSPHRASE}
    process = world.start(*command, **environment)
    out, err = process.communicate()
    assert process.returncode in (0, 1, 2, 3), f"{command}: {err}"
    assert "Traceback" not in err, err
    return subprocess.CompletedProcess(process.args, process.returncode, (out + err).encode())


def left_in(project: Path) -> list[Path]:
    """What dbt and Great Expectations write beside the sources of the project."""
    return [path for path in project.iterdir() if path.name not in ("samples", "tests", ".git")]
