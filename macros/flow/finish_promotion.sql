{#-
    Marks what was frozen as promoted, when every model that reads the landing went through. Otherwise the
    rows stay `promoting`, and the next build finishes them.

    Example: on-run-end: "{{ finish_promotion(results) }}"
-#}
{% macro finish_promotion(results) -%}
    {%- if not execute or flags.WHICH not in ('build', 'run') -%}{{ return('') }}{%- endif -%}
    {%- set done = [] -%}
    {%- for result in results if result.status == 'success' -%}
        {%- do done.append(result.node.unique_id) -%}
    {%- endfor -%}
    {%- for landing in landings().values()
        if landing.models | reject('in', done) | list | length == 0 -%}
        {%- do run_query(
            "begin; update " ~ landing.relation
            ~ " set review_status = 'promoted' where review_status = 'promoting'; commit;"
        ) -%}
    {%- endfor -%}
{%- endmacro %}
