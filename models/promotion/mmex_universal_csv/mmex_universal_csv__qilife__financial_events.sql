{{ mmex_events(ref('staging__mmex_account_flows')) }}
