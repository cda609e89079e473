"""Every reason for which a row or a file is refused comes with a cure, and nothing else does."""

import re
from pathlib import Path

from qios.gate import torn
from qios.intake import keys
from qios.intake.readers import delimited, shape, sheet_xml, workbook
from qios.intake.reasons import CURES
from qios.paths import project_root

CODES = re.compile(r'"([a-z]+(?:_[a-z]+)+)"')


def codes_in(path: Path) -> set[str]:
    """The words with an underscore that stand alone between quotes."""
    return set(CODES.findall(path.read_text("utf-8")))


def test_every_reason_code_has_its_cure() -> None:
    """These modules have no other such words."""
    modules = (delimited, shape, sheet_xml, workbook, torn, keys)
    assert set().union(*(codes_in(Path(module.__file__)) for module in modules)) <= CURES.keys()


def test_every_cure_has_a_reason_code_that_is_given() -> None:
    package = project_root() / "scripts/qios"
    files = [path for path in package.rglob("*.py") if path.name != "reasons.py"]
    assert CURES.keys() <= set().union(*map(codes_in, files))
