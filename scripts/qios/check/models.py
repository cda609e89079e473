"""The files that dbt builds from, as text: which models there are, and what each reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from qios.paths import text_of

REF = re.compile(r"""\bref\(\s*(?:['"]\w+['"]\s*,\s*)?['"](\w+)['"]\s*[,)]""")
GENERATED = "{#- generated from seeds/"
CALL = re.compile(r"\b([a-z]\w*)\(")
MACRO = re.compile(r"\{%-?\s*macro\s+(\w+)\s*\(")
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
COMMENT = re.compile(r"\{#.*?#\}|--[^\n]*", re.DOTALL)
STRING = re.compile(r"'(?:[^']|'')*'")
DOTTED = re.compile(r'(?<![\w."])"?([a-z]\w*)"?\."?([a-z]\w*)"?(?![\w.]*\s*\()')
# A relation named outright: `from core.people`, "core"."people", qios.core.people.
NAMED = re.compile(
    r'\b(?:from|join|into|update)\s+(?:"?\w+"?\.(?="?\w+"?\."?\w))?"?([a-z]\w*)"?\."?([a-z]\w*)"?',
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ModelFile:
    """A model's SQL file; `path` starts at the project's folder."""

    path: Path
    text: str

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def folder(self) -> str:
        """The first folder below models: canonical, staging, promotion."""
        return self.path.parts[1] if len(self.path.parts) > 2 else ""

    @property
    def code(self) -> str:
        """The text without its comments, except for the refs that dbt reads in them."""
        refs = " ".join(found.group(0) for found in REF.finditer(self.text))
        return COMMENT.sub(" ", self.text) + refs

    @property
    def dotted(self) -> set[str]:
        """Every `a.b` of the SQL: columns of tables, and tables that are named anywhere."""
        plain = STRING.sub(" ", JINJA.sub(" ", COMMENT.sub(" ", self.text)))
        return {".".join(parts) for parts in DOTTED.findall(plain)}

    @property
    def named_outright(self) -> set[str]:
        """`schema.table` of each relation that the SQL names without ref()."""
        plain = JINJA.sub(" ", COMMENT.sub(" ", self.text))
        return {f"{schema}.{table}" for schema, table in NAMED.findall(plain)}


def model_files(root: Path) -> Iterator[ModelFile]:
    """Every SQL file below models/, by path."""
    for path in sorted((root / "models").rglob("*.sql")):
        yield ModelFile(path.relative_to(root), text_of(path))


class Macros:
    """The project's macros by name, and what a text that calls them reads."""

    def __init__(self, root: Path) -> None:
        self._root = root

    @cached_property
    def files(self) -> dict[Path, str]:
        """Path from the project's folder → the text of a file of macros, comments left out."""
        found = sorted((self._root / "macros").rglob("*.sql"))
        return {path.relative_to(self._root): COMMENT.sub(" ", text_of(path)) for path in found}

    @cached_property
    def texts(self) -> dict[str, str]:
        """Macro → the text of its file, comments left out."""
        return {name: text for text in self.files.values() for name in MACRO.findall(text)}

    @cached_property
    def generated(self) -> set[str]:
        """The macros that `qios contracts` writes from the registry."""
        return {
            name
            for path, text in self.files.items()
            for name in MACRO.findall(text)
            if text_of(self._root / path).startswith(GENERATED)
        }

    def refs(self, text: str) -> set[str]:
        """The dbt names that a text refers to, by itself or through the macros it calls."""
        texts = [text, *(self.texts[name] for name in self.called_by(text))]
        return {ref for own in texts for ref in REF.findall(own)}

    def called_by(self, text: str) -> set[str]:
        """The macros that a text calls, by itself or through others."""
        seen: set[str] = set()
        waiting = [text]
        while waiting:
            for name in set(CALL.findall(waiting.pop())) & self.texts.keys() - seen:
                seen.add(name)
                waiting.append(self.texts[name])
        return seen
