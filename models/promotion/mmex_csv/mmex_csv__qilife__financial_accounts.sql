{{ mmex_accounts(ref('staging__mmex_legs')) }}
