"""Every reason for which a row is refused comes with a cure."""

import re
from pathlib import Path

from qios.gate import torn
from qios.intake import keys
from qios.intake.readers import delimited
from qios.intake.reasons import CURES


def test_every_reason_code_has_its_cure() -> None:
    """The codes are the only words with an underscore that stand alone between quotes there."""
    used = {
        code
        for module in (delimited, torn, keys)
        for code in re.findall(r'"([a-z]+(?:_[a-z]+)+)"', Path(module.__file__).read_text("utf-8"))
    }
    file_codes = {"malformed_header", "blank_header"}
    assert used - file_codes == CURES.keys()
