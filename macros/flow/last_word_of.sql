{#-
    The id itself where a source has spoken of that row in an earlier build, or in an earlier model of this one;
    null where none has. A lookup by its form, so that its cost does not grow with what was promoted before.

    Example: where {{ last_word_of('parents.task_id') }} is not null
-#}
{% macro last_word_of(id) -%}
    (select last_word.id from {{ ref('qinexus__source_values') }} as last_word where last_word.id = {{ id }})
{%- endmacro %}
