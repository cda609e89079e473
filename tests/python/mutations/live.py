"""Mutations of the live database: what somebody typed into psql."""

from mutations.catalogue import PSQL, TESTS, breaks
from projects import Project


@breaks("R0201", "docker", by=TESTS)
def a_rogue_live_schema(project: Project) -> None:
    project.sql("create schema docker")


@breaks("R0502", "finance", by=TESTS, reported_as="R0201")
def a_proposed_schema_that_is_live(project: Project) -> None:
    project.sql("create schema finance")


@breaks("R0701", "qilife.dreams", by=TESTS)
def an_unregistered_live_table(project: Project) -> None:
    project.sql("create table qilife.dreams (id uuid primary key)")


@breaks("R0702", "qilife.care_logs", "qilife.routines", by=TESTS)
def tables_dropped_or_replaced_by_a_view(project: Project) -> None:
    columns = project.sql(
        "select string_agg(format('null::%s as %I', format_type(atttypid, -1), attname), ', ')"
        "from pg_attribute where attrelid = 'qilife.care_logs'::regclass and attnum > 0"
    )[0][0]
    project.sql("drop table qilife.care_logs, qilife.routines")
    project.sql(f"create view qilife.care_logs as select {columns}")


@breaks("R0703", "core.tags.stray", by=TESTS)
def a_stray_column(project: Project) -> None:
    project.sql("alter table core.tags add column stray text")


@breaks("R0704", "core.tags.color", by=TESTS)
def a_dropped_column(project: Project) -> None:
    project.sql("alter table core.tags drop column color")


@breaks("R0705", "core.tags.color", "core.tags.name", by=TESTS)
def a_changed_type_and_a_dropped_not_null(project: Project) -> None:
    project.sql("alter table core.tags alter column color type varchar(7)")
    project.sql("alter table core.tags alter column name drop not null")


ROWS_THAT_DO_NOT_ADD_UP = (
    "insert into qinexus.import_files"
    " (import_batch_id, file_version_id, header, rows_read, rows_staged)"
    " values (gen_random_uuid(), gen_random_uuid(), '{}', 3, 2)"
)


@breaks("R1003", "import_files_rows_add_up_check", by=(*PSQL, ROWS_THAT_DO_NOT_ADD_UP))
def rows_that_do_not_add_up(project: Project) -> None:
    """The command itself is the mutation."""


@breaks(
    *(
        "R1201",
        "core.people.people_entity_id_fkey",
        "core.organizations.organizations_entity_id_fkey",
    ),
    by=TESTS,
)
def foreign_keys_lost_or_not_validated(project: Project) -> None:
    project.sql("alter table core.people drop constraint people_entity_id_fkey")
    alter, name = "alter table core.organizations", "organizations_entity_id_fkey"
    project.sql(f"{alter} drop constraint {name}")
    project.sql(
        f"{alter} add constraint {name} foreign key (entity_id) references core.entities not valid"
    )


@breaks(
    *("R1302", "core.entity_tags.entity_tags_pkey", "core.tags.tags_tag_key_key"),
    *("core.tags.tags_status_check", "core.tags.tags_tag_group_idx"),
    *("core.tags.status", "core.tags.color", "core.tags"),
    *("core.tags.audit_update", "core.people.audit_delete", "core.audit_events.append_only"),
    by=TESTS,
)
def keys_checks_indexes_triggers_defaults_and_comments_lost(project: Project) -> None:
    project.sql("drop trigger audit_update on core.tags")
    project.sql("alter table core.people disable trigger audit_delete")
    project.sql("drop trigger append_only on core.audit_events")
    project.sql("alter table core.entity_tags drop constraint entity_tags_pkey")
    project.sql("alter table core.tags drop constraint tags_tag_key_key")
    project.sql("alter table core.tags drop constraint tags_status_check")
    project.sql("drop index core.tags_tag_group_idx")
    project.sql("alter table core.tags alter column status set default 'archived'")
    project.sql("comment on column core.tags.color is 'what I think it is'")
    project.sql("comment on table core.tags is null")


@breaks(
    *("R1302", "core.tags.tags_status_check", "core.tags.tags_tag_group_idx"),
    "core.tags.tags_tag_key_key",
    by=TESTS,
)
def a_key_a_check_and_an_index_that_mean_something_else(project: Project) -> None:
    project.sql("alter table core.tags drop constraint tags_status_check")
    project.sql("alter table core.tags add constraint tags_status_check check (true)")
    project.sql("alter table core.tags drop constraint tags_tag_key_key")
    project.sql("alter table core.tags add constraint tags_tag_key_key unique (tag_key, name)")
    project.sql("drop index core.tags_tag_group_idx")
    project.sql("create index tags_tag_group_idx on core.tags (tag_group) where name = 'x'")


@breaks("R1303", "core.tags", by=(*PSQL, "truncate core.tags cascade"))
def an_audited_table_is_truncated(project: Project) -> None:
    """The command itself is the mutation."""


@breaks("R1303", "core.audit_events", by=(*PSQL, "update core.audit_events set reason = null"))
def the_journal_is_rewritten(project: Project) -> None:
    """The command itself is the mutation."""
