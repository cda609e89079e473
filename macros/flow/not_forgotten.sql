{#-
    The rows of an import without those that belong to a forgotten entity (core.forgotten_entities); a row of
    something else that only refers to one loses the reference. Where nobody was forgotten, the rows as they are.

    Example: from {{ not_forgotten(source, target, supplied, contract) }} as source
-#}
{% macro not_forgotten(rows, target, supplied, contract) -%}
    {%- set gone = adapter.get_relation(target.database, 'core', 'forgotten_entities') -%}
    {%- if gone is none or run_query('select 1 from ' ~ gone ~ ' limit 1').rows | length == 0 -%}
        {{ return(rows) }}
    {%- endif -%}
    {%- set owners = ['id'] if target.schema == 'core' and target.identifier == 'entities' else [] -%}
    {%- set mentions = [] -%}
    {%- for column in contract.columns.values()
        if column.name in supplied and column.references == 'core.entities.id' -%}
        {%- do (owners if column.not_null else mentions).append(column.name) -%}
    {%- endfor -%}
    {%- if not owners and not mentions -%}{{ return(rows) }}{%- endif -%}
    (
        select
            {% for name in supplied -%}
                {%- set quoted = adapter.quote(name) -%}
                {%- if name in mentions -%}
                    case
                        when not exists (select from {{ gone }} as gone where gone.entity_id = said.{{ quoted }})
                            then said.{{ quoted }}
                    end as {{ quoted }}
                {%- else -%}
                    said.{{ quoted }}
                {%- endif -%}
                {%- if not loop.last %}, {% endif %}
            {%- endfor %}
        from {{ rows }} as said
        {% if owners -%}
        where not exists (select from {{ gone }} as gone where gone.entity_id in ({{ quoted_list(owners, 'said.') }}))
        {%- endif %}
    )
{%- endmacro %}
