{#-
    The foreign keys of all contracts, by `schema.constraint`: {name, relation, target, ddl}.

    Example: registered_references(graph)['core.people_entity_id_fkey'].ddl
        → foreign key ("entity_id") references "core"."entities" ("id")
-#}
{% macro registered_references(graph) -%}
    {%- set references = {} -%}
    {%- for node in graph.nodes.values() if node.resource_type == 'model' -%}
        {%- set relation = '"' ~ node.schema ~ '"."' ~ node.alias ~ '"' -%}
        {%- for name, ddl in node.config.meta.get('references', {}).items() -%}
            {%- do references.update({node.schema ~ '.' ~ name: {
                'name': name,
                'relation': relation,
                'target': ddl.split(' references ')[1].split(' ')[0],
                'ddl': ddl,
            }}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(references) }}
{%- endmacro %}
