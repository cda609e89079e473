{{ provider_ids(ref('staging__zoho_contacts'), {
    'contact': {'id': 'external_id', 'entity': 'entity_id'},
    'account': {'id': 'organization_external_id', 'entity': 'organization_entity_id'},
}) }}
