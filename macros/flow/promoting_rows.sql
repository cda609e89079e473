{#-
    The rows of a typed view that this build promotes, the latest of each key: two exports in one build may
    hold the same record, and a table takes one row of a key at a time. `kept` is a condition on the rows.

    Example: {{ promoting_rows(ref('staging__zoho_contacts'), 'entity_id') }}
-#}
{% macro promoting_rows(view, key, kept=none) -%}
    select distinct on ({{ key }}) *
    from {{ view }}
    where {{ is_promoting() }} and {{ key }} is not null {%- if kept %} and {{ kept }}{% endif %}
    order by {{ key }}, created_at desc, row_number desc
{%- endmacro %}
