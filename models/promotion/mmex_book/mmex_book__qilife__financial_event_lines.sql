{{ mmex_lines(ref('staging__mmex_transactions'), ref('mmex_book__qilife__financial_events')) }}
