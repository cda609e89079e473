"""§1: an exception is somebody's, for a reason, and ends."""

from __future__ import annotations

from collections.abc import Iterator

from qios.check.catalogue import Broken, Evidence, rule
from qios.check.waivers import BROAD, EXPIRED, LONGEST, UNUSED, WAIVER_RULES, day_of, today

SAID = ("reason", "owner", "approved_by", "expires_on")


@rule(EXPIRED, BROAD, UNUSED)
def waivers_end(evidence: Evidence) -> Iterator[Broken]:
    """Waivers that say too little, or whose day has passed. The idle ones are told after all."""
    rules = {row["rule_code"] for row in evidence.registry.seeds["qieos.rules"]}
    for row in evidence.registry.seeds["qieos.rule_waivers"]:
        thing = f"{row['rule_code']} {row['object']}"
        if row["deprecated_at"]:
            continue
        missing = [name for name in SAID if not row[name]]
        if row["rule_code"] not in rules:
            yield Broken("R0706", thing, "waives a rule that does not exist", row)
        elif row["rule_code"] in WAIVER_RULES:
            yield Broken(EXPIRED, thing, "the rules about waivers cannot be waived", row)
        elif missing:
            yield Broken(EXPIRED, thing, f"does not say: {', '.join(missing)}", row)
        elif day_of(row) is None:
            yield Broken(EXPIRED, thing, f"{row['expires_on']} is no day (YYYY-MM-DD)", row)
        elif day_of(row) < today():
            yield Broken(EXPIRED, thing, f"ended on {row['expires_on']}", row)
        elif day_of(row) > today() + LONGEST:
            detail = f"ends on {row['expires_on']}, more than {LONGEST.days} days from now"
            yield Broken(EXPIRED, thing, detail, row)
        elif row["approved_by"] == row["owner"]:
            yield Broken(
                EXPIRED, thing, f"{row['owner']} approved what is {row['owner']}'s own", row
            )
