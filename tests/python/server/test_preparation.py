"""The database and the dbt profile: made once, and a person's work is left alone."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from qios import paths
from qios.server import connection, preparation


def schemas() -> list[str]:
    question = "select nspname from pg_namespace where nspname !~ '^pg_' order by 1"
    with connection.connect() as database:
        return [row[0] for row in database.execute(question)]


def test_prepare_twice(home: Path) -> None:
    assert len(preparation.prepare()) == 3
    assert preparation.prepare() == []
    assert schemas() == ["information_schema"]
    with connection.connect() as database:
        locale = "select datlocprovider::text, datlocale from pg_database where datname = 'qios'"
        assert database.execute(locale).fetchone() == ("b", "C.UTF-8")


def test_a_public_schema_in_use_stays(database) -> None:
    with connection.connect() as opened:
        opened.execute("create schema public")
        opened.execute("create table public.mine ()")
    preparation.drop_empty_public()
    assert "public" in schemas()


def test_a_fresh_database_from_a_template(create_database) -> None:
    first = create_database()
    with connection.connect() as opened:
        opened.execute("create schema marked")
    second = create_database(first.database)
    assert second.database != first.database
    assert "marked" in schemas()


def test_the_profile_leads_dbt_to_the_server_and_holds_no_secret(
    database, monkeypatch, tmp_path
) -> None:
    monkeypatch.setenv("QIOS_PGPASSWORD", "hidden")
    profile = paths.profiles_dir() / "profiles.yml"
    assert database.host in profile.read_text()
    assert "hidden" not in profile.read_text()
    output = yaml.safe_load(profile.read_text())["qios"]["outputs"]["dev"]
    assert (output["type"], output["schema"], output["threads"]) == ("postgres", "core", 4)
    (tmp_path / "dbt_project.yml").write_text("{name: empty, profile: qios, config-version: 2}")
    command = [Path(sys.executable).with_name("dbt"), "debug", "--connection"]
    answer = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout


def test_a_profile_of_ones_own_is_kept(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("QIOS_HOME", str(tmp_path))
    mine = tmp_path / "profiles.yml"
    mine.write_text("qios: {target: mine}\n")
    assert not preparation.write_profile()
    assert mine.read_text() == "qios: {target: mine}\n"


def test_a_profile_of_ours_follows_the_example(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("QIOS_HOME", str(tmp_path))
    assert preparation.write_profile()
    (tmp_path / "profiles.yml").write_text(preparation.OURS + "stale: content\n")
    assert preparation.write_profile()
    assert "stale" not in (tmp_path / "profiles.yml").read_text()
    assert not preparation.write_profile()


@pytest.mark.parametrize("inside", ["", "models/canonical"])
def test_the_project_is_found(inside, tmp_path, monkeypatch) -> None:
    monkeypatch.delenv("QIOS_PROJECT_DIR", raising=False)
    monkeypatch.chdir(paths.project_root() / inside)
    assert (paths.project_root() / "profiles.example.yml").is_file()
    monkeypatch.setenv("QIOS_PROJECT_DIR", str(tmp_path))
    assert paths.project_root() == tmp_path
