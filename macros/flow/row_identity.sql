{#-
    The columns by which each row of a typed view is known: its batch, file and number, how far its review is, and
    the key by which later rows of the same record are found. promoting_rows() and promoted_links() read them.

    Example: select {{ row_identity() }}, source_system, …
-#}
{% macro row_identity() -%}
    import_batch_id, source_file_id, row_number, review_status, created_at, row_key
{%- endmacro %}
