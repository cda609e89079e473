"""The README's sessions are run, and say what it shows; `…` in it stands for anything."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from fnmatch import fnmatchcase
from itertools import dropwhile
from pathlib import Path

import pytest

from qios.paths import project_root

ROOT = project_root()
BLOCKS = re.findall(r"```console\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)


def sessions() -> list[tuple[str, list[str]]]:
    """(command, lines shown) of every `$ ` in the README; a quoted command may take many lines."""
    found = []
    for block in BLOCKS:
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            lines = part.splitlines()
            end = 1
            while "\n".join(lines[:end]).count('"') % 2:
                end += 1
            found.append(("\n".join(lines[:end]), [line for line in lines[end:] if line.strip()]))
    return found


@pytest.mark.parametrize(
    "target", [command for command, _ in sessions() if command.startswith("make")]
)
def test_a_make_target_exists(target: str) -> None:
    name = target.split()[1]
    assert re.search(rf"^{name}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


def test_every_session_shows_what_the_readme_says(
    built: object, qios: Callable[..., subprocess.CompletedProcess], tmp_path: Path
) -> None:
    # `make run` itself is the clean clone's affair; what it ends with is this.
    _, shown = next(session for session in sessions() if session[0] == "make run")
    first = qios("ingest", str(ROOT / "samples"))
    assert_shown(first.stdout, list(dropwhile(lambda line: "registered" not in line, shown)))
    for command, shown in sessions():
        if not command.startswith("make"):
            # A folder of our own: in /tmp another account may have run the same test.
            command = re.sub(r"\B/tmp\b", str(tmp_path), command)
            ended = subprocess.run(
                ["sh", "-c", command.replace(".venv/bin/", "")],
                cwd=ROOT,
                env=os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
                capture_output=True,
                text=True,
            )
            assert ended.returncode == 0, (command, ended.stdout, ended.stderr)
            assert_shown(ended.stdout, shown)


def assert_shown(output: str, shown: list[str]) -> None:
    lines = [" ".join(line.split()) for line in output.splitlines()]
    for line in shown:
        wanted = " ".join(line.split()).replace("[", "[[]").replace("…", "*")
        assert any(fnmatchcase(line, wanted) for line in lines), (line, output)
