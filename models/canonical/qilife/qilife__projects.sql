-- depends_on: {{ ref('core__entities') }}
{{ promoted() }}
