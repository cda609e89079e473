{#-
    What the rows of a Notion view say of others in lists, now and before: rows of core.relationships. Each of
    `said` is {list, type}: a row is so related to whatever its list names. `of_them` turns that round; `kind` is
    the kind of entity that the list names, without it a page.

    Both ends of a relationship may name it; what one of them still says has not ended.

    Example: {{ notion_relationships(ref('staging__notion_tasks'), [
        {'list': 'blocking', 'type': 'depends_on', 'of_them': true},
        {'list': 'assignees', 'type': 'assigned_to', 'kind': 'person'},
    ]) }}
-#}
{% macro notion_relationships(view, said) -%}
    with

    naming as (
        {{ promoting_rows(view, 'entity_id') }}
    ),

    named as (
        {{ now_and_before('naming', view, said | map(attribute='list') | list) }}
    )

    select distinct on (said.source_entity_id, said.target_entity_id, said.relationship_type)
        {{ stable_id([
            "'core.relationships'", 'said.source_entity_id', 'said.relationship_type', 'said.target_entity_id'
        ]) }} as id,
        said.source_entity_id,
        said.target_entity_id,
        said.relationship_type,
        named.ended_at,
        named.source_system,
        named.source_file_id,
        named.import_batch_id
    from named
    cross join lateral (
        {%- for one in said %}
        {%- set itself = 'named.entity_id' -%}
        {%- set other = notion_entity('lower(other.name)', 'person') if one.kind else notion_entity('other.name') %}
        select
            {{ other if one.of_them else itself }} as source_entity_id,
            {{ itself if one.of_them else other }} as target_entity_id,
            {{ sql_literal(one.type) }} as relationship_type
        from unnest(named.{{ one.list }}) as other (name)
        {%- if not loop.last %}
        union all
        {%- endif %}
        {%- endfor %}
    ) as said
    order by
        said.source_entity_id asc,
        said.target_entity_id asc,
        said.relationship_type asc,
        named.ended_at asc nulls first,
        named.import_batch_id asc
{%- endmacro %}
