{#-
    Marks what was frozen as promoted, when every model that reads the landing went through. Otherwise the
    rows stay `promoting`, and the next build finishes them.

    Example: on-run-end: "{{ finish_promotion(results) }}"
-#}
{% macro finish_promotion(results) -%}
    {%- if execute and flags.WHICH in ('build', 'run') and not planning() -%}
        {%- set done = [] -%}
        {%- for result in results if result.status == 'success' -%}
            {%- do done.append(result.node.unique_id) -%}
        {%- endfor -%}
        {%- do move_rows('promoting', 'promoted', done) -%}
    {%- endif -%}
{%- endmacro %}
