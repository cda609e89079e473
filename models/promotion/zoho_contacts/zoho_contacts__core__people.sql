{{ contact_people(ref('staging__zoho_contacts'), [
    'honorific_prefix', 'given_name', 'family_name', 'birth_date', 'job_title', 'department',
]) }}
