-- The natural key of every registry is unique and complete.
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
{%- endfor %}
with

keys as (
    {{ selects | join('\n    union all\n    ') or "select '' as object, '' as key, 1 as lines" }}
)

select
    'R0707' as rule_code,
    object,
    case when key = '' then 'a line has no key' else key || ' stands ' || lines || ' times' end as detail
from keys
where lines > 1 or key = ''
