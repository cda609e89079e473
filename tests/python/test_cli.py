"""The frame of the command: quick to start, plain in its errors."""

import json
import subprocess
import sys

import pytest

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
