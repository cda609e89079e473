"""The registered sources: what their files look like and how their rows are read."""

import uuid
from dataclasses import dataclass
from functools import cache, cached_property

from qios.ids import stable_id
from qios.intake.header import SourceShape
from qios.paths import project_root
from qios.registry.model import Registry
from qios.registry.seeds import SeedRow
from qios.registry.typed_views import LANDING_SUFFIX
from qios.sources.shapes import value_shape


@dataclass(frozen=True, eq=False)
class Source:
    """A row of the sources seed with its columns."""

    row: SeedRow
    columns: tuple[SeedRow, ...]

    @property
    def key(self) -> str:
        return self.row["source_key"]

    @cached_property
    def id(self) -> uuid.UUID:
        return stable_id("qinexus.sources", self.key)

    @property
    def landing(self) -> str:
        """The landing table, in the schema staging."""
        return self.row["staging_table"]

    @property
    def view(self) -> str:
        """The typed view over the landing table, in the schema staging."""
        return self.landing.removesuffix(LANDING_SUFFIX)

    @property
    def is_quarantined(self) -> bool:
        """Whether its files are password exports: their rows are held apart and never promoted."""
        return self.row["source_kind"] == "credentials"

    @property
    def label_column(self) -> str:
        """The view's column that names a row to a person."""
        return self.row["label_column"]

    @property
    def approves_valid_rows(self) -> bool:
        return self.row["review_policy"] == "auto_when_valid"

    @cached_property
    def shape(self) -> SourceShape:
        known_by = {
            column["column_name"]: (column["source_header"], *column.items("header_aliases"))
            for column in self.columns
        }
        shapes = {
            column["column_name"]: value_shape(
                column["parse_format"], self._times(column), column["value_separator"]
            )
            for column in self.columns
        }
        values = {name: shape for name, shape in shapes.items() if shape}
        return SourceShape(self.key, known_by, self.row.items("header_markers"), values)

    def _times(self, column: SeedRow) -> tuple[str, ...]:
        """The to_char() formats of a column of dates or times."""
        formats = f"{column['parse_format']}_formats"
        return self.row.items(formats) if formats in self.row.cells else ()

    @cached_property
    def secret_columns(self) -> tuple[str, ...]:
        """The columns it declares secret, and those whose field holds credentials."""
        return self.row.items("secret_columns") + credential_columns(self)

    def is_number(self, column_name: str) -> bool:
        return any(
            column["column_name"] == column_name and column["parse_format"] == "digits"
            for column in self.columns
        )

    @cached_property
    def separators(self) -> dict[str, str]:
        """Column whose cells may hold several values → what stands between them."""
        return {
            column["column_name"]: column["value_separator"]
            for column in self.columns
            if column["value_separator"] and column["parse_format"] != "text_list"
        }

    def columns_read_as(self, parse_format: str) -> list[str]:
        return [
            column["column_name"]
            for column in self.columns
            if column["parse_format"] == parse_format
        ]


@cache
def registered_sources() -> dict[str, Source]:
    """Source key → source, from the registry's seeds."""
    seeds = Registry(project_root()).seeds
    columns: dict[str, list[SeedRow]] = {}
    for column in seeds["qinexus.source_columns"]:
        columns.setdefault(column["source_key"], []).append(column)
    return {
        row["source_key"]: Source(row, tuple(columns.get(row["source_key"], ())))
        for row in seeds["qinexus.sources"]
        if not row["deprecated_at"]
    }


def reviewed_sources() -> list[Source]:
    """The sources whose rows are reviewed and promoted: all but the password exports."""
    return [source for source in registered_sources().values() if not source.is_quarantined]


def credential_columns(source: Source) -> tuple[str, ...]:
    """The column_names that the registry maps to a field of the category credential."""
    registry = Registry(project_root())
    field_of = {
        usage["column_name"]: usage["field_key"]
        for usage in registry.seeds["qieos.field_usages"]
        if (usage["schema_name"], usage["table_name"]) == ("staging", source.view)
    }
    names = (column["column_name"] for column in source.columns)
    fields = {name: registry.fields.get(field_of.get(name, name)) for name in names}
    return tuple(
        name for name, field in fields.items() if field and field["data_category"] == "credential"
    )
