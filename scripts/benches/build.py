"""a build in which nothing changed / a bare dbt project with one empty model per governed table"""

import csv
import os
from pathlib import Path

from benches.measure import BIN, ROOT, Timing, compare, psql, run


def bench(folder: Path, _rows: int) -> None:
    bare = folder / "bare"
    (bare / "models").mkdir(parents=True)
    (bare / "dbt_project.yml").write_text(
        "name: bare\nversion: 1.0.0\nprofile: qios\n"
        "models: {bare: {+materialized: incremental}}\n"
        "flags: {send_anonymous_usage_stats: false}\n"
    )
    with (ROOT / "seeds/qieos/qieos__seed_tables.csv").open(newline="") as stream:
        rows = csv.DictReader(stream)
        governed = sum(r["relation_type"] == "table" and not r["deprecated_at"] for r in rows)
    for n in range(governed):
        (bare / "models" / f"m{n}.sql").write_text("select 1 as id where false\n")
    psql("create database bare")
    dbt = (BIN / "dbt", "--quiet", "build", "--profiles-dir", os.environ["QIOS_HOME"])

    def ours() -> Timing:
        return run(*dbt, "--project-dir", ROOT, QIOS_PGDATABASE="built")

    def theirs() -> Timing:
        return run(*dbt, cwd=bare, QIOS_PGDATABASE="bare")

    ours(), theirs()  # the first run of each parses and creates
    compare(f"no-op build of everything / {governed} empty models", ours, theirs, 2.0)
