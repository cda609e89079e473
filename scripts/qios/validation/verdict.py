"""What validation says of a batch, as it is kept in the batch's stats."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from qios.validation.expectations import BATCH
from qios.validation.judge import Judged

PASSED, HAS_PROBLEMS, FAILED = "passed", "has_problems", "failed"


@dataclass(frozen=True)
class Verdict:
    """word: `has_problems` where some rows do, `failed` where the batch as a whole does.

    expectations: {code, says, scope, met} of each; no cell of a row is in it.
    """

    word: str
    expectations: Sequence[dict[str, Any]]

    @classmethod
    def of(cls, judged: Collection[Judged]) -> "Verdict":
        met = all(j.success for j in judged)
        at_large = any(j.at_large for j in judged)
        shown = [
            {
                "code": j.expectation.code,
                "says": j.expectation.says,
                "scope": BATCH if j.at_large else j.expectation.scope,
                "met": j.success,
            }
            for j in judged
        ]
        return cls(FAILED if at_large else PASSED if met else HAS_PROBLEMS, shown)

    @property
    def failed(self) -> bool:
        return self.word == FAILED

    def as_dict(self) -> dict[str, Any]:
        return {"verdict": self.word, "expectations": self.expectations}
