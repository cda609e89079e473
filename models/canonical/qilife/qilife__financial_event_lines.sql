-- depends_on: {{ ref('qilife__financial_events') }}
-- From a line on that the source gives no more, all of the event's lines end.
{{ promoted(ends='held.financial_event_id = said.financial_event_id and held.line_number >= said.line_number') }}
