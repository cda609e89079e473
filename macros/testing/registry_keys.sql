{#-
    The natural keys of the registries and how many lines have each: object, key, lines.

    Example: with keys as ({{ registry_keys(graph) }})
-#}
{% macro registry_keys(graph) -%}
    {%- for name in registered_relations() if name.split('__')[1].startswith('seed_') -%}
        {%- do ref(name) -%}
    {%- endfor -%}
    {%- set selects = [] -%}
    {%- for node in graph.get('nodes', {}).values() if node.resource_type == 'seed' and node.config.meta.natural_key -%}
        {%- set key = quoted_list(node.config.meta.natural_key) -%}
        {%- do selects.append(
            "select '" ~ node.schema ~ '.' ~ node.alias ~ "' as object, concat_ws(', ', " ~ key ~ ') as key, count(*) as lines'
            ~ ' from ' ~ node.schema ~ '.' ~ node.alias ~ ' group by ' ~ key
        ) -%}
    {%- endfor -%}
    {{ return(selects | join('\n    union all\n    ') or "select '' as object, '' as key, 1 as lines") }}
{%- endmacro %}
