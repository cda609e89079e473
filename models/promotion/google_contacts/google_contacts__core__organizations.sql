{{ facet_rows(ref('staging__google_contacts'), 'core.organizations', 'organization_entity_id', [
    'organization_name as name',
]) }}
