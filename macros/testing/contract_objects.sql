{#-
    Every key, check and index of every contract as [schema.table, object name].

    Example: contract_objects(graph) → [['core.people', 'people_pkey'], …]
-#}
{% macro contract_objects(graph) -%}
    {%- set objects = [] -%}
    {%- for node in graph.get('nodes', {}).values() if node.resource_type == 'model' and node.config.materialized != 'view' -%}
        {%- for name in contract_of(node).objects -%}
            {%- do objects.append([node.schema ~ '.' ~ node.alias, name]) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(objects or [['none', 'none']]) }}
{%- endmacro %}
