{#-
    The names of the keys, checks and indexes of every contract: schema.table → [name].

    Example: contract_objects(graph)['core.people'] → ['people_pkey', …]
-#}
{% macro contract_objects(graph) -%}
    {%- set objects = {} -%}
    {%- for node in graph.get('nodes', {}).values() if node.resource_type == 'model' -%}
        {%- do objects.update({node.schema ~ '.' ~ node.alias: node.config.meta.get('objects', {}).keys() | list}) -%}
    {%- endfor -%}
    {{ return(objects) }}
{%- endmacro %}
