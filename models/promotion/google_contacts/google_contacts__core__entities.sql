with

contacts as (
    {{ promoting_rows(ref('staging__google_contacts'), 'entity_id') }}
),

accounts as (
    {{ promoting_rows(ref('staging__google_contacts'), 'organization_entity_id') }}
),

people as (
    select
        entity_id as id,
        'person' as entity_type,
        coalesce(full_name, email, phone_raw, row_key::text) as display_name,
        description,
        source_system || ':contact:' || row_key::text as external_key,
        source_system,
        source_file_id,
        import_batch_id
    from contacts
),

organizations as (
    select
        organization_entity_id as id,
        'organization' as entity_type,
        organization_name as display_name,
        null as description,
        source_system || ':account:' || lower(organization_name) as external_key,
        source_system,
        source_file_id,
        import_batch_id
    from accounts
),

final as (
    select * from people
    union all
    select * from organizations
)

select * from final
