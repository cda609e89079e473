-- depends_on: {{ ref('core__entities') }}
with

contacts as (
    {{ promoting_rows(ref('staging__zoho_contacts'), 'entity_id') }}
),

-- One slot for each column that can hold a way to reach the person: a new number is the slot's new value.
slots as (
    select
        {{ stable_id(["'core.identifiers'", 'contacts.entity_id', 'slot.label']) }} as id,
        contacts.entity_id,
        slot.identifier_type,
        slot.label,
        coalesce(slot.canonical_value, slot.raw_value) as value,
        slot.raw_value,
        slot.is_primary,
        null::timestamptz as ended_at,
        contacts.created_at,
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
),

{% if is_incremental() -%}
-- The source no longer gives a value that it gave before: the value stays, and says since when.
withdrawn as (
    select
        slots.id,
        slots.entity_id,
        slots.identifier_type,
        slots.label,
        held.value,
        held.raw_value,
        slots.is_primary,
        slots.created_at as ended_at,
        slots.source_system,
        slots.source_file_id,
        slots.import_batch_id
    from slots
    inner join {{ this }} as held on held.id = slots.id
    where slots.raw_value is null and held.ended_at is null
),
{%- endif %}

given as (
    select
        id,
        entity_id,
        identifier_type,
        label,
        value,
        raw_value,
        is_primary,
        ended_at,
        source_system,
        source_file_id,
        import_batch_id
    from slots
    where raw_value is not null
),

final as (
    select * from given
    {% if is_incremental() -%}
    union all
    select * from withdrawn
    {%- endif %}
)

select * from final
