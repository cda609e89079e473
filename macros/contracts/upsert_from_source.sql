{#-
    Rows of an import: see upsert_changed(). One statement, so all parts see the same last word:
    `spoken` are the rows whose source values differ from it, `written` puts them into the table
    (column by column: only what the source changed), and the new last word is stored.
    It reads the row under its lock, so an edit made at the same moment is not lost. The last word names
    entities as the source does, the table names the survivors of those that were merged; what a survivor's
    row shows of others (core.surviving_values) no source overwrites: qios settles it afterwards.
-#}
{% macro upsert_from_source(target, source, supplied, contract) -%}
    {%- set owned = owned_columns(contract, supplied, 'dbt') -%}
    {%- set provenance = owned_columns(contract, supplied, 'provenance') -%}
    {%- set may_survive = facet_column(contract) or target.schema ~ '.' ~ target.identifier == 'core.entities' %}
    with spoken as materialized (
        select source.*, word.values_said
        from {{ not_forgotten(source, target, supplied, contract) }} as source
        cross join lateral (
            select jsonb_strip_nulls(jsonb_build_object(
                {% for name in owned -%}
                    {{ sql_literal(name) }}, source.{{ adapter.quote(name) }}{% if not loop.last %}, {% endif %}
                {%- endfor %}
            )) as values_said
        ) as word
        left join qinexus.source_values as last_word on last_word.id = source.id
        where last_word.id is null or last_word.source_values is distinct from word.values_said
    ),

    written as (
        insert into {{ target }} as target ({{ quoted_list(supplied) }})
        select {{ quoted_list(supplied) }} from {{ corrected(at_home('spoken', supplied, contract), target, supplied) }}
        on conflict (id) do update set
            ({{ quoted_list(owned) }}) = (
                select
                    {% for name in owned -%}
                        {%- set quoted = adapter.quote(name) -%}
                        case
                            {% if may_survive -%}
                            when shown.surviving_values ? {{ sql_literal(name) }} then target.{{ quoted }}
                            {% endif -%}
                            when {{ said_before(name, contract, 'last_word.source_values') }}
                                is not distinct from to_jsonb(excluded.{{ quoted }}) then target.{{ quoted }}
                            else excluded.{{ quoted }}
                        end {%- if not loop.last %}, {% endif %}
                    {% endfor %}
                from (select excluded.id) as this_row
                left join qinexus.source_values as last_word on last_word.id = this_row.id
                {% if may_survive -%}
                left join core.surviving_values as shown on shown.id = this_row.id
                {%- endif %}
            )
            {%- for name in provenance %}, {{ adapter.quote(name) }} = excluded.{{ adapter.quote(name) }}{% endfor %}
            {{- touched_columns(contract) }}
        where ({{ quoted_list(owned, 'target.') }}) is distinct from ({{ quoted_list(owned, 'excluded.') }})
    )

    insert into qinexus.source_values as last_word
        (id, target_schema, target_table, source_values, source_system, import_batch_id)
    select id, {{ sql_literal(target.schema) }}, {{ sql_literal(target.identifier) }}, values_said, source_system, import_batch_id
    from spoken
    on conflict (id) do update set
        source_values = excluded.source_values, import_batch_id = excluded.import_batch_id, updated_at = now();
    {{ restore_corrections(target, supplied, contract) }}
{%- endmacro %}
