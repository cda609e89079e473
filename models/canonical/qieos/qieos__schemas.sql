-- depends_on: {{ ref('qieos__rules') }}
-- depends_on: {{ ref('qieos__modules') }}
{{ registry_image(ref('qieos__seed_schemas')) }}
