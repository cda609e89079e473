-- depends_on: {{ ref('qieos__fields') }}
{{ registry_image(ref('qieos__seed_field_distinctions'), resolved={
    'field_id': registry_key('qieos.fields', ['field_key']),
    'distinct_from_field_id': registry_key('qieos.fields', ['distinct_from']),
}) }}
