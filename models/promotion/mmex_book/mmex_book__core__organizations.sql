{{ mmex_organizations(ref('staging__mmex_transactions')) }}
