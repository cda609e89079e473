{#-
    The first page of a list, as the parent of each row: (id, parent_id), where the parent is a row of the same
    table. One that no export has held yet cannot be referred to. `rows` is a CTE, `id` its column of the table's id.

    Example: parents as ({{ notion_parents('tasks', 'task_id', 'parent_tasks', 'qilife.tasks') }})
-#}
{% macro notion_parents(rows, id, list, table) -%}
    select
        parents.id,
        parents.parent_id
    from (
        select
            {{ id }} as id,
            {{ stable_id([sql_literal(table), notion_entity(list ~ '[1]')]) }} as parent_id
        from {{ rows }}
        where cardinality({{ list }}) > 0
    ) as parents
    where parents.parent_id in (select {{ rows }}.{{ id }} from {{ rows }})
        or {{ last_word_of('parents.parent_id') }} is not null
{%- endmacro %}
