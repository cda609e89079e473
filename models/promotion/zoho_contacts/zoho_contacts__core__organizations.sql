{{ facet_rows(ref('staging__zoho_contacts'), 'core.organizations', 'organization_entity_id', [
    'coalesce(organization_name, organization_external_id) as name',
]) }}
