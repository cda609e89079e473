{#-
    The people that the rows of a Notion view name in a list: a promotion of core.people. Notion tells them
    apart by their names alone.

    Example: {{ notion_people(ref('staging__notion_tasks'), 'assignees') }}
-#}
{% macro notion_people(view, list) -%}
    with

    named as (
        {{ notion_named(view, list) }}
    ),

    final as (
        select
            {{ stable_id(["'core.people'", 'entity_id']) }} as id,
            named.*
        from named
    )

    select * from final
{%- endmacro %}

{#- Everybody that promoting rows name in a list, once, as the latest row writes the name. -#}
{% macro notion_named(view, list) -%}
    select distinct on (lower(person.name))
        {{ notion_entity('lower(person.name)', 'person') }} as entity_id,
        person.name as full_name,
        naming.source_system,
        naming.source_file_id,
        naming.import_batch_id
    from (
        {{ promoting_rows(view, 'entity_id') }}
    ) as naming
    cross join lateral unnest(naming.{{ list }}) as person (name)
    order by lower(person.name), naming.created_at desc, naming.row_number desc
{%- endmacro %}

{#- The same people as rows of core.entities. -#}
{% macro notion_person_entities(view, list) -%}
    select
        entity_id as id,
        'person' as entity_type,
        full_name as display_name,
        null as description,
        'notion:person:' || lower(full_name) as external_key,
        source_system,
        source_file_id,
        import_batch_id
    from (
        {{ notion_named(view, list) }}
    ) as person
{%- endmacro %}
