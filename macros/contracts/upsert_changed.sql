{#-
    Inserts new rows and updates the rows in which a column that dbt owns really moved; nothing else is
    touched. A model may leave out the columns that it does not know: a new row takes their defaults.

    A table of the registry follows its seed: what the seed says stands, and a row that left it is
    deprecated. A table fed by a source follows the source only where the source itself said something
    new since its last word (qinexus.source_values), so a person's edit survives. A link to a source row
    is itself provenance and has no last word.

    Example: upsert_changed(this, 'staged_rows', ['id', 'entity_id', 'full_name'])
-#}
{% macro upsert_changed(target, source, supplied) -%}
    {%- set contract = contract_of(model) -%}
    {%- do assert_supplied(contract, supplied) -%}
    {%- if 'import_batch_id' in supplied -%}
        {#- By this the journal knows the changes that `qios undo` takes back with their batch. #}
        select set_config('qios.action', 'promote', true);
    {% endif -%}
    {%- if 'import_batch_id' in owned_columns(contract, supplied, 'provenance') -%}
        {{ upsert_from_source(target, source, supplied, contract) }}
    {%- else -%}
        {{ upsert_from_registry(target, source, supplied, contract) }}
    {%- endif -%}
{%- endmacro %}
