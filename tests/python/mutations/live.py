"""Mutations of the live database: what somebody typed into psql."""

import psycopg

from mutations.catalogue import breaks_live
from qios.registry.triggers import TRIGGERS


@breaks_live("R0201", "docker")
def a_rogue_schema(database: psycopg.Connection) -> None:
    database.execute("create schema docker; create table docker.containers()")


@breaks_live("R0502", "finance")
def a_proposed_schema_that_is_live(database: psycopg.Connection) -> None:
    database.execute("create schema finance")


@breaks_live("R0701", "qilife.dreams", "core.people_backup", "core.readers")
def relations_that_nobody_registered(database: psycopg.Connection) -> None:
    database.execute("create table qilife.dreams (id uuid primary key)")
    database.execute("create table core.people_backup as select * from core.people")
    database.execute("create materialized view core.readers as select 1 as one")


@breaks_live(
    *("R0701", "core.counted()", "core.mood", "core.mail", "core.numbers", "core.citext"),
    "core.german",
)
def functions_types_and_sequences_that_no_build_made(database: psycopg.Connection) -> None:
    database.execute("create function core.counted() returns int language sql as 'select 1'")
    database.execute("create type core.mood as enum ('good')")
    database.execute("create domain core.mail as text")
    database.execute("create sequence core.numbers")
    database.execute("create extension citext schema core")
    database.execute('create collation core.german from "C"')
    # Of one session, and gone with it.
    database.execute("create temp table here (id uuid)")
    database.execute("create function pg_temp.f() returns int language sql as 'select 1'")


@breaks_live("R0702", "qilife.care_logs", "qilife.routines")
def tables_dropped_or_replaced_by_a_view(database: psycopg.Connection) -> None:
    (columns,) = database.execute(
        "select string_agg(format('null::%s as %I', format_type(atttypid, -1), attname), ', ')"
        "from pg_attribute where attrelid = 'qilife.care_logs'::regclass and attnum > 0"
    ).fetchone()
    database.execute("drop table qilife.care_logs, qilife.routines")
    database.execute(f"create view qilife.care_logs as select {columns}")


@breaks_live("R0703", "core.tags.stray")
def a_stray_column(database: psycopg.Connection) -> None:
    database.execute("alter table core.tags add column stray text")


@breaks_live("R0704", "core.tags.color")
def a_dropped_column(database: psycopg.Connection) -> None:
    database.execute("alter table core.tags drop column color")


@breaks_live("R0705", "core.tags.color", "core.tags.name")
def a_changed_type_and_a_dropped_not_null(database: psycopg.Connection) -> None:
    database.execute("alter table core.tags alter column color type varchar(7)")
    database.execute("alter table core.tags alter column name drop not null")


@breaks_live(
    *("R0711", "qieos.tables tasks", "qieos.rule_waivers R0701.qilife.dreams"),
    "qieos.field_dependencies country_code.country.normalized",
)
def a_registry_written_by_hand(database: psycopg.Connection) -> None:
    """The waiver waives nothing in `qios check`, which reads the seed."""
    database.execute(
        "update qieos.tables set sensitivity_level = 'public' where table_name = 'tasks'"
    )
    database.execute(
        "delete from qieos.field_dependencies where field_id ="
        " (select id from qieos.fields where field_key = 'country_code')"
    )
    database.execute(
        "insert into qieos.rule_waivers (rule_code, object, reason, owner, approved_by, expires_on)"
        " values ('R0701', 'qilife.dreams', 'mine', 'me', 'me', current_date)"
    )


@breaks_live(
    *("R0904", "qivault.secret_refs", "core.people.full_name", "qilife", "core.tags"),
    *("default privileges", "core.entities", "every table", "the database", "qivault"),
)
def privileges_for_those_who_are_not_cleared(database: psycopg.Connection) -> None:
    """The roles are cleared for internal tables, for those of core, and for all."""
    for level in ("internal", "private", "restricted"):
        database.execute(f"create role qios_reader_{level}")
        database.execute(f"grant usage on schema core to qios_reader_{level}")
    database.execute("grant select on qivault.secret_refs to public")
    database.execute("grant select (full_name) on core.people to qios_reader_internal")
    database.execute("grant select on core.tags, core.people to qios_reader_private")
    database.execute("grant select on core.people, qilife.tasks to qios_reader_restricted")
    database.execute("grant delete on core.tags to qios_reader_restricted")
    database.execute("grant create on schema qilife to public")
    database.execute("alter default privileges grant select on tables to public")
    database.execute(
        "alter default privileges in schema qivault grant usage on sequences to public"
    )
    database.execute("grant select on core.entities to qios_reader_private with grant option")
    database.execute("grant pg_read_all_data to qios_reader_internal")
    database.execute(
        "do $$ begin execute format("
        "'grant create on database %I to public', current_database()); end $$"
    )


@breaks_live("R1102", "staging.zoho_contacts_raw")
def a_batch_that_nobody_emptied(database: psycopg.Connection) -> None:
    database.execute("alter table qinexus.import_batches disable trigger all")
    database.execute(
        "with batch as (insert into qinexus.import_batches (file_version_id, created_at)"
        " values (gen_random_uuid(), now() - interval '91 days') returning id)"
        " insert into staging.zoho_contacts_raw"
        " (import_batch_id, source_file_id, row_number, raw_payload, row_key, content_hash)"
        " select id, id, 1, '{}', id, id from batch"
    )
    database.execute("alter table qinexus.import_batches enable trigger all")


