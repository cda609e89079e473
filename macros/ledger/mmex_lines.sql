{#-
    Parts of the split transactions of a Money Manager Ex source: a promotion of qilife.financial_event_lines,
    from the typed view and the source's promotion of the events.

    Example: {{ mmex_lines(ref('staging__mmex_legs'), ref('mmex_csv__qilife__financial_events')) }}
-#}
{% macro mmex_lines(view, promoted_events) -%}
    with

    parts as (
        {{ mmex_parts(view) }}
    ),

    events as (
        select * from {{ promoted_events }}
    ),

    given as (
        select
            parts.line_id as id,
            parts.event_id as financial_event_id,
            parts.line_number,
            parts.category,
            -- An export tells a withdrawal as a negative flow; the lines add up to the event's amount.
            parts.line_amount * sign(sum(parts.line_amount) over (partition by parts.event_id)) as amount,
            null::timestamptz as ended_at,
            parts.source_system,
            parts.source_file_id,
            parts.import_batch_id
        from parts
        inner join events on events.id = parts.event_id
        where parts.line_amount is not null and events.line_count > 1 and events.ended_at is null
    ),

    -- From this line on a transaction has none: behind its last part, or from its first where it is not split.
    withdrawn as (
        select
            null::uuid as id,
            id as financial_event_id,
            case when ended_at is null then coalesce(line_count, 0) + 1 else 1 end as line_number,
            null as category,
            null::numeric as amount,
            coalesce(ended_at, now()) as ended_at,
            source_system,
            source_file_id,
            import_batch_id
        from events
    ),

    final as (
        select * from given
        union all
        select * from withdrawn
    )

    select * from final
{%- endmacro %}
