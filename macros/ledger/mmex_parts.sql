{#-
    The rows that tell a transaction of a Money Manager Ex source, all of each batch that has some to promote:
    a transaction may be told by several rows, the parts of a split or the legs of a transfer, and a part that
    waits for review counts in the sum all the same. Of two exports in one build the later one tells, of each leg
    for itself: the legs of a transfer may stand in the files of two accounts.

    Example: with parts as ({{ mmex_parts(ref('staging__mmex_legs')) }})
-#}
{% macro mmex_parts(view) -%}
    select *
    from (
        select
            *,
            rank() over (partition by event_id, counter_amount is null order by created_at desc, import_batch_id) as age,
            bool_or({{ is_promoting() }}) over (partition by event_id) as is_promoting
        from {{ view }}
        where
            import_batch_id in (select import_batch_id from {{ view }} where {{ is_promoting() }})
            and record_type = 'transaction'
            and review_status <> 'rejected'
    ) as told
    where age = 1 and is_promoting
{%- endmacro %}