@breaks_live(
    *("R1201", "core.people.people_entity_id_fkey"),
    "core.organizations.organizations_entity_id_fkey",
)
def foreign_keys_lost_or_not_validated(database: psycopg.Connection) -> None:
    database.execute("alter table core.people drop constraint people_entity_id_fkey")
    alter, name = "alter table core.organizations", "organizations_entity_id_fkey"
    database.execute(f"{alter} drop constraint {name}")
    database.execute(
        f"{alter} add constraint {name} foreign key (entity_id) references core.entities not valid"
    )


@breaks_live(
    *("R1201", "core.people.people_entity_id_fkey", "core.tags.mine"),
    "core.organizations.organizations_entity_id_fkey",
)
def foreign_keys_altered_or_added(database: psycopg.Connection) -> None:
    for table, changed in (("people", "on delete cascade"), ("organizations", "deferrable")):
        database.execute(
            f"alter table core.{table} drop constraint {table}_entity_id_fkey,"
            f" add constraint {table}_entity_id_fkey"
            f" foreign key (entity_id) references core.entities (id) {changed}"
        )
    database.execute(
        "alter table core.tags"
        " add constraint mine foreign key (parent_tag_id) references core.notes"
    )


@breaks_live("R1201", "core.people.people_entity_id_fkey")
def a_foreign_key_that_was_renamed(database: psycopg.Connection) -> None:
    database.execute("alter table core.people rename constraint people_entity_id_fkey to mine")


@breaks_live(
    *("R1302", "core.tags.longer", "core.tags.mine", "core.tags.named"),
    *("core.people.people_full_name_idx", "core.note_change()"),
)
def objects_that_no_contract_has_and_a_function_with_another_body(
    database: psycopg.Connection,
) -> None:
    database.execute("alter table core.tags add constraint longer check (length(name) > 0)")
    database.execute("alter table core.tags add constraint named unique (name)")
    database.execute("create index mine on core.tags (name)")
    database.execute("alter index core.people_full_name_idx rename to names")
    database.execute(
        "create or replace function core.note_change() returns trigger language plpgsql"
        " as 'begin return null; end'"
    )


@breaks_live(
    *("R1302", "core.entity_tags.entity_tags_pkey", "core.tags.tags_tag_key_key"),
    *("core.tags.tags_status_check", "core.tags.tags_tag_group_idx"),
    *("core.tags.status", "core.tags.color", "core.tags", "core.notes.notes_pkey"),
    *("core.tags.audit_update", "core.people.audit_delete", "core.audit_events.append_only"),
)
def objects_defaults_and_comments_lost(database: psycopg.Connection) -> None:
    database.execute("drop trigger audit_update on core.tags")
    database.execute("alter table core.people disable trigger audit_delete")
    database.execute("drop trigger append_only on core.audit_events")
    database.execute("alter table core.entity_tags drop constraint entity_tags_pkey")
    database.execute("alter table core.tags drop constraint tags_tag_key_key")
    database.execute("alter table core.tags drop constraint tags_status_check")
    database.execute("drop index core.tags_tag_group_idx")
    database.execute("alter table core.tags alter column status set default 'archived'")
    database.execute("comment on column core.tags.color is 'what I think it is'")
    database.execute("comment on table core.tags is null")
    database.execute("comment on constraint notes_pkey on core.notes is null")


@breaks_live(
    *("R1302", "core.tags.tags_status_check", "core.tags.tags_tag_group_idx"),
    "core.tags.tags_tag_key_key",
)
def a_key_a_check_and_an_index_that_mean_something_else(database: psycopg.Connection) -> None:
    database.execute("alter table core.tags drop constraint tags_status_check")
    database.execute("alter table core.tags add constraint tags_status_check check (true)")
    database.execute("alter table core.tags drop constraint tags_tag_key_key")
    database.execute("alter table core.tags add constraint tags_tag_key_key unique (tag_key, name)")
    database.execute("drop index core.tags_tag_group_idx")
    database.execute("create index tags_tag_group_idx on core.tags (tag_group) where name = 'x'")


@breaks_live(
    *("R1303", "core.tags", "core.notes", "core.people", "core.attachments"),
    *("core.attachments.forget", "core.identifiers.hide", "core.notes.mine", "qiserver"),
    also=tuple(("R1302", f"core.people.{name}") for name in TRIGGERS),
)
def tables_that_are_no_longer_as_they_were_made(database: psycopg.Connection) -> None:
    database.execute("create role somebody")
    database.execute("alter table core.tags owner to somebody")
    database.execute("alter schema qiserver owner to somebody")
    database.execute("alter table core.notes enable row level security")
    database.execute("create policy mine on core.notes using (true)")
    database.execute("alter table core.people disable trigger all")
    database.execute("alter table core.attachments set unlogged")
    database.execute(
        "create function pg_temp.forget() returns trigger language plpgsql"
        " as 'begin return null; end'"
    )
    database.execute(
        "create trigger forget before insert on core.attachments"
        " for each row execute function pg_temp.forget()"
    )
    database.execute("create rule hide as on delete to core.identifiers do instead nothing")


@breaks_live(
    *("R1403", "core.people.api_key", "qiconnect.passwords"),
    also=(("R0703", "core.people.api_key"), ("R0701", "qiconnect.passwords")),
)
def secrets_that_somebody_keeps_by_hand(database: psycopg.Connection) -> None:
    database.execute("alter table core.people add column api_key text")
    database.execute("create table qiconnect.passwords (id uuid primary key)")


@breaks_live("R1501", "qiserver")
def a_schema_that_is_gone(database: psycopg.Connection) -> None:
    database.execute("drop schema qiserver cascade")
