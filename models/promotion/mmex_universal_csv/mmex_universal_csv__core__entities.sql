{{ mmex_entities(ref('staging__mmex_account_flows')) }}
