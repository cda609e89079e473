-- depends_on: {{ ref('qieos__fields') }}
{{ registry_image(ref('qieos__seed_field_dependencies'), resolved={
    'field_id': registry_key('qieos.fields', ['field_key']),
    'depends_on_field_id': registry_key('qieos.fields', ['depends_on']),
}) }}
