{{ contact_locations(
    ref('staging__zoho_invoices'),
    'location_type',
    {'billing': 'billing'},
    further=['extended_address'],
    owner='customer_entity_id',
    terse=true,
) }}
