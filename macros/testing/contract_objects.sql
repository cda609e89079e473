{#-
    The keys, checks, indexes and triggers of every contract: schema.table → name → definition.

    Example: contract_objects(graph)['core.people'] → {'people_pkey': 'constraint primary key ("id")', …}
-#}
{% macro contract_objects(graph) -%}
    {%- set objects = {} -%}
    {%- for node in graph.get('nodes', {}).values() if node.resource_type == 'model' -%}
        {%- do objects.update({node.schema ~ '.' ~ node.alias: node.config.meta.get('objects', {})}) -%}
    {%- endfor -%}
    {{ return(objects) }}
{%- endmacro %}
