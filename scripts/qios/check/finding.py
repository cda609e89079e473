"""One shape for every finding, whichever check made it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from qios.registry.seeds import SeedRow

REGISTRY, CODE, LIVE = SIDES = ("registry", "code", "live")


@dataclass(frozen=True)
class Finding:
    """A broken rule at one object.

    object: `schema.table.column` as far as it goes, or the path of a file. side: where it is wrong.
    path, line: the row or file to look at, from the project's folder; a line starts at 1.
    waiver: the row of the waiver that suppresses the finding.
    """

    code: str
    severity: str
    object: str
    side: str
    detail: str
    remedy: str
    section: str
    path: str
    line: int
    waiver: SeedRow | None = None

    @property
    def fingerprint(self) -> str:
        """The same for the same rule broken by the same object, wherever its line moves to."""
        return hashlib.sha256(f"{self.code}\n{self.side}\n{self.object}".encode()).hexdigest()[:32]

    @property
    def counts(self) -> bool:
        """Whether it makes the check fail."""
        return self.severity == "error" and self.waiver is None

    def as_dict(self) -> dict[str, Any]:
        """The finding for a machine; a suppressed one says by whom and until when."""
        shown = {
            name: getattr(self, name)
            for name in (
                *("code", "severity", "object", "side", "detail", "remedy"),
                *("section", "path", "line", "fingerprint"),
            )
        }
        if self.waiver:
            shown["waiver"] = {
                name: self.waiver[name] for name in ("reason", "owner", "approved_by", "expires_on")
            }
        return shown

    def __str__(self) -> str:
        lines = [
            f"{self.code} {self.object}: {self.detail}",
            f"    {self.severity}, {self.side}, §{self.section}, {self.path}:{self.line}",
            f"    cure: {self.remedy}",
        ]
        if self.waiver:
            lines[2] = (
                f"    waived until {self.waiver['expires_on']} by {self.waiver['approved_by']}: "
                f"{self.waiver['reason']}"
            )
        return "\n".join(lines)
