-- depends_on: {{ ref('qiconnect__providers') }}
{{ registry_image(ref('qinexus__seed_sources')) }}
