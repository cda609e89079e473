"""Which registered files wait to be staged."""

from collections.abc import Collection
from pathlib import Path

import psycopg

from qios.intake.stage import FileVersion


def unstaged(
    database: psycopg.Connection, only: Collection[Path] | None = None
) -> list[FileVersion]:
    """The current versions that no batch has read, in the order of their registration.

    only: restrict to these absolute paths.
    """
    rows = database.execute(
        """
        select file.id, version.id, version.version_number, file.path, version.sha256,
            version.byte_size
        from qinexus.files as file
        inner join qinexus.file_versions as version
            on version.file_id = file.id and version.version_number = file.current_version_number
        where (%(only)s::text[] is null or file.path = any(%(only)s::text[]))
            and not exists (
                select from qinexus.import_batches as batch where batch.file_version_id = version.id
            )
        order by version.registered_at, file.path
        """,
        {"only": None if only is None else [str(path) for path in only]},
    )
    return [
        FileVersion(file_id, version_id, number, Path(path), sha256, size)
        for file_id, version_id, number, path, sha256, size in rows
    ]
