{{ contact_people(ref('staging__google_contacts'), [
    'honorific_prefix', 'given_name', 'additional_name', 'family_name', 'honorific_suffix',
    'nickname', 'birth_date', 'job_title', 'department',
]) }}
