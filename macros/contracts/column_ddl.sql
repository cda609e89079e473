{#-
    One column of a contract as it stands in `create table` or `add column`.

    Example: "created_at" timestamptz default now() not null
-#}
{% macro column_ddl(column) -%}
    {{ return(
        adapter.quote(column.name) ~ ' ' ~ column.data_type
        ~ (' default ' ~ column.default if column.default else '')
        ~ (' not null' if column.not_null else '')
    ) }}
{%- endmacro %}
