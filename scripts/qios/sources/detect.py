"""`qios sources detect`: the source of a file, how sure that is, and why. Needs no database."""

import uuid
from pathlib import Path
from typing import Any

from qios.errors import Findings, UsageError
from qios.gate import clean_text
from qios.intake.batch import FileVersion
from qios.intake.sources import registered_sources
from qios.sources.claims import Claim, strongest
from qios.sources.recognize import survey

NEAREST = 3
NOBODY = uuid.UUID(int=0)


def detect(path: Path, encoding: str | None = None) -> dict[str, Any]:
    """{path, source, score, candidates}: the source that `qios stage` would take, or None, and what
    speaks for it and for the next ones.

    Nothing of the file is told but which registered headings it has: its other headings, and all
    of its values, may be anything.
    """
    surveys = [s for s in survey(unregistered(path), encoding) if not isinstance(s, Findings)]
    best = next(
        filter(None, (strongest(found, f"the header of {path}") for found in surveys)), None
    )
    found = [claim for claims in surveys for claim in claims if claim.match.positions]
    found.sort(key=lambda claim: (claim is best, claim.holds, claim.score), reverse=True)
    return {
        "path": clean_text(str(path)),
        "source": best.source.source_key if best else None,
        "score": best.score if best else 0.0,
        "candidates": [_told(claim) for claim in found[:NEAREST]],
    }


def unregistered(path: Path) -> FileVersion:
    """A file on disk as a version that no database knows."""
    if not path.is_file():
        raise UsageError(f"{path}: there is no such file", "name a file, not a folder")
    path = path.resolve()
    return FileVersion(NOBODY, NOBODY, 0, path, "", path.stat().st_size)


def _told(claim: Claim) -> dict[str, Any]:
    """The claim, with headings as the registry spells them."""
    own = {column: labels[0] for column, labels in claim.source.columns.items()}
    positions = claim.match.positions
    return {
        "source": claim.source.source_key,
        "display_name": registered_sources()[claim.source.source_key].row["display_name"],
        "score": claim.score,
        "claims_it": claim.holds,
        "headings_found": [own[name] for name in sorted(positions, key=positions.get)],
        "markers_missing": [own.get(name, name) for name in claim.missing],
        "other_headings": claim.labels - len(positions),
        "values_judged": claim.judged,
        "values_fitting": claim.fitting,
    }
