"""Records of a database in a Notion export, each with the id of its page.

The id stands in a column of its own before the others. A row that another CSV file of the export
holds with more columns is counted as repeated and not given a second time.
"""

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path

from qios.intake.archive.opening import open_bytes
from qios.intake.batch import FileVersion
from qios.intake.chunk import Chunk
from qios.intake.header import find_columns
from qios.intake.readers import Records, delimited
from qios.intake.readers.notion_export import Database, Export, page_title
from qios.intake.readers.notion_pages import agreement, cleaned, pages_of
from qios.intake.sources import Source

PAGE_ID = "_page_id"
"""The label of the column that the export lacks."""

TITLE = "title"
"""The registered column of the sources of this reader that names a row."""


@contextmanager
def open_records(
    version: FileVersion, source: Source, encoding: str | None
) -> Iterator["NotionRecords"]:
    """The records of a CSV file of a Notion export."""
    with delimited.open_records(version, source, encoding) as records:
        yield NotionRecords(records, version, source, encoding)


class NotionRecords(Records):
    """Rows that another file of the export holds with more columns are given there alone."""

    def __init__(
        self,
        records: delimited.RecordReader,
        version: FileVersion,
        source: Source,
        encoding: str | None,
    ) -> None:
        self.header = [PAGE_ID, *records.header]
        self.delimiter = records.delimiter
        self.encoding = records.encoding
        self._records = records
        self._version = version
        self._source = source
        self._encoding = encoding

    @property
    def read(self) -> int:
        """Records read so far, good and refused."""
        return self._records.read

    def position(self) -> int:
        """Bytes of the file read so far."""
        return self._records.position()

    def chunks(self) -> Iterator[Chunk]:
        """The records in file order, without those that the better witness holds."""
        export = Export(self._version.path)
        title_at = _title_position(self._records.header, self._source)
        held = self._titles_held_elsewhere(export)
        page_ids = self._page_ids(export.database, title_at)
        for chunk in self._records.chunks():
            kept = range(len(chunk.rows))
            if held:
                kept = [i for i in kept if _title(chunk.rows[i], title_at) not in held]
            yield self._with_page_ids(chunk, kept, page_ids)

    def _with_page_ids(
        self, chunk: Chunk, kept: range | list[int], page_ids: dict[int, str]
    ) -> Chunk:
        given = set(kept)
        for rejected in chunk.rejected:
            rejected.cells = ["", *rejected.cells] if rejected.cells else []
        return Chunk(
            [chunk.numbers[index] for index in kept],
            [chunk.lines[index] for index in kept],
            [[page_ids.get(chunk.numbers[index], ""), *chunk.rows[index]] for index in kept],
            chunk.rejected,
            chunk.shape_certain,
            [n for i, n in enumerate(chunk.numbers) if i not in given],
        )

    def _titles_held_elsewhere(self, export: Export) -> set[str]:
        mine = set(self._records.header)
        for other in export.better_witnesses():
            with open_bytes(other.path) as stream:
                # Of two files with the same bytes only one is staged, and that may be this one.
                if hashlib.file_digest(stream, "sha256").hexdigest() == self._version.sha256:
                    continue
            header, titles = _read_titles(other.path, self._source)
            if mine <= header:
                self.view_of = str(other.path)
                return titles
        return set()

    def _page_ids(self, database: Database, title_at: int | None) -> dict[int, str]:
        """Number of a record -> the id of its page."""
        if not database.pages or title_at is None:
            return {}
        numbers, rows = [], []
        with delimited.open_records(self._version, self._source, self._encoding) as records:
            for chunk in records.chunks():
                numbers += chunk.numbers
                rows += chunk.rows
        names = {page_id: page_title(path) for page_id, path in database.pages.items()}

        @cache
        def text_of(page_id: str) -> str:
            with open_bytes(database.pages[page_id]) as stream:
                return stream.read().decode(errors="replace")

        def score(index: int, page_id: str) -> int:
            cells = dict(zip(records.header, rows[index], strict=True))
            return agreement(text_of(page_id), rows[index][title_at], cells)

        found = pages_of([row[title_at] for row in rows], names, score)
        return {numbers[index]: page_id for index, page_id in found.items()}


@lru_cache(maxsize=1)
def _read_titles(path: Path, source: Source) -> tuple[set[str], set[str]]:
    """The labels of a file and the titles of its rows, cleaned."""
    nobody = uuid.UUID(int=0)
    version = FileVersion(nobody, nobody, 0, path, sha256="", byte_size=0)
    with delimited.open_records(version, source, None) as records:
        title_at = _title_position(records.header, source)
        rows = [row for chunk in records.chunks() for row in chunk.rows]
    return set(records.header), {_title(row, title_at) for row in rows}


def _title_position(header: list[str], source: Source) -> int | None:
    return find_columns(header, source.shape.columns).get(TITLE)


def _title(row: list[str], position: int | None) -> str:
    return cleaned(row[position]) if position is not None else ""
