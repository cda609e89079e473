-- depends_on: {{ ref('qieos__schemas') }}
-- depends_on: {{ ref('qieos__modules') }}
{{ registry_image(ref('qieos__seed_tables'), resolved={
    'schema_id': registry_key('qieos.schemas', ['schema_name']),
}) }}
