-- depends_on: {{ ref('qieos__fields') }}
{{ registry_image(ref('qieos__seed_implied_columns')) }}
