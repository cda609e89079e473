{#-
    The rows of a landing table with typed columns, by the source's registered columns: every heading or
    alias is looked for in the payload, each cell is read by its parse_format, and a cell that cannot be
    read gives null and a problem code `<problem>:<column>`; a row that breaks one of the source's rules gets
    the rule's code. One json_to_record() parses the payload.

    A column that the row's file does not have says nothing: its cell is the one that the latest earlier row of the
    same record had, unless that was refused or taken back. Where a file has the columns that earlier ones had
    (`unsaid_columns` of qinexus.import_files is empty), nothing is looked up.

    Example: {{ typed_rows('zoho_contacts', ref('staging__zoho_contacts_raw')) }}
-#}
{% macro typed_rows(source_key, landing) -%}
    {%- set source = registered_sources()[source_key] -%}
    {%- set memo = ref('qinexus__normalized_values') -%}
    {%- set headers = [] -%}
    {%- set cells = [] -%}
    {%- set values = [] -%}
    {%- set names = [
        'import_batch_id', 'source_file_id', 'row_number', 'review_status', 'created_at', 'row_key', 'source_system',
    ] -%}
    {%- set problems = [] -%}
    {%- set joins = [] -%}
    {%- for name, column in source.columns.items() -%}
        {%- set quoted = [] -%}
        {%- for header in column.headers -%}
            {%- do headers.append(adapter.quote(header) ~ ' text') -%}
            {%- do quoted.append('payload.' ~ adapter.quote(header)) -%}
        {%- endfor -%}
        {%- for header in column.headers -%}
            {%- do quoted.append('told.' ~ adapter.quote(header)) -%}
        {%- endfor -%}
        {%- do cells.append("nullif(btrim(coalesce(" ~ quoted | join(', ') ~ ")), '') as " ~ name) -%}
        {%- set reading = cell_reading(name, column.parse_format, source, memo) -%}
        {%- do values.append(reading.value ~ ' as ' ~ name) -%}
        {%- do names.append(name) -%}
        {%- if reading.raw -%}
            {%- do values.append('cell.' ~ name ~ ' as ' ~ name ~ '_raw') -%}
            {%- do names.append(name ~ '_raw') -%}
        {%- endif -%}
        {%- if reading.join -%}{%- do joins.append(reading.join) -%}{%- endif -%}
        {%- if reading.problem -%}
            {%- do problems.append('case when cell.' ~ name ~ ' is not null and ' ~ reading.value ~ ' is null then '
                ~ reading.problem ~ " || ':" ~ name ~ "' end") -%}
        {%- endif -%}
        {%- if column.required -%}
            {%- do problems.append('case when cell.' ~ name ~ " is null then 'missing_value:" ~ name ~ "' end") -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set rules = [] -%}
    {%- for code, rule in source.get('row_rules', {}).items() -%}
        {%- do rules.append('case when (' ~ rule ~ ') is false then ' ~ sql_literal(code) ~ ' end') -%}
    {%- endfor %}
    {% if rules -%}
    select
        {{ names | join(',\n        ') }},
        problem_codes || array_remove(array[
            {{ rules | join(',\n            ') }}
        ]::text[], null) as problem_codes
    from (
    {%- endif %}
    select
        landing.import_batch_id,
        landing.source_file_id,
        landing.row_number,
        landing.review_status,
        landing.created_at,
        landing.row_key,
        {{ sql_literal(source_key) }}::text as source_system,
        {{ values | join(',\n        ') }},
        coalesce(landing.problem_codes, '{}') || array_remove(array[
            {{ problems | join(',\n            ') }}
        ]::text[], null) as problem_codes
    from {{ landing }} as landing
    left join {{ ref('qinexus__import_files') }} as file on file.import_batch_id = landing.import_batch_id
    cross join lateral json_to_record(coalesce(landing.edited_payload, landing.raw_payload)) as payload (
        {{ headers | join(',\n        ') }}
    )
    cross join lateral (
        {#- Of keys that come twice json_to_record() takes the last. #}
        select json_object_agg(cell.key, cell.value order by earlier.created_at, earlier.row_number) as cells
        from {{ landing }} as earlier
        cross join lateral json_each_text(coalesce(earlier.edited_payload, earlier.raw_payload)) as cell
        where
            cardinality(file.unsaid_columns) > 0
            and earlier.row_key = landing.row_key
            and earlier.created_at < landing.created_at
            and earlier.review_status not in ('rejected', 'undone', 'quarantined', 'forgotten')
    ) as before
    cross join lateral json_to_record(before.cells) as told (
        {{ headers | join(',\n        ') }}
    )
    cross join lateral (
        select
            {{ cells | join(',\n            ') }}
    ) as cell
    {{ joins | join('\n    ') }}
    {% if rules %}) as typed{% endif %}
{%- endmacro %}
