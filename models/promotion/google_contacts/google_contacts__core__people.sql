with

contacts as (
    {{ promoting_rows(ref('staging__google_contacts'), 'entity_id') }}
),

final as (
    select
        {{ stable_id(["'core.people'", 'entity_id']) }} as id,
        entity_id,
        coalesce(full_name, email, phone_raw, row_key::text) as full_name,
        honorific_prefix,
        given_name,
        additional_name,
        family_name,
        honorific_suffix,
        nickname,
        birth_date,
        job_title,
        department,
        source_system,
        source_file_id,
        import_batch_id
    from contacts
)

select * from final
