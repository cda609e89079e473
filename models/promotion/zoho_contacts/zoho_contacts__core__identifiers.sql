{{ contact_identifiers(
    ref('staging__zoho_contacts'),
    primary={'email': 'email', 'phone': 'phone', 'mobile': 'mobile_phone'},
    further={
        'email': ['secondary_email'],
        'phone': ['home_phone', 'other_phone', 'assistant_phone'],
        'fax': ['fax'],
    },
) }}
