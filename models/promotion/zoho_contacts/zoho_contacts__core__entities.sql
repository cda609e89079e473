{{ contact_entities(
    ref('staging__zoho_contacts'),
    person_key='coalesce(external_id, row_key::text)',
    organization_key='coalesce(organization_external_id, lower(organization_name))',
    organization_name='coalesce(organization_name, organization_external_id)',
) }}
