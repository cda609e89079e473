with

accounts as (
    {{ promoting_rows(ref('staging__google_contacts'), 'organization_entity_id') }}
),

final as (
    select
        {{ stable_id(["'core.organizations'", 'organization_entity_id']) }} as id,
        organization_entity_id as entity_id,
        organization_name as name,
        source_system,
        source_file_id,
        import_batch_id
    from accounts
)

select * from final
