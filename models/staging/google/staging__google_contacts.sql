with

contacts as (
    {{ typed_rows('google_contacts', ref('staging__google_contacts_raw')) }}
),

final as (
    select
        *,
        -- A contact without a name of its own is the organization that it names.
        case
            when coalesce(given_name, family_name, nickname) is not null or organization_name is null
                then {{ stable_id(["'core.entities'", 'source_system', "'contact'", 'row_key::text']) }}
        end as entity_id,
        case
            when organization_name is not null
                then {{ stable_id(["'core.entities'", 'source_system', "'account name'", 'lower(organization_name)']) }}
        end as organization_entity_id,
        coalesce(nullif(concat_ws(' ', given_name, additional_name, family_name), ''), nickname) as full_name
    from contacts
)

select * from final
