{#-
    The landing tables of the project with the models that promote their rows:
    landing's unique_id → {relation, models}, where models are all descendants of the landing.

    Example: landings(graph)['model.qios.staging__zoho_contacts_raw'].models
-#}
{% macro landings(graph) -%}
    {%- set found = {} -%}
    {%- for node in graph.nodes.values()
        if node.resource_type == 'model' and node.schema == 'staging' and node.config.materialized == 'declared' -%}
        {%- set descendants = descendants_of(graph, node.unique_id) -%}
        {%- if descendants -%}
            {%- do found.update({node.unique_id: {
                'relation': api.Relation.create(database=node.database, schema=node.schema, identifier=node.alias),
                'models': descendants,
            }}) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found) }}
{%- endmacro %}

{#- The unique_ids of all models that read a node, directly or through others. -#}
{% macro descendants_of(graph, unique_id) -%}
    {%- set reached = [unique_id] -%}
    {%- for parent in reached -%}
        {%- for node in graph.nodes.values()
            if node.resource_type == 'model' and parent in node.depends_on.nodes and node.unique_id not in reached -%}
            {%- do reached.append(node.unique_id) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(reached[1:]) }}
{%- endmacro %}
