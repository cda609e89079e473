{{ contact_identifiers(
    ref('staging__zoho_invoices'),
    primary={'email': 'email', 'phone': 'phone', 'mobile': 'mobile_phone', 'fax': 'fax'},
    owner='customer_entity_id',
    terse=true,
) }}
