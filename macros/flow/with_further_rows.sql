{#-
    The rows of `rows`, a CTE of promoting_rows(), and one more for each further value of a cell that holds several:
    what a promotion makes of a row, it makes of each value. `columns` are those that it reads, all of them text.
    `is_further` tells the additional rows, in which the columns of all other cells are empty. Those of the row of the
    same record that was promoted last come with `ended_at`: what the new one does not say again has ended.

    Example: {{ with_further_rows('reached', ref('staging__google_contacts'), 'entity_id', ['email', 'email_raw']) }}
-#}
{% macro with_further_rows(rows, view, owner, columns) -%}
    select
        {{ owner }} as owner_id,
        {{ columns | join(',\n        ') }},
        false as is_further,
        created_at,
        null::timestamptz as ended_at,
        source_system,
        source_file_id,
        import_batch_id
    from {{ rows }}
    {%- if holds_several() %}
    {%- set owned = '(select ' ~ rows ~ '.*, ' ~ owner ~ ' as owner_id from ' ~ rows ~ ')' %}
    union all
    select
        named.owner_id,
        further.*,
        true,
        null,
        named.ended_at,
        named.source_system,
        named.source_file_id,
        named.import_batch_id
    from (
        {{ now_and_before(owned, view, ['further_values'], entity='owner_id') }}
    ) as named
    cross join lateral jsonb_to_recordset(named.further_values) as further ({{ columns | join(' text, ') }} text)
    {%- endif %}
{%- endmacro %}

{#- Whether cells of the source that a promotion is of may hold several values. -#}
{% macro holds_several() -%}
    {%- set promotion = (model.tested_node_unique_id or model.unique_id).split('.') | last -%}
    {%- set source = registered_sources()[promotion.split('__') | first] -%}
    {{ return(columns_of_several(source) | length > 0) }}
{%- endmacro %}
