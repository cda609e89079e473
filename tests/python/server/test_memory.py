"""How much memory the server takes follows the machine, and the container it runs in."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from qios.server import memory

GIGABYTE = 2**30


@pytest.mark.parametrize(
    ("machine", "container", "buffers"),
    [
        (8 * GIGABYTE, None, "1024MB"),
        (8 * GIGABYTE, "max", "1024MB"),
        (8 * GIGABYTE, "9223372036854771712", "1024MB"),
        (256 * GIGABYTE, str(2 * GIGABYTE), "256MB"),
        (256 * GIGABYTE, None, "2048MB"),
        (GIGABYTE // 2, None, "128MB"),
    ],
)
def test_an_eighth_of_what_there_is(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    machine: int,
    container: str | None,
    buffers: str,
) -> None:
    limit = tmp_path / "memory.max"
    if container:
        limit.write_text(f"{container}\n")
    monkeypatch.setattr(memory, "LIMITS", (limit,))
    monkeypatch.setattr(memory.psutil, "virtual_memory", lambda: SimpleNamespace(total=machine))
    assert memory.shared_buffers() == buffers
