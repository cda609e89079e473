{#-
    The contract's columns beside the live ones, by name: {wanted, live, not_null}, types as PostgreSQL
    spells them; `wanted` or `live` is none where the other side has no such column.

    Example: live_columns(this, contract_of(model)).birth_date.live → 'date'
-#}
{% macro live_columns(relation, contract) -%}
    {%- set query -%}
        with wanted (name, data_type) as (
            values {% for column in contract.columns.values() -%}
                ({{ sql_literal(column.name) }}, {{ sql_literal(column.data_type) }}::regtype::text)
                {%- if not loop.last %}, {% endif -%}
            {%- endfor %}
        ),
        live as (
            select attname::text as name, format_type(atttypid, atttypmod) as data_type, attnotnull
            from pg_catalog.pg_attribute
            where attrelid = to_regclass({{ sql_literal(relation.include(database=false)) }})
                and attnum > 0 and not attisdropped
        )
        select
            coalesce(wanted.name, live.name) as name,
            wanted.data_type as wanted,
            live.data_type as live,
            live.attnotnull as not_null
        from wanted
        full join live on live.name = wanted.name
    {%- endset -%}
    {%- set columns = {} -%}
    {%- for row in run_query(query).rows -%}
        {%- do columns.update({row['name']: {
            'wanted': row['wanted'], 'live': row['live'], 'not_null': row['not_null'],
        }}) -%}
    {%- endfor -%}
    {{ return(columns) }}
{%- endmacro %}
