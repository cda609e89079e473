{#-
    The live governed tables and the contract that each was last built by: oid, table_name (with its schema),
    primary_key, state (see contract_state()). A table that lost its primary key or the comment there has no state.

    Example: with built as ({{ built_contracts() }})
-#}
{% macro built_contracts() -%}
    select
        live.oid,
        live.schema_name || '.' || live.table_name as table_name,
        key.conname as primary_key,
        case when noted.state is json object then noted.state::jsonb end as state
    from ({{ live_relations() }}) as live
    inner join {{ ref('qieos__schemas') }} as home on home.schema_name = live.schema_name
    inner join {{ ref('qieos__tables') }} as registered
        on registered.schema_id = home.id
            and registered.table_name = live.table_name
            and registered.relation_type = 'table'
            and registered.deprecated_at is null
    left join pg_catalog.pg_constraint as key on key.conrelid = live.oid and key.contype = 'p'
    cross join lateral obj_description(key.oid, 'pg_constraint') as noted (state)
    where not live.is_view
{%- endmacro %}
