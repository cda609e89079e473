"""`qios sources detect`: the source of a file, how sure that is, and why. Needs no database."""

import os
import uuid
from pathlib import Path
from typing import Any

from qios.errors import Findings, UsageError
from qios.gate import clean_text
from qios.intake.archive.members import MEMBER, archive_kind
from qios.intake.archive.walk import Found, walk
from qios.intake.batch import FileVersion
from qios.intake.sources import registered_sources
from qios.sources.claims import Claim, strongest
from qios.sources.recognize import survey

NEAREST = 3
NOBODY = uuid.UUID(int=0)


def detect(path: Path, encoding: str | None = None) -> dict[str, Any]:
    """{path, source, score, candidates, members}: the source that `qios stage` would take, or None,
    and what speaks for it and for the next ones. Of an archive, the same of each member.

    Nothing of the file is told but which registered headings it has: its other headings, and all
    of its values, may be anything.
    """
    version = unregistered(path)
    members = members_of(version)
    if members is None:
        return _detected(version, encoding) | {"members": []}
    told = [_detected(unregistered(member), encoding) for member in members]
    sources = {member["source"] for member in told if member["source"]}
    return {
        "path": version.name,
        "source": sources.pop() if len(sources) == 1 else None,
        "score": max((member["score"] for member in told), default=0.0),
        "candidates": [],
        "members": told,
    }


def unregistered(path: Path) -> FileVersion:
    """A file on disk, or the member of an archive, as a version that no database knows."""
    if not path.is_file() and MEMBER not in str(path):
        raise UsageError(f"{path}: there is no such file", "name a file, not a folder")
    path = Path(os.path.realpath(path))
    return FileVersion(NOBODY, NOBODY, 0, path, "", 0)


def members_of(version: FileVersion) -> list[Path] | None:
    """The paths of the members of an archive; None of a file that is none."""
    try:
        with version.open() as stream:
            kind = archive_kind(stream)
            if kind is None:
                return None
            size = stream.seek(0, os.SEEK_END)
            stream.seek(0)
            found = walk(stream, kind, str(version.path), size)
    except OSError as error:
        raise Findings(
            f"{version.name}: cannot be read ({error.strerror})", "make it readable, then try again"
        ) from error
    return [Path(clean_text(f.path)) for f in found if isinstance(f, Found) and f.kind is None]


def _detected(version: FileVersion, encoding: str | None) -> dict[str, Any]:
    surveys = [s for s in survey(version, encoding) if not isinstance(s, Findings)]
    name = f"the header of {version.name}"
    best = next(filter(None, (strongest(found, name) for found in surveys)), None)
    found = [claim for claims in surveys for claim in claims if _headings(claim)]
    found.sort(key=lambda claim: (claim is best, claim.holds, claim.score), reverse=True)
    return {
        "path": version.name,
        "source": best.source.source_key if best else None,
        "score": best.score if best else 0.0,
        "candidates": [_told(claim) for claim in found[:NEAREST]],
    }


def _told(claim: Claim) -> dict[str, Any]:
    """The claim, with headings as the registry spells them."""
    own = {column: labels[0] for column, labels in claim.source.columns.items()}
    return {
        "source": claim.source.source_key,
        "display_name": registered_sources()[claim.source.source_key].row["display_name"],
        "score": claim.score,
        "claims_it": claim.holds,
        "headings_found": _headings(claim),
        "markers_missing": [
            " or ".join(own.get(name, name) for name in marker.split("/"))
            for marker in claim.missing
        ],
        "other_headings": claim.labels - len(claim.match.positions),
        "values_judged": claim.judged,
        "values_fitting": claim.fitting,
    }


def _headings(claim: Claim) -> list[str]:
    """The headings found, as the registry spells them; none of those that a reader adds."""
    positions = claim.match.positions
    own = (claim.source.columns[name][0] for name in sorted(positions, key=positions.get))
    return [heading for heading in own if not heading.startswith("_")]
