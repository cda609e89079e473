{#-
    Rows of an import: see upsert_changed(). One statement: merged_rows() weighs what the source says now
    against what it said last and what the table holds, under the lock of the held rows, so an edit made at
    the same moment is not lost. Then new rows come in, held ones are written where a value moved, what both
    sides changed is asked about, and the new last word is stored.

    While a plan is made the same rows are noted in it, and nothing else is written.
-#}
{% macro upsert_from_source(target, source, supplied, contract) -%}
    {%- set owned = owned_columns(contract, supplied, 'dbt') -%}
    {%- set provenance = owned_columns(contract, supplied, 'provenance') -%}
    {%- if planning() -%}{{ return(plan_from_source(target, source, supplied, contract)) }}{%- endif %}
    with {{ merged_rows(target, source, supplied, contract) }},

    inserted as (
        insert into {{ target }} as target ({{ quoted_list(supplied) }})
        select {{ quoted_list(supplied) }} from merged where is_new
        {#- Somebody brought the very row back since we looked. #}
        on conflict (id) do update set
            {% for name in owned + provenance -%}
                {{ adapter.quote(name) }} = excluded.{{ adapter.quote(name) }}{% if not loop.last %}, {% endif %}
            {%- endfor %}
            {{- touched_columns(contract) }}
    ),

    updated as (
        update {{ target }} as target
        set
            {% for name in owned + provenance -%}
                {{ adapter.quote(name) }} = merged.{{ adapter.quote(name) }}{% if not loop.last %}, {% endif %}
            {%- endfor %}
            {{- touched_columns(contract) }}
        from merged
        where
            target.id = merged.id
            and ({{ quoted_list(owned, 'target.') }}) is distinct from ({{ quoted_list(owned, 'merged.') }})
    ),

    {{ ask_of_conflicts(target) }}

    insert into qinexus.source_values as last_word
        (id, target_schema, target_table, source_values, source_system, import_batch_id)
    select id, {{ sql_literal(target.schema) }}, {{ sql_literal(target.identifier) }}, values_said, source_system, import_batch_id
    from merged
    {#- A table's ids are in no order; in that of their index each is beside the last one. #}
    order by id
    on conflict (id) do update set
        source_values = excluded.source_values, import_batch_id = excluded.import_batch_id, updated_at = now();
    {{ restore_corrections(target, supplied, contract) }}
{%- endmacro %}

{#- The statement that notes in the plan being made what upsert_from_source() would do. -#}
{% macro plan_from_source(target, source, supplied, contract) -%}
    {%- set written = ['id'] + owned_columns(contract, supplied, 'dbt') + owned_columns(contract, supplied, 'provenance') -%}
    {%- set owned = owned_columns(contract, supplied, 'dbt') %}
    with {{ merged_rows(target, source, supplied, contract) }},

    {{ conflicts() }}

    insert into qinexus.promotion_plan_changes (
        promotion_plan_id, target_schema, target_table, target_id, planned_change, values_before, values_after,
        source_values, conflicts, source_system, source_file_id, import_batch_id
    )
    select
        {{ sql_literal(planning()) }}::uuid,
        {{ sql_literal(target.schema) }},
        {{ sql_literal(target.identifier) }},
        merged.id,
        case
            when merged.is_new then 'insert'
            when ({{ quoted_list(owned, 'held.') }}) is distinct from ({{ quoted_list(owned, 'merged.') }}) then 'update'
            else 'keep'
        end,
        to_jsonb(held),
        jsonb_build_object(
            {% for name in written -%}
                {{ sql_literal(name) }}, merged.{{ adapter.quote(name) }}{% if not loop.last %}, {% endif %}
            {%- endfor %}
        ),
        merged.values_said,
        conflicts.explanation,
        merged.source_system,
        merged.source_file_id,
        merged.import_batch_id
    from merged
    left join {{ target }} as held on held.id = merged.id
    left join conflicts on conflicts.id = merged.id;
{%- endmacro %}
