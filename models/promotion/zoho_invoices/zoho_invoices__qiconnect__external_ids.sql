{{ provider_ids(ref('staging__zoho_invoices'), {
    'customer': {'id': 'customer_external_id', 'entity': 'customer_entity_id'},
}) }}
