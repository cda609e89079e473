-- depends_on: {{ ref('qilife__financial_events') }}
-- The lines of an event end from the one on that the source gives no more.
{{ promoted(
    speaks_of='held.financial_event_id = said.financial_event_id',
    ends='held.line_number >= said.line_number'
) }}
