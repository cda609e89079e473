{#-
    Each row that a build promotes, and with `ended_at` the row of the same record that was promoted last: what that
    one names and the new one does not has ended. `columns` are those in which a row names others; entity and
    provenance come with them.

    Example: {{ now_and_before('tasks', ref('staging__notion_tasks'), ['assignees', 'tags']) }}
-#}
{% macro now_and_before(rows, view, columns, entity='entity_id') -%}
    select
        now_said.{{ entity }},
        {% for name in columns %}now_said.{{ name }},
        {% endfor -%}
        null::timestamptz as ended_at,
        now_said.source_system,
        now_said.source_file_id,
        now_said.import_batch_id
    from {{ rows }} as now_said
    union all
    select
        now_said.{{ entity }},
        {% for name in columns %}said_before.{{ name }},
        {% endfor -%}
        now_said.created_at as ended_at,
        now_said.source_system,
        now_said.source_file_id,
        now_said.import_batch_id
    from {{ rows }} as now_said
    cross join lateral (
        select earlier.*
        from {{ view }} as earlier
        where
            earlier.row_key = now_said.row_key
            and earlier.review_status = 'promoted'
            and (earlier.created_at, earlier.row_number) < (now_said.created_at, now_said.row_number)
        order by earlier.created_at desc, earlier.row_number desc
        limit 1
    ) as said_before
{%- endmacro %}
