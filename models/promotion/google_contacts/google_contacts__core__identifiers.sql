with

contacts as (
    {{ promoting_rows(ref('staging__google_contacts'), 'entity_id') }}
),

accounts as (
    {{ promoting_rows(ref('staging__google_contacts'), 'organization_entity_id', kept='entity_id is null') }}
),

reached as (
    select
        entity_id as owner_id,
        *
    from contacts
    union all
    select
        organization_entity_id as owner_id,
        *
    from accounts
),

-- One slot for each column that can hold a way to reach somebody: a new number is the slot's new value,
-- and an empty cell ends the slot.
final as (
    select
        {{ stable_id(["'core.identifiers'", 'reached.owner_id', 'slot.label']) }} as id,
        reached.owner_id as entity_id,
        slot.identifier_type,
        slot.label,
        coalesce(slot.canonical_value, slot.raw_value) as value,
        slot.raw_value,
        slot.is_primary,
        case when slot.raw_value is null then reached.created_at end as ended_at,
        reached.source_system,
        reached.source_file_id,
        reached.import_batch_id
    from reached
    cross join lateral (
        values
        ('email', 'email', reached.email, reached.email_raw, true),
        ('email', 'second email', reached.second_email, reached.second_email_raw, false),
        ('email', 'third email', reached.third_email, reached.third_email_raw, false),
        ('phone', 'phone', reached.phone, reached.phone_raw, true),
        ('phone', 'second phone', reached.second_phone, reached.second_phone_raw, false),
        ('phone', 'third phone', reached.third_phone, reached.third_phone_raw, false)
    ) as slot (identifier_type, label, canonical_value, raw_value, is_primary)
)

select * from final
