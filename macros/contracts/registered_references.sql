{#-
    The foreign keys of all contracts, by `schema.constraint`: {name, relation, column, target, target_column, ddl}.

    Example: registered_references(graph)['core.people_entity_id_fkey'].ddl
        → foreign key ("entity_id") references "core"."entities" ("id")
-#}
{% macro registered_references(graph) -%}
    {%- set references = {} -%}
    {%- for node in graph.nodes.values() if node.resource_type == 'model' -%}
        {%- set relation = '"' ~ node.schema ~ '"."' ~ node.alias ~ '"' -%}
        {%- for name, ddl in node.config.meta.get('references', {}).items() -%}
            {%- set column, target_column = modules.re.findall('\\("([^"]+)"\\)', ddl) -%}
            {%- do references.update({node.schema ~ '.' ~ name: {
                'name': name,
                'relation': relation,
                'column': column,
                'target': ddl.split(' references ')[1].split(' ')[0],
                'target_column': target_column,
                'ddl': ddl,
            }}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(references) }}
{%- endmacro %}
