"""A seed that cannot be read is told in words, with the file."""

from pathlib import Path

import pytest

from qios.errors import UsageError
from qios.registry.seeds import Seeds


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "qieos__seed_moods.csv is empty"),
        (b"\xef\xbb\xbfname,notes\n", "line 1: begins with a byte order mark"),
        (b"name,notes\nna\xefve,\n", "line 2: is not UTF-8"),
        (b"name,name\n", "has two headings name"),
        (b"name,notes\nglad\n", "line 2: 1 cells under 2 headings"),
        (b'name,notes\n"glad,\n', "line 2: unexpected end of data"),
        (b"name,remarks\nglad,\n", "has no heading notes"),
    ],
)
def test_a_seed_that_cannot_be_read_is_told_in_words(
    text: bytes, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "seeds/qieos/qieos__seed_moods.csv"
    path.parent.mkdir(parents=True)
    path.write_bytes(text)
    with pytest.raises(UsageError, match=said):
        _ = [row["notes"] for row in Seeds(tmp_path)["qieos.moods"]]
