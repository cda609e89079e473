-- depends_on: {{ ref('core__entities') }}
-- depends_on: {{ ref('qieos__relationship_types') }}
{{ promoted() }}
