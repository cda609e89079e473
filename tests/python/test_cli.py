"""The frame of the command: quick to start, plain in its errors."""

import json
import resource
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest
import typer

from qios import __version__, cli
from qios.errors import EnvironmentFault, Findings, UsageError


def test_starting_imports_nothing_heavy() -> None:
    question = "import json, sys, qios.cli; print(json.dumps(list(sys.modules)))"
    answer = subprocess.run([sys.executable, "-c", question], capture_output=True, check=True)
    heavy = {"dbt", "great_expectations", "sqlalchemy", "sqlfluff", "pandas", "pypdfium2"}
    assert not heavy & set(json.loads(answer.stdout))


def test_version(qios) -> None:
    assert qios("--version").stdout == f"qios {__version__}\n"


def test_an_unknown_command_is_a_usage_error(qios) -> None:
    answer = qios("db", "frobnicate")
    assert answer.returncode == 2
    assert "frobnicate" in answer.stderr


@pytest.mark.parametrize(("error", "code"), [(Findings, 1), (UsageError, 2), (EnvironmentFault, 3)])
def test_an_error_becomes_a_message_and_an_exit_code(error, code, monkeypatch, capsys) -> None:
    def fail(**_: object) -> None:
        raise error("core.people: rule broken", "mend it")

    monkeypatch.setattr(cli, "app", fail)
    monkeypatch.setattr(sys, "argv", ["qios", "build"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == code
    assert capsys.readouterr().err == "qios: core.people: rule broken\n  cure: mend it\n"


def test_a_defect_is_told_without_what_its_message_quotes(monkeypatch, capsys) -> None:
    secret = "hunter" + str(22)

    def fail(**_: object) -> None:
        try:
            raise KeyError(secret)
        except KeyError as error:
            raise ValueError(f"a cell holds {secret}") from error

    monkeypatch.setattr(cli, "app", fail)
    monkeypatch.delenv(cli.SHOW_MESSAGES, raising=False)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = capsys.readouterr().err
    assert ended.value.code == 1
    assert "ValueError" in said
    assert "KeyError" in said
    assert secret not in said
    monkeypatch.setenv(cli.SHOW_MESSAGES, "1")
    with pytest.raises(SystemExit):
        cli.main()
    assert secret in capsys.readouterr().err


def test_a_path_in_a_message_does_not_tell_its_secret(monkeypatch, capsys, tmp_path) -> None:
    monkeypatch.setenv("QIOS_HOME", str(tmp_path))

    def fail(**_: object) -> None:
        raise UsageError("/data/pw=hunter22.csv: No such file", "mend it")

    monkeypatch.setattr(cli, "app", fail)
    with pytest.raises(SystemExit):
        cli.main()
    assert "hunter22" not in capsys.readouterr().err


def test_no_core_file_is_left(monkeypatch) -> None:
    limits = []
    monkeypatch.setattr(
        cli, "app", lambda **_: limits.append(resource.getrlimit(resource.RLIMIT_CORE))
    )
    cli.main()
    assert limits[0][0] == 0


def _commands(group: click.Group, path: str = "qios") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        yield f"{path} {name}", command
        if isinstance(command, click.Group):
            yield from _commands(command, f"{path} {name}")


def test_every_command_and_every_option_is_explained() -> None:
    for path, command in _commands(typer.main.get_command(cli.app)):
        assert command.help, path
        for parameter in command.params:
            assert parameter.help.endswith("."), (path, parameter.name)
