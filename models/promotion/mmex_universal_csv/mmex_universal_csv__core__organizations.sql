{{ mmex_organizations(ref('staging__mmex_account_flows')) }}
