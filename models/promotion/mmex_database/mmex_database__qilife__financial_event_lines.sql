{{ mmex_lines(ref('staging__mmex_transactions'), ref('mmex_database__qilife__financial_events')) }}
