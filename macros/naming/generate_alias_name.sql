{#-
    `<schema>__<table>` is the node, `<table>` the relation, so a name tells the path and back.

    Example: qisystem__modules → modules (in the schema qisystem)
-#}
{% macro generate_alias_name(custom_alias_name=none, node=none) -%}
    {%- if custom_alias_name is not none -%}
        {{ return(custom_alias_name | trim) }}
    {%- endif -%}
    {#- A promotion is no relation, and several are named after one table. -#}
    {{ return(node.name if node.config.materialized == 'ephemeral' else node.name.split('__', 1) | last) }}
{%- endmacro %}
