{#-
    A text as an SQL literal.

    Example: sql_literal("a person's") → 'a person''s'
-#}
{% macro sql_literal(text) -%}
    {{ return("'" ~ (text | string | replace("'", "''")) ~ "'") }}
{%- endmacro %}
