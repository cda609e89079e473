{{ contact_locations(
    ref('staging__google_contacts'),
    'label',
    {'first address': 'first', 'second address': 'second'},
    further=['extended_address', 'post_office_box'],
) }}
