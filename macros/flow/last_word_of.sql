{#-
    The id itself where a source has spoken of that row in an earlier build, or in an earlier model of this one;
    null where none has. A lookup by its form, so that its cost does not grow with what was promoted before. What a plan
    has noted so far counts as said.

    Example: where {{ last_word_of('parents.task_id') }} is not null
-#}
{% macro last_word_of(id) -%}
    {%- set promoted = ref('qinexus__source_values') -%}
    {%- if planning() -%}
    coalesce(
        (select last_word.id from {{ promoted }} as last_word where last_word.id = {{ id }}),
        (
            select planned.target_id from qinexus.promotion_plan_changes as planned
            where planned.target_id = {{ id }} and planned.promotion_plan_id = {{ sql_literal(planning()) }}
        )
    )
    {%- else -%}
    (select last_word.id from {{ promoted }} as last_word where last_word.id = {{ id }})
    {%- endif -%}
{%- endmacro %}
