{#-
    Freezes what this build promotes: every approved row of a landing becomes `promoting` in one statement,
    and the models read only that. Each model is a transaction of its own, so without the freeze a row
    approved meanwhile would reach some tables and not others. Rows that a killed build left `promoting`
    are simply part of this one. A landing of which not all models are selected is left as it is. The build
    that carries a plan out finds its rows frozen and takes no others (QIOS_FROZEN).

    Example: on-run-start: "{{ begin_promotion(selected_resources) }}"
-#}
{% macro begin_promotion(selected_resources) -%}
    {%- if execute and flags.WHICH in ('build', 'run') and not planning() and not env_var('QIOS_FROZEN', '') -%}
        {%- do move_rows('approved', 'promoting', selected_resources) -%}
    {%- endif -%}
{%- endmacro %}
