{{ contact_entities(ref('staging__google_contacts'), 'row_key::text', 'lower(organization_name)') }}
