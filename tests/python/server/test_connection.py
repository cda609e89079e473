"""Which server is meant, what its URL looks like, and what is said when it is not there."""

import json
import subprocess

import pytest

from qios.errors import EnvironmentFault
from qios.server import binaries, connection


def psql(url: str, question: str) -> str:
    command = [binaries.program("psql"), url, "-XAtc", question]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_psql_takes_the_url(database, qios) -> None:
    url = qios("db", "url").stdout.strip()
    assert psql(url, "select current_database()") == database.database
    assert ":" not in url.removeprefix("postgresql://").split("@")[0]


def test_psql_command_passes_arguments_on(database, qios) -> None:
    answer = qios("db", "psql", "-XAt", "-c", "select current_database()")
    assert answer.stdout.strip() == database.database


def test_names_with_every_kind_of_character(server, monkeypatch, qios) -> None:
    odd = "a b/ü?&%:@#"
    with connection.connect("postgres", autocommit=True) as postgres:
        postgres.execute(f'create role "{odd}" superuser login')
        postgres.execute(f'create database "{odd}"')
    monkeypatch.setenv("QIOS_PGUSER", odd)
    monkeypatch.setenv("QIOS_PGDATABASE", odd)
    monkeypatch.setenv("QIOS_PGHOST", server.host)
    monkeypatch.setenv("QIOS_PGPASSWORD", "p:w/d @%")
    url = connection.settings().url()
    assert psql(url, "select current_user || current_database()") == odd * 2
    assert "p:w/d @%" not in repr(connection.settings())


def test_external_settings_win_and_the_server_is_not_ours(database, tmp_path, qios) -> None:
    external = {"QIOS_PGHOST": database.host, "QIOS_HOME": str(tmp_path / "other")}
    status = json.loads(qios("db", "status", "--json", **external).stdout)
    assert status["external"]
    assert status["state"] == "running"
    assert qios("db", "start", **external).returncode == 0
    stopped = qios("db", "stop", **external)
    assert stopped.returncode == 2
    assert "QIOS_PGHOST" in stopped.stderr
    assert not (tmp_path / "other").exists()


def test_prepare_on_an_external_server(server, tmp_path, qios) -> None:
    external = {
        "QIOS_PGHOST": server.host,
        "QIOS_PGDATABASE": "made_by_prepare",
        "QIOS_HOME": str(tmp_path / "other"),
    }
    assert "created the database made_by_prepare" in qios("db", "prepare", **external).stderr
    again = qios("db", "prepare", **external)
    assert again.returncode == 0
    assert "created" not in again.stderr


@pytest.mark.parametrize("arguments", [("db", "status"), ("db", "prepare"), ("db", "start")])
def test_a_server_that_is_down_is_an_environment_fault(arguments, qios) -> None:
    nowhere = {"QIOS_PGHOST": "127.0.0.1", "QIOS_PGPORT": "1", "QIOS_PGPASSWORD": "hidden"}
    answer = qios(*arguments, **nowhere)
    assert answer.returncode == 3
    assert "host 127.0.0.1, port 1" in answer.stderr
    assert "cure: check that the server runs" in answer.stderr
    assert "hidden" not in answer.stderr
    assert "Traceback" not in answer.stderr


def test_errors_are_json_for_machines(qios) -> None:
    answer = qios("db", "status", "--json", QIOS_PGHOST="127.0.0.1", QIOS_PGPORT="1")
    error = json.loads(answer.stdout)["error"]
    assert answer.returncode == error["exit_code"] == 3
    assert "port 1" in error["message"]
    assert error["cure"]
    assert answer.stderr == ""


def test_the_private_server_that_is_down_names_its_cure(tmp_path, monkeypatch, qios) -> None:
    monkeypatch.setenv("QIOS_HOME", str(tmp_path / "empty"))
    assert qios("db", "status").returncode == 3
    with pytest.raises(EnvironmentFault) as caught:
        connection.connect()
    assert "qios db prepare" in caught.value.cure


def test_an_old_server_is_refused(database, monkeypatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(connection, "OLDEST_MAJOR", 99)
        with pytest.raises(EnvironmentFault, match=r"PostgreSQL 18 at .* is too old"):
            connection.connect()


@pytest.mark.parametrize("port", ["5499", "seven"])
def test_a_port_that_cannot_be_meant(port, qios) -> None:
    answer = qios("db", "url", QIOS_PGPORT=port)
    assert answer.returncode == 3
    assert port in answer.stderr


def test_a_connection_lost_under_a_command_is_no_traceback(monkeypatch, capsys) -> None:
    import psycopg

    from qios import cli

    def lost(**_: object) -> None:
        raise psycopg.errors.AdminShutdown("terminating connection")

    monkeypatch.setattr(cli, "app", lost)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 3
    assert "terminating connection" in capsys.readouterr().err
