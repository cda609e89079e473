"""State folders of their own for tests that start, stop and hurt a server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from support import temporary_home


@pytest.fixture
def home() -> Iterator[Path]:
    """An empty QIOS_HOME; no server runs there yet."""
    with temporary_home() as path:
        yield path
