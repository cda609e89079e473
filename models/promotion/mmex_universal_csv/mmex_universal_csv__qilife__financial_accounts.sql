{{ mmex_accounts(ref('staging__mmex_account_flows')) }}
