with

contacts as (
    {{ promoting_rows(ref('staging__zoho_contacts'), 'entity_id') }}
),

-- One slot for each column that can hold a way to reach the person: a new number is the slot's new value,
-- and an empty cell ends the slot.
final as (
    select
        {{ stable_id(["'core.identifiers'", 'contacts.entity_id', 'slot.label']) }} as id,
        contacts.entity_id,
        slot.identifier_type,
        slot.label,
        coalesce(slot.canonical_value, slot.raw_value) as value,
        slot.raw_value,
        slot.is_primary,
        case when slot.raw_value is null then contacts.created_at end as ended_at,
        contacts.source_system,
        contacts.source_file_id,
        contacts.import_batch_id
    from contacts
    cross join lateral (
        values
        ('email', 'email', contacts.email, contacts.email_raw, true),
        ('email', 'secondary email', contacts.secondary_email, contacts.secondary_email_raw, false),
        ('phone', 'phone', contacts.phone, contacts.phone_raw, true),
        ('phone', 'home phone', contacts.home_phone, contacts.home_phone_raw, false),
        ('phone', 'other phone', contacts.other_phone, contacts.other_phone_raw, false),
        ('phone', 'assistant phone', contacts.assistant_phone, contacts.assistant_phone_raw, false),
        ('mobile', 'mobile', contacts.mobile_phone, contacts.mobile_phone_raw, true),
        ('fax', 'fax', contacts.fax, contacts.fax_raw, false)
    ) as slot (identifier_type, label, canonical_value, raw_value, is_primary)
)

select * from final
