{#-
    The names of a live table's constraints (foreign keys aside) and of its other indexes.

    Example: live_objects(this) → ['people_pkey', 'people_entity_id_key', 'people_family_name_idx']
-#}
{% macro live_objects(relation) -%}
    {%- set query -%}
        with live as (select to_regclass({{ sql_literal(relation.include(database=false)) }}) as oid)
        select conname as name from pg_catalog.pg_constraint, live
        where conrelid = live.oid and contype in ('p', 'u', 'c')
        union
        select index.relname from pg_catalog.pg_index, live, pg_catalog.pg_class as index
        where indrelid = live.oid and index.oid = indexrelid
    {%- endset -%}
    {{ return(run_query(query).columns[0].values() | list) }}
{%- endmacro %}
