-- depends_on: {{ ref('qieos__rules') }}
{{ registry_image(ref('qieos__seed_naming_standards')) }}
