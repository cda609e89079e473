-- depends_on: {{ ref('qinexus__sources') }}
{{ registry_image(ref('qinexus__seed_source_expectations'), resolved={
    'source_id': registry_key('qinexus.sources', ['source_key']),
}) }}
