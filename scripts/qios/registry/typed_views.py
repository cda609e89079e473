"""What a typed view needs to know of its source: which heading feeds which column, read how."""

from __future__ import annotations

from typing import Any

from qios.registry.model import Registry, Relation

LANDING_SUFFIX = "_raw"


def view_meta(registry: Registry, relation: Relation) -> dict[str, Any]:
    """The source's reading rules, for the view `staging.<source>` over `staging.<source>_raw`."""
    landing = f"{relation.name}{LANDING_SUFFIX}"
    for source in registry.seeds["qinexus.sources"]:
        if relation.schema == "staging" and source["staging_table"] == landing:
            key = source["source_key"]
            columns = [
                row for row in registry.seeds["qinexus.source_columns"] if row["source_key"] == key
            ]
            return {
                "source": {
                    "source_key": key,
                    "provider_key": source["provider_key"],
                    "time_zone": source["time_zone"],
                    "region": source["region"],
                    "date_formats": list(source.items("date_formats")),
                    "datetime_formats": list(source.items("datetime_formats")),
                    "columns": {
                        row["column_name"]: {
                            "headers": [row["source_header"], *row.items("header_aliases")],
                            "parse_format": row["parse_format"],
                            "required": row.flag("required"),
                        }
                        for row in sorted(columns, key=lambda row: int(row["position"]))
                    },
                }
            }
    return {}
