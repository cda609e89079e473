"""Tables within a text: what stands under the heading of a secret goes, the rest stays."""

from pathlib import Path

import pytest

from qios.gate import clean_text
from qios.gate.marker import marker

SECRET = "correct-horse"  # noqa: S105 - made up


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QIOS_HOME", str(tmp_path))


@pytest.mark.parametrize(
    "table",
    [
        f"| Site | Password |\n|------|:--------:|\n| example.com | {SECRET} |\n| b | {SECRET} |\n",
        f"Site | **Password**\n--- | ---\nexample.com | {SECRET}\n",
        f"Site\tKennwort\nexample.com\t{SECRET}\n",
        f"PIN | Who\n{SECRET} | Anna\n{SECRET} | Bert",
        f"Site,Portal Password,Why we have it. It is old\nexample.com,{SECRET},It was so.\n",
        f'Site;"API key";Who\n"a; b";"{SECRET}";Anna\n',
        f'Password,Height\n{SECRET},6"\n',
    ],
)
def test_the_secret_column_goes(table: str) -> None:
    text = f"Our accounts:\n\n{table}\n\nThat is all | for now\n"
    cleaned = clean_text(text)
    assert SECRET not in cleaned
    assert len(cleaned.splitlines()) == len(text.splitlines())
    assert "That is all | for now" in cleaned
    assert clean_text(cleaned) == cleaned


def test_the_other_columns_stay() -> None:
    text = f"| Site | Password | Who |\n|---|---|---|\n| example.com | {SECRET} | Anna |\n"
    removed = marker("[secret removed: password]", SECRET)
    assert clean_text(text) == text.replace(SECRET, removed)


def test_a_table_without_secrets_stays() -> None:
    text = "| Month | Sum |\n|---|---|\n| May | 12 |\n\nand a | b\n"
    assert clean_text(text) == text


@pytest.mark.parametrize(
    "prose",
    [
        "Do not tell anybody the password, please.\nAnna knows, and so does Bert.\n",
        "R0707 core.seed_words: one, two\n    error, three\n",
        "My password\nwas short, weak, and old.\n",
        "One, two\nthree, four\n",
    ],
)
def test_prose_has_commas(prose: str) -> None:
    assert clean_text(prose) == prose
