with

contacts as (
    {{ typed_rows('zoho_contacts', ref('staging__zoho_contacts_raw')) }}
),

final as (
    select
        *,
        {{ stable_id(["'core.entities'", 'source_system', "'contact'", 'coalesce(external_id, row_key::text)']) }}
            as entity_id,
        case
            when organization_external_id is not null
                then {{ stable_id(["'core.entities'", 'source_system', "'account'", 'organization_external_id']) }}
            -- An account without an id is known by its name alone.
            when organization_name is not null
                then {{ stable_id(["'core.entities'", 'source_system', "'account name'", 'lower(organization_name)']) }}
        end as organization_entity_id,
        nullif(concat_ws(' ', given_name, family_name), '') as full_name
    from contacts
)

select * from final
