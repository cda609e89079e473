"""Mutations of the live database: what somebody typed into psql."""

from mutations.catalogue import PSQL, TESTS, breaks
from projects import Project


@breaks("R0201", "docker", TESTS)
def a_rogue_live_schema(project: Project) -> None:
    project.sql("create schema docker")


@breaks("R0502", "finance", TESTS, reported_as="R0201")
def a_proposed_schema_that_is_live(project: Project) -> None:
    project.sql("create schema finance")


@breaks("R0701", "qilife.dreams", TESTS)
def an_unregistered_live_table(project: Project) -> None:
    project.sql("create table qilife.dreams (id uuid primary key)")


@breaks("R0702", "qilife.care_logs", TESTS)
def a_dropped_table(project: Project) -> None:
    project.sql("drop table qilife.care_logs cascade")


@breaks("R0702", "qilife.care_logs", TESTS)
def a_view_in_the_place_of_a_table(project: Project) -> None:
    columns = project.sql(
        "select string_agg(format('null::%s as %I', format_type(atttypid, -1), attname), ', ')"
        "from pg_attribute where attrelid = 'qilife.care_logs'::regclass and attnum > 0"
    )[0][0]
    project.sql("drop table qilife.care_logs cascade")
    project.sql(f"create view qilife.care_logs as select {columns}")


@breaks("R0703", "core.tags.stray", TESTS)
def a_stray_column(project: Project) -> None:
    project.sql("alter table core.tags add column stray text")


@breaks("R0704", "core.tags.color", TESTS)
def a_dropped_column(project: Project) -> None:
    project.sql("alter table core.tags drop column color")


@breaks("R0705", "core.tags.color", TESTS)
def a_changed_type(project: Project) -> None:
    project.sql("alter table core.tags alter column color type varchar(7)")


@breaks("R0705", "core.tags.name", TESTS)
def a_dropped_not_null(project: Project) -> None:
    project.sql("alter table core.tags alter column name drop not null")


ROWS_THAT_DO_NOT_ADD_UP = (
    "insert into qinexus.import_files"
    " (import_batch_id, file_version_id, header, rows_read, rows_staged)"
    " values (gen_random_uuid(), gen_random_uuid(), '{}', 3, 2)"
)


@breaks("R1003", "import_files_rows_add_up_check", (*PSQL, ROWS_THAT_DO_NOT_ADD_UP))
def rows_that_do_not_add_up(project: Project) -> None:
    """The command itself is the mutation."""


@breaks("R1201", "core.people.people_entity_id_fkey", TESTS)
def a_lost_foreign_key(project: Project) -> None:
    project.sql("alter table core.people drop constraint people_entity_id_fkey")


@breaks("R1201", "core.people.people_entity_id_fkey", TESTS)
def a_foreign_key_that_is_not_validated(project: Project) -> None:
    alter = "alter table core.people"
    project.sql(f"{alter} drop constraint people_entity_id_fkey")
    project.sql(
        f"{alter} add constraint people_entity_id_fkey"
        " foreign key (entity_id) references core.entities not valid"
    )


@breaks("R1302", "core.entity_tags.entity_tags_pkey", TESTS)
def a_dropped_primary_key(project: Project) -> None:
    project.sql("alter table core.entity_tags drop constraint entity_tags_pkey")


@breaks("R1302", "core.tags.tags_tag_key_key", TESTS)
def a_dropped_unique_key(project: Project) -> None:
    project.sql("alter table core.tags drop constraint tags_tag_key_key")


@breaks("R1302", "core.tags.tags_status_check", TESTS)
def a_dropped_check(project: Project) -> None:
    project.sql("alter table core.tags drop constraint tags_status_check")


@breaks("R1302", "core.tags.tags_tag_group_idx", TESTS)
def a_dropped_index(project: Project) -> None:
    project.sql("drop index core.tags_tag_group_idx")


@breaks("R1302", "core.tags.status", TESTS)
def a_changed_default(project: Project) -> None:
    project.sql("alter table core.tags alter column status set default 'archived'")


@breaks("R1302", "core.tags.color", TESTS)
def a_changed_comment(project: Project) -> None:
    project.sql("comment on column core.tags.color is 'what I think it is'")


@breaks("R1302", "core.tags", TESTS)
def a_changed_table_comment(project: Project) -> None:
    project.sql("comment on table core.tags is null")
