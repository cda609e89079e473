"""The few registry facts that macros need before any table exists, as generated macros."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from qios.registry.model import Registry
from qios.registry.promotions import promotions
from qios.registry.typed_views import source_readings


def vocabulary(registry: Registry) -> dict[str, Any]:
    """The approved schemas with their purposes, and what each rule is called and says to do."""
    return {
        "schemas": {
            row["schema_name"]: row["purpose"]
            for row in registry.seeds["qieos.schemas"]
            if row["status"] == "active"
        },
        "remedies": {
            row["rule_code"]: {
                "title": row["title"],
                "remedy": row["remedy"],
                "severity": row["severity"],
            }
            for row in registry.seeds["qieos.rules"]
        },
    }


def generated_macros(registry: Registry, banner: str) -> dict[Path, str]:
    """Path → text. Several files: where the vocabulary changes, which generate_schema_name() reads,
    dbt parses the whole project anew, and a new table or a source's new heading must not cost that.
    """
    relations = [relation.dbt_name for relation in registry.relations.values()]
    return {
        Path("macros/contracts/vocabulary.sql"): _macro("vocabulary", vocabulary(registry), banner),
        Path("macros/testing/registered_relations.sql"): _macro(
            "registered_relations", relations, banner
        ),
        Path("macros/flow/registered_sources.sql"): _macro(
            "registered_sources", source_readings(registry), banner
        ),
        Path("macros/flow/registered_promotions.sql"): _macro(
            "registered_promotions", promotions(registry), banner
        ),
    }


def _macro(name: str, value: Any, banner: str) -> str:
    body = json.dumps(value, indent=2, ensure_ascii=False)
    return (
        f"{{#- {banner} -#}}\n"
        f"{{% macro {name}() -%}}\n"
        f"{{%- set words = {body} -%}}\n"
        "{{ return(words) }}\n"
        "{%- endmacro %}\n"
    )
