"""What a typed view needs to know of its source: which heading feeds which column, read how."""

from __future__ import annotations

from typing import Any

from qios.registry.model import Registry

LANDING_SUFFIX = "_raw"


def source_readings(registry: Registry) -> dict[str, dict[str, Any]]:
    """Source key → the source's formats, its columns by name, in their order, and its rules.

    A password export has no typed view: nothing of it is read as a value.
    """
    return {
        source["source_key"]: {
            "staging_table": source["staging_table"],
            "time_zone": source["time_zone"],
            "region": source["region"],
            "date_formats": list(source.items("date_formats")),
            "datetime_formats": list(source.items("datetime_formats")),
            "decimal_mark": source["decimal_mark"],
            "group_mark": source["group_mark"],
            "currency": source["currency"],
            "columns": _columns(registry, source["source_key"]),
            "row_rules": _row_rules(registry, source["source_key"]),
        }
        for source in registry.seeds["qinexus.sources"]
        if source["source_kind"] != "credentials"
    }


def _columns(registry: Registry, source_key: str) -> dict[str, dict[str, Any]]:
    rows = [
        row for row in registry.seeds["qinexus.source_columns"] if row["source_key"] == source_key
    ]
    return {
        row["column_name"]: {
            "headers": [row["source_header"], *row.items("header_aliases")],
            "parse_format": row["parse_format"],
            "required": row.flag("required"),
            **{name: row[name] for name in ("value_separator", "value_group") if row[name]},
        }
        for row in sorted(rows, key=lambda row: int(row["position"]))
    }


def _row_rules(registry: Registry, source_key: str) -> dict[str, str]:
    """Problem code -> the SQL condition that a row of the source must not break."""
    return {
        row["expectation_key"]: row["rule"]
        for row in registry.seeds["qinexus.source_expectations"]
        if row["source_key"] == source_key
        and row["applies_to"] == "row"
        and not row["deprecated_at"]
    }
