{#-
    CTEs over `merged` that keep one open item of qiaccess.classification_queue for each row with a conflict:
    {column: {base, ours, theirs, file}}. A later word of the source on a column takes the place of the earlier one;
    where it says again what it said before the conflict, or what the row holds, the question no longer arises.

    Example: with {{ merged_rows(…) }}, {{ ask_of_conflicts(this) }} insert …
-#}
{% macro ask_of_conflicts(target) -%}
    {{ conflicts() }},

    open_items as (
        select item.id, item.target_id, item.explanation
        from qiaccess.classification_queue as item
        inner join merged on merged.id = item.target_id
        where item.waiting_reason = 'conflict' and item.status in ('waiting', 'assigned')
    ),

    asked_again as (
        select
            open_items.id,
            jsonb_object_agg(
                asked.column_name,
                case when asked.is_old then earlier.said else now_said.said || jsonb_build_object(
                    'base', coalesce(earlier.said, now_said.said) -> 'base'
                ) end
            ) filter (
                where asked.is_old
                    or now_said.said -> 'theirs' is distinct from coalesce(earlier.said -> 'base', '{}')
            ) as explanation
        from open_items
        inner join merged on merged.id = open_items.target_id
        left join conflicts on conflicts.id = merged.id
        cross join lateral (
            select
                column_name,
                merged.values_before -> column_name is not distinct from merged.values_said -> column_name as is_old
            from (
                select jsonb_object_keys(open_items.explanation) union select unnest(merged.disputed)
            ) as named (column_name)
        ) as asked
        cross join lateral (select open_items.explanation -> asked.column_name as said) as earlier
        cross join lateral (select conflicts.explanation -> asked.column_name as said) as now_said
        where asked.is_old or now_said.said is not null
        group by open_items.id
    ),

    kept_open as (
        update qiaccess.classification_queue as item
        set
            explanation = coalesce(asked_again.explanation, item.explanation),
            status = case when asked_again.explanation is null then 'withdrawn' else item.status end,
            updated_at = now()
        from open_items
        left join asked_again on asked_again.id = open_items.id
        where item.id = open_items.id and item.explanation is distinct from asked_again.explanation
    ),

    newly_asked as (
        insert into qiaccess.classification_queue (
            target_schema, target_table, target_id, proposed_action, waiting_reason, explanation,
            source_system, source_file_id, import_batch_id
        )
        select
            {{ sql_literal(target.schema) }}, {{ sql_literal(target.identifier) }}, conflicts.id, 'update', 'conflict',
            conflicts.explanation, merged.source_system, merged.source_file_id, merged.import_batch_id
        from conflicts
        inner join merged on merged.id = conflicts.id
        where conflicts.id not in (select open_items.target_id from open_items)
    )
{%- endmacro %}

{#- The CTE `conflicts`: id and explanation of each row of `merged` with a disputed column. -#}
{% macro conflicts() -%}
    conflicts as (
        select
            merged.id,
            jsonb_object_agg(disputed.column_name, jsonb_build_object(
                'base', merged.values_before -> disputed.column_name,
                'ours', to_jsonb(merged) -> disputed.column_name,
                'theirs', merged.values_said -> disputed.column_name,
                'file', file.path
            )) as explanation
        from merged
        cross join lateral unnest(merged.disputed) as disputed (column_name)
        left join qinexus.files as file on file.id = merged.source_file_id
        group by merged.id
    )
{%- endmacro %}
