{{ contact_identifiers(
    ref('staging__google_contacts'),
    primary={'email': 'email', 'phone': 'phone'},
    further={'email': ['second_email', 'third_email'], 'phone': ['second_phone', 'third_phone']},
) }}
