{#-
    Columns that were renamed by hand: schema_name, table_name, column_name, and the name it has now (now_column). A
    column keeps its comment.

    Example: with renamed as ({{ renamed_columns() }})
-#}
{% macro renamed_columns() -%}
    select
        lost.schema_name,
        lost.table_name,
        lost.column_name,
        live.column_name as now_column
    from ({{ registered_columns() }}) as lost
    inner join ({{ live_attributes() }}) as live using (schema_name, table_name)
    where col_description(live.oid, live.attnum) = lost.description
        and not exists (
            select from pg_catalog.pg_attribute as kept
            where kept.attrelid = live.oid and kept.attname = lost.column_name
        )
        and not exists (
            select from {{ ref('qieos__field_usages') }} as other
            where other.schema_name = live.schema_name
                and other.table_name = live.table_name
                and other.column_name = live.column_name
        )
{%- endmacro %}
