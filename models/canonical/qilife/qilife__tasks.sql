-- depends_on: {{ ref('core__entities') }}
-- depends_on: {{ ref('qilife__projects') }}
{{ promoted() }}
