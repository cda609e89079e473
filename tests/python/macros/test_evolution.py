"""evolve_contract(): a live table follows its contract, and loses nothing on the way."""

import pytest

from macros.catalog import columns, objects
from projects import Project
from qios.server import connection

TAGS = {"schema_name": "core", "table_name": "tags"}


@pytest.fixture
def project(project_copy: Project, built: connection.Settings) -> Project:
    """A built project, with two tags and a field that no table uses yet."""
    project_copy.sql(
        "insert into core.tags (tag_key, name, tag_group, color)"
        " values ('a', 'Alpha', 'greek', '#fff'), ('b', 'Beta', null, null)"
    )
    project_copy.add_row(
        "qieos.fields",
        field_key="weight",
        display_name="Weight",
        description="How heavy.",
        data_type="integer",
        canonical_format="integer",
        data_category="none",
        sensitivity_level="internal",
    )
    return project_copy


def tag(project: Project, column: str, **cells: str) -> None:
    project.change_row("qieos.field_usages", TAGS | {"column_name": column}, **cells)


def remembered(project: Project) -> None:
    """A correction of a tag's color, what a source said of it last, and a conflict about it."""
    values = "select 'core', 'tags', id, {} from core.tags where tag_key = 'a'"
    project.sql(
        "insert into core.corrections (target_schema, target_table, target_id, column_name,"
        " corrected_value, earlier_value, reason, corrected_by) "
        + values.format("'color', '\"#fff\"', '\"#eee\"', 'seen', 'ada'")
    )
    project.sql(
        "insert into qinexus.source_values (target_schema, target_table, id, source_values) "
        + values.format("""'{"name": "Alpha", "color": "#eee"}'""")
    )
    project.sql(
        "insert into qiaccess.classification_queue (target_schema, target_table, target_id,"
        " waiting_reason, explanation) "
        + values.format("""'conflict', '{"color": {"base": null}}'""")
    )


def test_what_loses_nothing_is_applied(project: Project) -> None:
    project.sql("alter table core.tags add column stray text")
    project.sql("insert into qilife.tasks (title, percent_complete) values ('Count', 50)")
    remembered(project)
    project.change_row("qieos.tables", TAGS, checks='short: length("name") < 9|heavy: weight > 0')
    project.add_column("core.tags.weight", "weight", required="true", default_value="5")
    project.add_column("core.tags.entity_id", "entity_id", references="core.entities")
    project.drop_rows("qieos.field_usages", **TAGS, column_name="description")
    tag(project, "color", column_name="colour", renamed_from="color", usage_notes="Said anew.")
    tag(project, "name", required="", unique="true")
    tag(project, "tag_group", indexed="")
    tag(project, "parent_tag_id", indexed="family where weight > 3", unique="heir where weight > 3")
    # No row holds a value: any type will do.
    project.change_row("qieos.fields", {"field_key": "recurrence_rule"}, data_type="jsonb")
    project.change_row("qieos.fields", {"field_key": "percent_complete"}, data_type="integer")
    project.derive()
    before = objects(project, "core.tags")
    ended = project.build("core__tags", "qilife__tasks")
    assert ended.exit_code == 0, ended.text

    now = columns(project, "core.tags")
    assert now["weight"] == "integer not null default 5 -- How heavy."
    assert now["colour"] == "text -- Said anew."
    assert now["name"].startswith("text -- ")
    assert "stray" in now
    assert not {"color", "description"} & now.keys()
    after = objects(project, "core.tags")
    assert {name: after[name] for name in after.keys() - before.keys()} == {
        "tags_short_check": "CHECK ((length(name) < 9))",
        "tags_heavy_check": "CHECK ((weight > 0))",
        "tags_name_key": "UNIQUE (name)",
        "core.tags_family_idx": "USING btree (parent_tag_id) WHERE (weight > 3)",
        "core.tags_heir_key": "USING btree (parent_tag_id) WHERE (weight > 3)",
        "tags_entity_id_fkey": "FOREIGN KEY (entity_id) REFERENCES core.entities(id)",
    }
    assert before.keys() - after.keys() == {
        "core.tags_tag_group_idx",
        "core.tags_parent_tag_id_idx",
    }
    found = project.sql("select tag_key, colour, weight, tag_group from core.tags order by 1")
    assert found == [("a", "#fff", 5, "greek"), ("b", None, 5, None)]
    assert project.sql("select column_name from core.corrections") == [("colour",)]
    assert project.sql(
        "select source_values from qinexus.source_values union all"
        " select explanation from qiaccess.classification_queue"
    ) == [({"name": "Alpha", "colour": "#eee"},), ({"colour": {"base": None}},)]
    assert columns(project, "qilife.tasks")["percent_complete"].startswith("integer")
    assert columns(project, "qilife.tasks")["recurrence_rule"].startswith("jsonb")
    assert project.sql("select percent_complete from qilife.tasks") == [(50,)]


