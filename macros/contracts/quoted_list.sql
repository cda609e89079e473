{#-
    Column names as a quoted, comma-separated list, each after an optional prefix.

    Example: quoted_list(['id', 'references'], 'target.') → target."id", target."references"
-#}
{% macro quoted_list(names, prefix='') -%}
    {%- set quoted = [] -%}
    {%- for name in names -%}
        {%- do quoted.append(prefix ~ adapter.quote(name)) -%}
    {%- endfor -%}
    {{ return(quoted | join(', ')) }}
{%- endmacro %}
