{{ mmex_entities(ref('staging__mmex_legs')) }}
