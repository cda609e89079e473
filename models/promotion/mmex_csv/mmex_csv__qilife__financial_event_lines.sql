{{ mmex_lines(ref('staging__mmex_legs'), ref('mmex_csv__qilife__financial_events')) }}
