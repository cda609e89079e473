"""Renders the selects of the live rules as dbt does, without the seconds that dbt takes to parse.

They use a small part of dbt: ref(), config(), graph, adapter.quote() and the project's own macros.
A test holds what is rendered here against what dbt compiles.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jinja2

from qios.check.models import MACRO
from qios.paths import text_of
from qios.registry.constraints import natural_key
from qios.registry.model import Column, Registry, Relation


class _Returned(Exception):
    """What a macro gives to return()."""

    def __init__(self, value: Any) -> None:
        self.value = value


class Templates:
    """Renders SQL files of one project."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._environment = jinja2.Environment(  # noqa: S701 it renders SQL, not HTML
            extensions=["jinja2.ext.do"], undefined=jinja2.StrictUndefined
        )
        self._environment.globals |= {
            "adapter": SimpleNamespace(quote=lambda name: f'"{name}"'),
            "config": lambda **settings: "",
            "execute": True,
            "fromjson": json.loads,
            "graph": self._graph,
            "ref": _relation,
            "return": _return,
            "tojson": json.dumps,
        }
        for name, path in self._macro_files.items():
            self._environment.globals[name] = self._macro(name, path)

    def render(self, path: Path) -> str:
        return self._environment.from_string(text_of(path)).render()

    @cached_property
    def _macro_files(self) -> dict[str, Path]:
        return {
            name: path
            for path in sorted((self._registry.root / "macros").rglob("*.sql"))
            for name in MACRO.findall(text_of(path))
        }

    @property
    def _graph(self) -> dict[str, Any]:
        """As much of dbt's graph as the macros of the live rules read."""
        return {
            "nodes": {
                relation.dbt_name: {
                    "resource_type": "seed" if relation.kind == "seed" else "model",
                    "schema": relation.schema,
                    "alias": relation.name,
                    "config": {"meta": {"natural_key": natural_key(relation)}},
                    "columns": {
                        column.name: _column(relation, column) for column in relation.live_columns
                    },
                }
                for relation in self._registry.relations.values()
            }
        }

    def _macro(self, name: str, path: Path) -> Callable[..., Any]:
        """A macro as a function; its file is read when it is first called."""
        loaded: list[Callable[..., Any]] = []

        def call(*arguments: Any, **named: Any) -> Any:
            if not loaded:
                template = self._environment.from_string(text_of(path))
                loaded.append(getattr(template.module, name))
            try:
                return loaded[0](*arguments, **named)
            except _Returned as returned:
                return returned.value

        return call


def _column(relation: Relation, column: Column) -> dict[str, Any]:
    other = column.written_by != relation.row["written_by"]
    meta = {"written_by": column.written_by} if other else {}
    return {"name": column.name, "data_type": column.data_type, "config": {"meta": meta}}


def _relation(name: str) -> str:
    schema, table = name.split("__", 1)
    return f'"{schema}"."{table}"'


def _return(value: Any) -> None:
    raise _Returned(value)
