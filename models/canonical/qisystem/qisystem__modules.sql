-- depends_on: {{ ref('qieos__schemas') }}
{{ registry_image(ref('qisystem__seed_modules')) }}