def test_what_could_lose_something_is_refused_with_its_rows(project: Project) -> None:
    before = columns(project, "core.tags"), objects(project, "core.tags")
    project.sql("insert into qinexus.ingestion_jobs (job_type) values ('scan')")
    project.change_row("qieos.tables", TAGS, checks='short: length("name") < 5')
    project.add_column("core.tags.weight", "weight", required="true")
    project.drop_rows("qieos.field_usages", **TAGS, column_name="tag_group")
    tag(project, "color", required="true")
    project.change_row("qieos.fields", {"field_key": "rows_staged"}, data_type="integer")
    project.derive()
    ended = project.build("core__tags", "qinexus__ingestion_jobs")
    assert ended.exit_code != 0
    assert ended.findings == {
        ("R0704", "core.tags.tag_group"),
        ("R0704", "core.tags.weight"),
        ("R0705", "core.tags.color"),
        ("R0705", "qinexus.ingestion_jobs.rows_staged"),
        ("R1302", "core.tags.tags_short_check"),
    }
    for said in (
        "left the registry, but 1 rows hold a value in it",
        "set deprecated_at there",
        "is required and has no default, but the table holds 2 rows",
        "is to become required, but 1 rows hold no value",
        "is bigint, the contract says integer",
        "then retire the old column",
        '1 rows contradict the new check: length("name") < 5',
        "correct those rows first",
    ):
        assert said in ended.text
    assert (columns(project, "core.tags"), objects(project, "core.tags")) == before


def test_a_retired_column_goes_when_its_values_are_archived(project: Project) -> None:
    tag(project, "color", deprecated_at="2026-01-01")
    project.derive()
    ended = project.build("core__tags")
    assert ended.exit_code == 0, ended.text
    assert "color" not in columns(project, "core.tags")
    archived = project.sql(
        "select target_schema, target_table, tag_key, column_name, value"
        " from qinexus.archived_values inner join core.tags on tags.id = target_id"
    )
    assert archived == [("core", "tags", "a", "color", "#fff")]


def test_what_a_hand_took_away_is_put_back_on_demand(project: Project) -> None:
    tables = ("core.tags", "core.entity_tags")
    before = [(columns(project, table), objects(project, table)) for table in tables]
    for change in (
        *("drop constraint tags_tag_key_key", "drop constraint tags_status_check"),
        *("drop column description", "alter column name drop not null"),
        "alter column status set default 'archived'",
    ):
        project.sql(f"alter table core.tags {change}")
    project.sql("drop index core.tags_tag_group_idx")
    project.sql("create index tags_tag_group_idx on core.tags (tag_key)")
    project.sql("alter table core.tags add constraint tags_status_check check (true)")
    project.sql("comment on column core.tags.color is null")
    project.sql("alter table core.entity_tags drop constraint entity_tags_pkey")
    project.derive()
    ended = project.build("core__tags", "core__entity_tags", restore_contracts=True)
    assert ended.exit_code == 0, ended.text
    assert [(columns(project, table), objects(project, table)) for table in tables] == before


def test_a_unique_key_that_foreign_keys_lean_on_may_change(project: Project) -> None:
    modules = {"schema_name": "qieos", "table_name": "modules", "column_name": "module_key"}
    leaning = objects(project, "qieos.schemas"), objects(project, "qieos.tables")
    project.change_row("qieos.field_usages", modules, unique="module")
    project.derive()
    ended = project.build("qieos__seed_modules", "qieos__modules")
    assert ended.exit_code == 0, ended.text
    now = objects(project, "qieos.modules")
    assert now["modules_module_key"] == "UNIQUE (module_key)"
    assert "modules_module_key_key" not in now
    assert leaning == (objects(project, "qieos.schemas"), objects(project, "qieos.tables"))
