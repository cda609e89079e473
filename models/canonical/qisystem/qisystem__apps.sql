-- depends_on: {{ ref('qieos__modules') }}
{{ registry_image(ref('qisystem__seed_apps')) }}
