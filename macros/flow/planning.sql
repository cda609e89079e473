{#-
    The id of the plan that this run makes, which `qios promote --plan` gives it; none in a run that promotes.
    Asked only while running: as a variable of dbt it would have the whole project parsed anew.

    Example: {% if planning() %}…{% endif %}
-#}
{% macro planning() -%}
    {%- if execute and env_var('QIOS_PLAN', '') -%}{{ return(env_var('QIOS_PLAN')) }}{%- endif -%}
    {{ return(none) }}
{%- endmacro %}

{#-
    The condition that a staged row is one of those that this build promotes or plans to promote.

    Example: select * from {{ view }} where {{ is_promoting() }}
-#}
{% macro is_promoting(row='') -%}
    {%- set row = row ~ '.' if row else '' -%}
    {%- if not planning() -%}{{ return(row ~ "review_status = 'promoting'") }}{%- endif -%}
    {#- The rows alone would do; by their status they are found without reading those promoted long ago. -#}
    {{ return(
        '(' ~ row ~ "review_status in ('pending', 'approved', 'promoting') and (" ~ row ~ 'import_batch_id, '
        ~ row ~ 'row_number) in ('
        ~ 'select batch.key::uuid, generate_series(lower(part), upper(part) - 1)'
        ~ ' from qinexus.promotion_plans as plan'
        ~ ' cross join lateral jsonb_each_text(plan.staged_rows) as batch'
        ~ ' cross join lateral unnest(batch.value::int8multirange) as part'
        ~ ' where plan.id = ' ~ sql_literal(planning()) ~ '))'
    ) }}
{%- endmacro %}
