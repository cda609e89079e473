"""Promotions: columns that their tables have, and what promoted() makes of them."""

import shutil
import subprocess
import sys
from pathlib import Path

from projects import Project
from qios import paths
from qios.registry.model import Registry
from qios.registry.promotions import promotions
from qios.server import connection


def test_promotions_give_only_columns_that_their_tables_have(
    project_copy: Project, built: connection.Settings
) -> None:
    """promoted() asks for the columns of the table: a misspelled one would be lost in silence."""
    shutil.rmtree(project_copy.root / "target/compiled", ignore_errors=True)
    program = Path(sys.executable).with_name("dbt")
    options = ("--profiles-dir", paths.profiles_dir(), "--project-dir", project_copy.root)
    subprocess.run(
        [program, "--quiet", "compile", "--select", "path:models/promotion", *options],
        check=True,
        capture_output=True,
    )
    registry = Registry(project_copy.root)
    tables = {relation.dbt_name: relation for relation in registry.relations.values()}
    strange = {}
    with connection.connect(autocommit=True) as database:
        for table, sources in promotions(registry).items():
            known = {column.name for column in tables[table].live_columns}
            for source in sources:
                name = f"{source}__{table}"
                (compiled,) = (project_copy.root / "target/compiled").rglob(f"{name}.sql")
                query = f"select * from ({compiled.read_text(encoding='utf-8')}) as given limit 0"  # noqa: S608
                given = {column.name for column in database.execute(query).description}
                assert "id" in given, name
                if given - known:
                    strange[name] = given - known
    assert strange == {}
