{#-
    The people of an address book and the organizations that they name: a promotion of core.entities.
    `person_key` and `organization_key` are what the source knows them by.

    Example: {{ contact_entities(ref('staging__google_contacts'), 'row_key::text', 'lower(organization_name)') }}
-#}
{% macro contact_entities(view, person_key, organization_key, organization_name='organization_name') -%}
    with

    contacts as (
        {{ promoting_rows(view, 'entity_id') }}
    ),

    accounts as (
        {{ promoting_rows(view, 'organization_entity_id') }}
    ),

    final as (
        select
            entity_id as id,
            'person' as entity_type,
            {{ contact_name() }} as display_name,
            description,
            source_system || ':contact:' || {{ person_key }} as external_key,
            source_system,
            source_file_id,
            import_batch_id
        from contacts
        union all
        select
            organization_entity_id as id,
            'organization' as entity_type,
            {{ organization_name }} as display_name,
            null as description,
            source_system || ':account:' || {{ organization_key }} as external_key,
            source_system,
            source_file_id,
            import_batch_id
        from accounts
    )

    select * from final
{%- endmacro %}
