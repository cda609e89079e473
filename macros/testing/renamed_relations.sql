{#-
    Relations that were renamed, or moved to another schema, by hand: schema_name, table_name, and the name they have
    now (now_schema, now_table). A relation keeps its comment, and no two have the same purpose.

    Example: with renamed as ({{ renamed_relations() }})
-#}
{% macro renamed_relations() -%}
    select
        home.schema_name,
        lost.table_name,
        live.schema_name as now_schema,
        live.table_name as now_table
    from {{ ref('qieos__tables') }} as lost
    inner join {{ ref('qieos__schemas') }} as home on home.id = lost.schema_id
    inner join pg_catalog.pg_description as noted
        on noted.description = lost.purpose
            and noted.classoid = 'pg_catalog.pg_class'::regclass
            and noted.objsubid = 0
    inner join ({{ live_relations() }}) as live on live.oid = noted.objoid
    where lost.deprecated_at is null
        and to_regclass(format('%I.%I', home.schema_name, lost.table_name)) is null
        and not exists (
            select from {{ ref('qieos__tables') }} as other
            inner join {{ ref('qieos__schemas') }} as other_home on other_home.id = other.schema_id
            where other_home.schema_name = live.schema_name and other.table_name = live.table_name
        )
{%- endmacro %}
