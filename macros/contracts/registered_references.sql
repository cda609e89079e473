{#-
    The foreign keys of all contracts, by `schema.constraint`: {name, relation, target, ddl}.

    Example: registered_references(graph)['core.people_entity_id_fkey'].ddl
        → foreign key ("entity_id") references "core"."entities" ("id")
-#}
{% macro registered_references(graph) -%}
    {%- set references = {} -%}
    {%- for node in graph.nodes.values() if node.resource_type == 'model' and node.config.materialized != 'view' -%}
        {%- set relation = api.Relation.create(database=node.database, schema=node.schema, identifier=node.alias) -%}
        {%- for name, ddl in contract_references(contract_of(node), node.alias).items() -%}
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

{#- A contract's own foreign keys: name → definition. -#}
{% macro contract_references(contract, table) -%}
    {%- set references = {} -%}
    {%- for column in contract.columns.values() if column.references -%}
        {%- set schema, target, target_column = column.references.split('.') -%}
        {%- do references.update({table ~ '_' ~ column.name ~ '_fkey':
            'foreign key (' ~ adapter.quote(column.name) ~ ') references ' ~ adapter.quote(schema) ~ '.'
            ~ adapter.quote(target) ~ ' (' ~ adapter.quote(target_column) ~ ')'
        }) -%}
    {%- endfor -%}
    {{ return(references) }}
{%- endmacro %}
