"""§10: outside data reaches a canonical table by way of staging, or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from qios.check.catalogue import NEXT, Broken, Evidence, rule
from qios.check.finding import CODE
from qios.check.specification import PROMISED
from qios.paths import text_of
from qios.registry.promotions import broken_promotions, promotions
from qios.registry.seeds import image_of

SOURCE = re.compile(r"\bsource\(\s*['\"]")
SOURCES = re.compile(r"^sources:", re.MULTILINE)
PROVENANCE = ("source_file_id", "import_batch_id")
OUTSIDE = re.compile(
    r"\b(?:copy\s+\S+\s+from|pg_read_file|pg_read_binary_file|dblink|file_fdw|lo_import)\b",
    re.IGNORECASE,
)

# By which a model gets at a relation, or at the database, past ref().
PAST_REF = re.compile(
    r"\b(api\.Relation|Relation\.create|(?:adapter\.)?get_relation|load_relation|run_query|call\s+statement"
    r"|graph\.(?:nodes|sources)|target\.schema|builtins)\b"
)


@rule("R1001", side=CODE, step=NEXT)
def promotions_are_used(evidence: Evidence) -> Iterator[Broken]:
    for code, thing, detail in broken_promotions(evidence.registry):
        table = Path(thing).stem.partition("__")[2].replace("__", ".", 1)
        if table not in PROMISED - evidence.registry.relations.keys():
            yield Broken(code, thing, detail, evidence.root / thing)


@rule("R1001", side=CODE)
def nothing_skips_the_flow(evidence: Evidence) -> Iterator[Broken]:
    """Canonical models read no staging themselves, and no model reads a file or names a table."""
    for model in evidence.models:
        thing = model.name.replace("__", ".", 1)
        if OUTSIDE.search(model.code):
            yield Broken("R1001", thing, "reads from outside the database", model.path)
        for word in sorted(set(PAST_REF.findall(model.code))):
            detail = f"gets at the database by {word}; dbt's lineage does not see it"
            yield Broken("R1001", thing, detail, model.path, "read it through ref()")
        if SOURCE.search(model.code):
            detail = "reads a source() that is no table of the registry"
            yield Broken("R1001", thing, detail, model.path, "stage it, and read it through ref()")
        outright = {n for n in model.named_outright if n.partition(".")[0] in evidence.schemas}
        for name in sorted(outright | model.dotted & evidence.registry.relations.keys()):
            detail = f"names {name} outright; dbt's lineage does not see it"
            yield Broken("R1001", thing, detail, model.path, "read it through ref()")
        if model.folder == "canonical":
            refs = evidence.macros.refs(model.code)
            read = {ref for ref in refs if ref.startswith("staging__")}
            for name in sorted(read):
                detail = f"reads {name.replace('__', '.', 1)} past review and promotion"
                yield Broken("R1001", thing, detail, model.path)


@rule("R1001", side=CODE)
def macros_read_nothing_outside(evidence: Evidence) -> Iterator[Broken]:
    for path, text in evidence.macros.files.items():
        if OUTSIDE.search(text):
            yield Broken("R1001", path.as_posix(), "reads from outside the database", path)


@rule("R1001", side=CODE)
def properties_name_no_source(evidence: Evidence) -> Iterator[Broken]:
    for path in evidence.properties:
        if SOURCES.search(text_of(evidence.root / path)):
            detail = "declares sources; outside data is registered in qinexus.sources"
            yield Broken("R1001", path.as_posix(), detail, path)


@rule("R1001")
def seeds_define(evidence: Evidence) -> Iterator[Broken]:
    """A seed holds definitions: its image has no provenance, for nothing of it was imported."""
    relations = evidence.registry.relations
    for relation in relations.values():
        if relation.kind == "seed":
            image = relations.get(image_of(relation.full_name))
            if image is None:
                detail = "is a CSV file that no registry table is the image of"
                yield Broken("R1001", relation.full_name, detail, relation.row)
            elif any(column.name in PROVENANCE for column in image.live_columns):
                detail = f"is a CSV file for {image.full_name}, which holds imported records"
                yield Broken("R1001", relation.full_name, detail, relation.row)


@rule("R1001", side=CODE)
def seed_files_are_registered(evidence: Evidence) -> Iterator[Broken]:
    known = set(evidence.registry.seeds.paths.values())
    for path in sorted((evidence.root / "seeds").rglob("*.csv")):
        if path not in known:
            thing = path.relative_to(evidence.root).as_posix()
            yield Broken("R1001", thing, "is a CSV file outside the folders of the schemas", path)
    for name, path in evidence.registry.seeds.paths.items():
        if name not in evidence.registry.relations:
            yield Broken("R1001", name, "is a CSV file that dbt would load unregistered", path)


@rule("R1002")
def imported_records_keep_their_source(evidence: Evidence) -> Iterator[Broken]:
    for table in promotions(evidence.registry):
        relation = evidence.registry.relations.get(table.replace("__", ".", 1))
        if relation:
            names = {column.name for column in relation.live_columns}
            for name in PROVENANCE:
                if name not in names:
                    thing = f"{relation.full_name}.{name}"
                    detail = "sources feed the table, but it does not keep where a row is from"
                    yield Broken("R1002", thing, detail, relation.row)
