{{ mmex_lines(ref('staging__mmex_account_flows'), ref('mmex_universal_csv__qilife__financial_events')) }}
