-- depends_on: {{ ref('core__entities') }}
-- depends_on: {{ ref('core__tags') }}
{{ promoted() }}
