{#-
    Makes a data test wait for every registered relation: what it compares is the whole live database.

    Example: {{ after_everything() }}
-#}
{% macro after_everything() -%}
    {%- for name in registered_relations() -%}
        {%- do ref(name) -%}
    {%- endfor -%}
{%- endmacro %}
