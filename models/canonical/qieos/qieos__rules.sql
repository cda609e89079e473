-- depends_on: {{ ref('qieos__adr_records') }}
{{ registry_image(ref('qieos__seed_rules')) }}
