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
    {{ return(
        '(' ~ row ~ "review_status in ('approved', 'promoting') and " ~ row ~ 'import_batch_id in ('
        ~ 'select jsonb_object_keys(plan.staged_rows)::uuid from qinexus.promotion_plans as plan where plan.id = '
        ~ sql_literal(planning()) ~ '))'
    ) }}
{%- endmacro %}
