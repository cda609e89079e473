{#-
    From every frozen row to each row of a table that it speaks of. What it speaks of are the ids in its
    typed view (its keys); where they lead to are the tables that promotion models of its source feed.
    The keys of one row differ, so no link comes twice. Rows of an entity that was merged are found at its
    survivor, where the last word of their source still names the entity; a link names the survivor.

    Example: {{ promoted_links() }}
-#}
{% macro promoted_links() -%}
    {%- set found = {} -%}
    {#- Read for the rows that merged entities left to their survivors. -#}
    {%- do ref('qinexus__source_values') -%}
    {%- for table, sources in registered_promotions().items() -%}
        {%- do ref(table) -%}
        {%- for source in sources -%}
            {%- do ref(typed_view_of(source)) -%}
            {%- do found.setdefault(source, []).append(table) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- if not execute -%}{{ return('') }}{%- endif -%}
    {%- set waiting = waiting_sources(found.keys() | list) -%}
    with

    {% for source in waiting -%}
    {{ source }} as (
        select
            source_row.import_batch_id,
            source_row.source_file_id,
            source_row.row_number,
            source_row.source_system,
            key.id as key_id,
            coalesce(home.home_id, key.id) as home_id,
            shared.home_id is not null as is_shared
        from {{ ref(typed_view_of(source)) }} as source_row
        cross join lateral (values ({{ row_keys(source) | join('), (') }})) as key (id)
        left join {{ homes() }} as home on home.id = key.id
        left join (select distinct home_id from {{ homes() }} as merged) as shared
            on shared.home_id = coalesce(home.home_id, key.id)
        where {{ is_promoting('source_row') }} and key.id is not null
    ),

    {% endfor -%}
    links as (
        select
            null::uuid as import_batch_id,
            null::uuid as source_file_id,
            null::bigint as row_number,
            null::text as source_system,
            null::uuid as entity_id,
            null::text as target_schema,
            null::text as target_table,
            null::uuid as target_id
        where false
        {%- for source in waiting -%}
        {%- for table in found[source] %}
        {%- set node = graph.nodes['model.' ~ project_name ~ '.' ~ table] -%}
        {%- set led_to_by = link_columns(node) %}
        union all
        select
            {{ source }}.import_batch_id,
            {{ source }}.source_file_id,
            {{ source }}.row_number,
            {{ source }}.source_system,
            {{ ('coalesce(home.home_id, target.' ~ led_to_by.entity ~ ')') if led_to_by.entity else 'null' }},
            {{ sql_literal(node.schema) }},
            {{ sql_literal(node.alias) }},
            target.id
        from {{ source }}
        inner join {{ ref(table) }} as target
            on target.{{ led_to_by.key }} = {{ source }}.{{ 'home_id' if led_to_by.follows else 'key_id' }}
                and target.source_system = {{ source }}.source_system
                {%- if led_to_by.follows %}
                and (
                    not {{ source }}.is_shared
                    or {{ source }}.key_id::text = (
                        select word.source_values ->> {{ sql_literal(led_to_by.key) }}
                        from {{ ref('qinexus__source_values') }} as word
                        where word.id = target.id
                    )
                )
                {%- endif %}
        {%- if led_to_by.entity %}
        left join {{ homes() }} as home on home.id = target.{{ led_to_by.entity }}
        {%- endif %}
        {%- endfor -%}
        {%- endfor %}
    )

    select
        {{ stable_id(["'qinexus.source_entity_links'", 'import_batch_id', 'row_number', 'target_id']) }} as id,
        links.*
    from links
    {#- So that each row's place in the index, and the entity that its foreign key asks for, lie beside the last one's. #}
    order by links.entity_id
{%- endmacro %}

{#- The columns of a source's typed view that hold ids of the records that a row speaks of. -#}
{% macro row_keys(source) -%}
    {%- set keys = [] -%}
    {%- for column in graph.nodes['model.' ~ project_name ~ '.' ~ typed_view_of(source)].columns.values()
        if column.data_type == 'uuid' and column.name not in ('import_batch_id', 'source_file_id', 'row_key') -%}
        {%- do keys.append('source_row.' ~ column.name) -%}
    {%- endfor -%}
    {{ return(keys) }}
{%- endmacro %}

{#-
    How a row of a table is led to: {entity, key, follows}, two column names, and whether the key follows a
    merge. A table whose rows belong to an entity is led to by the entity's id, any other by its own;
    `entity` is none where there is no such column.
-#}
{% macro link_columns(node) -%}
    {%- if node.name == 'core__entities' -%}{{ return({'entity': 'id', 'key': 'id', 'follows': false}) }}{%- endif -%}
    {%- for column in contract_of(node).columns.values() if column.references == 'core.entities.id' -%}
        {{ return({
            'entity': column.name,
            'key': column.name if column.not_null else 'id',
            'follows': column.not_null and not in_a_key(contract_of(node), column.name),
        }) }}
    {%- endfor -%}
    {{ return({'entity': none, 'key': 'id', 'follows': false}) }}
{%- endmacro %}
