"""Header drift: how the headings of a file differ from those of its source's last export."""

from collections.abc import Sequence
from dataclasses import dataclass

import psycopg

from qios.intake.header import distinct_names, find_columns
from qios.intake.sources import Source


@dataclass(frozen=True)
class Drift:
    """new, gone: headings; renamed: (earlier heading, heading now) of a column that the source
    knows by both; reordered: whether the headings that stayed stand in another order."""

    new: tuple[str, ...]
    gone: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]
    reordered: bool

    def __str__(self) -> str:
        parts = [f"{what}: {', '.join(names)}" for what, names in self._named() if names]
        return "; ".join([*parts, "in another order"] if self.reordered else parts)

    def _named(self) -> list[tuple[str, list[str]]]:
        renamed = [f"{before} → {now}" for before, now in self.renamed]
        return [("new", list(self.new)), ("gone", list(self.gone)), ("renamed", renamed)]


def drift_since_last(
    database: psycopg.Connection, source: Source, header: Sequence[str]
) -> Drift | None:
    """The drift since the last file of the source that staged a row; None where there is none."""
    last = database.execute(
        """
        select file.header
        from qinexus.import_batches as batch
        inner join qinexus.import_files as file on file.import_batch_id = batch.id
        where batch.source_id = %s and file.rows_staged > 0
        order by batch.staged_at desc
        limit 1
        """,
        [source.id],
    ).fetchone()
    return compare(last[0], header, source) if last else None


def compare(earlier: Sequence[str], now: Sequence[str], source: Source) -> Drift | None:
    """How a header differs from an earlier one; None where it does not."""
    before, after = distinct_names(earlier), distinct_names(now)
    if before == after:
        return None
    found_before, found_after = (find_columns(h, source.shape.columns) for h in (before, after))
    renamed = {
        before[at]: after[found_after[column]]
        for column, at in found_before.items()
        if column in found_after
        and before[at] not in after
        and after[found_after[column]] not in before
    }
    stayed_before = [renamed.get(name, name) for name in before]
    return Drift(
        new=tuple(name for name in after if name not in stayed_before),
        gone=tuple(name for name in stayed_before if name not in after),
        renamed=tuple(renamed.items()),
        reordered=[name for name in stayed_before if name in after]
        != [name for name in after if name in stayed_before],
    )
