"""A captured file: registered like any other, and then only referred to."""

from pathlib import Path

import psycopg

from qios.capture.capture import File
from qios.errors import Findings, UsageError
from qios.intake.listing import files_below
from qios.intake.register import register


def registered_file(database: psycopg.Connection, path: Path) -> File:
    """Register the file, or find it known. UsageError for a folder, Findings for one unreadable."""
    if path.is_dir():
        raise UsageError(f"{path} is a folder", "capture one file; `qios ingest` takes folders")
    first, *_ = register(database, files_below([path]))
    row = database.execute(
        """
        select file.id, file.file_name, coalesce(version.media_type, file.media_type, ''),
            version.sha256, version.byte_size
        from qinexus.file_versions as version
        inner join qinexus.files as file on file.id = version.file_id
        where version.id = %s
        """,
        [first.version_id],
    ).fetchone()
    if row is None:
        raise Findings(f"{first.path}: {first.detail} (unreadable_file)", "make it readable")
    return File(*row)
