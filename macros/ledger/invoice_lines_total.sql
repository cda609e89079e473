{#-
    What the lines of an invoice come to: a SQL aggregate over its rows, in which the invoice's own amounts
    repeat. Taxes count where the prices do not contain them; the discount on the whole invoice comes off.

    Example: select {{ invoice_lines_total() }} from {{ ref('staging__zoho_invoices') }} group by import_batch_id, event_id
-#}
{% macro invoice_lines_total() -%}
    sum(item_total)
    + coalesce(sum(tax_amount) filter (where is_inclusive_tax is not true), 0)
    + coalesce(max(shipping_charge), 0)
    - coalesce(max(invoice_discount), 0)
    + coalesce(max(adjustment), 0)
    + coalesce(max(round_off), 0)
{%- endmacro %}
