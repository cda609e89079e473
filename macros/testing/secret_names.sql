{#-
    The live tables and columns that nobody registered and whose names tell of a secret: schema_name, table_name, and
    column_name, which is null of a table. What is registered was held to the standards before it was built.

    Example: with secrets as ({{ secret_names() }})
-#}
{% macro secret_names() -%}
    select
        stray.schema_name,
        stray.table_name,
        stray.column_name
    from (
        select
            schema_name,
            table_name,
            null as column_name,
            table_name as name,
            'table' as kind
        from ({{ live_relations() }}) as live
        union all
        select
            schema_name,
            table_name,
            column_name,
            column_name as name,
            'column' as kind
        from ({{ live_attributes() }}) as live
    ) as stray
    inner join {{ ref('qieos__naming_standards') }} as standard
        on standard.applies_to = stray.kind
            -- `apiKey` and `API key` are `api_key`.
            and lower(regexp_replace(
                regexp_replace(stray.name, '([a-z0-9])([A-Z])', '\1_\2', 'g'), '[^A-Za-z0-9]+', '_', 'g'
            )) ~ standard.pattern
    where standard.rule_code = 'R1403'
        and standard.effect = 'forbidden'
        and standard.deprecated_at is null
        and not exists (
            select from {{ ref('qieos__field_usages') }} as registered
            where registered.schema_name = stray.schema_name
                and registered.table_name = stray.table_name
                and registered.column_name = coalesce(stray.column_name, registered.column_name)
                and registered.deprecated_at is null
        )
{%- endmacro %}
