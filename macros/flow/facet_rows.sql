{#-
    A promotion of a table with one row for each entity, such as core.people: the latest promoting row of each
    entity, with `columns` of it (a name, or `expression as name`). `kept` is a condition on that row.

    Example: {{ facet_rows(ref('staging__zoho_contacts'), 'core.organizations', 'organization_entity_id', [
        'organization_name as name',
    ]) }}
-#}
{% macro facet_rows(view, table, entity, columns, kept='true') -%}
    with

    latest as (
        {{ promoting_rows(view, entity) }}
    ),

    final as (
        select
            {{ stable_id([sql_literal(table), entity]) }} as id,
            {{ entity }} as entity_id,
            {{ columns | join(',\n            ') }},
            source_system,
            source_file_id,
            import_batch_id
        from latest
        where {{ kept }}
    )

    select * from final
{%- endmacro %}
