{#-
    Freezes what this build promotes: every approved row of a landing becomes `promoting` in one statement,
    and the models read only that. Each model is a transaction of its own, so without the freeze a row
    approved meanwhile would reach some tables and not others. Rows that a killed build left `promoting`
    are simply part of this one. A landing of which not all models are selected is left as it is.

    Example: on-run-start: "{{ begin_promotion(selected_resources) }}"
-#}
{% macro begin_promotion(selected_resources) -%}
    {%- if not execute or flags.WHICH not in ('build', 'run') -%}{{ return('') }}{%- endif -%}
    {%- for landing in landings().values()
        if landing.models | reject('in', selected_resources) | list | length == 0
        and load_cached_relation(landing.relation) is not none -%}
        {%- do run_query(
            "begin; update " ~ landing.relation
            ~ " set review_status = 'promoting' where review_status = 'approved'; commit;"
        ) -%}
    {%- endfor -%}
{%- endmacro %}
