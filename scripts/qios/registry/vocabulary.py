"""The few registry facts that macros need before any table exists, as generated macros."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from qios.registry.model import Registry
from qios.registry.promotions import promotions
from qios.registry.typed_views import source_readings

# Generated macro → its folder below macros/.
FOLDERS = {
    "vocabulary": "contracts",
    "registered_relations": "testing",
    "registered_sources": "flow",
    "registered_promotions": "flow",
}


def vocabulary(registry: Registry) -> dict[str, Any]:
    """The approved schemas, and what each rule is called and says to do."""
    return {
        "schemas": [
            row["schema_name"]
            for row in registry.seeds["qieos.schemas"]
            if row["status"] == "active"
        ],
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
    words = {
        "vocabulary": vocabulary(registry),
        "registered_relations": [relation.dbt_name for relation in registry.relations.values()],
        "registered_sources": source_readings(registry),
        "registered_promotions": promotions(registry),
    }
    return {
        Path("macros", FOLDERS[name], f"{name}.sql"): _macro(name, value, banner)
        for name, value in words.items()
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
