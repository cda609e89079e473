{{ mmex_events(ref('staging__mmex_legs')) }}
