{#-
    The rows of a landing table with typed columns, by the source's registered columns: every heading or
    alias is looked for in the payload, each cell is read by its parse_format, and a cell that cannot be
    read gives null and a problem code `<problem>:<column>`; a row that breaks one of the source's rules gets
    the rule's code. One json_to_record() parses the payload.

    A column that the row's file does not have says nothing: its cell is the one that the latest earlier row of the
    same record had, unless that was refused or taken back. Where a file has the columns that earlier ones had
    (`unsaid_columns` of qinexus.import_files is empty), nothing is looked up.

    Where a source has columns whose cells may hold several values (cells_of_several()), `further_values` has what they
    say beyond the first.

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
    {%- set several = cells_of_several(source, memo) -%}
    {%- set written = [] -%}
    {%- set group_of = {} -%}
    {%- for group in several -%}
        {%- for name in group.columns -%}{%- do group_of.update({name: group.name}) -%}{%- endfor -%}
        {%- if group.problem -%}{%- do problems.append(group.problem) -%}{%- endif -%}
    {%- endfor -%}
    {%- for name, column in source.columns.items() -%}
        {%- set quoted = [] -%}
        {%- for header in column.headers -%}
            {%- do headers.append(adapter.quote(header) ~ ' text') -%}
            {%- do quoted.append('payload.' ~ adapter.quote(header)) -%}
        {%- endfor -%}
        {%- for header in column.headers -%}
            {%- do quoted.append('told.' ~ adapter.quote(header)) -%}
        {%- endfor -%}
        {%- set reading = cell_reading(name, column, source, memo) -%}
        {%- set cell = 'coalesce(' ~ quoted | join(', ') ~ ')' -%}
        {%- set parts = 'parts.' ~ group_of[name] if name in group_of -%}
        {%- if parts -%}
            {%- do written.append(cell ~ ' as ' ~ name) -%}
            {%- do cells.append('case when ' ~ parts ~ ' is null then ' ~ "nullif(btrim(said." ~ name ~ "), '') else "
                ~ parts ~ ' -> 0 ->> ' ~ sql_literal(name ~ ('_raw' if reading.raw else '')) ~ ' end as ' ~ name) -%}
        {%- else -%}
            {%- do cells.append('nullif(btrim(' ~ cell ~ "), '') as " ~ name) -%}
        {%- endif -%}
        {%- do values.append(reading.value ~ ' as ' ~ name) -%}
        {%- do names.append(name) -%}
        {%- if reading.raw -%}
            {%- do values.append('cell.' ~ name ~ ' as ' ~ name ~ '_raw') -%}
            {%- do names.append(name ~ '_raw') -%}
        {%- endif -%}
        {%- if reading.join -%}{%- do joins.append(reading.join) -%}{%- endif -%}
        {%- if reading.problem -%}
            {%- set problem = cell_problem(name, reading) -%}
            {%- do problems.append(
                'case when ' ~ parts ~ ' is null then ' ~ problem ~ ' else jsonb_path_query_first(' ~ parts
                ~ ", '$[*].problem_codes[*] ? (@ like_regex \":" ~ name ~ "$\")') #>> '{}' end" if parts else problem
            ) -%}
        {%- endif -%}
        {%- if column.required -%}
            {%- do problems.append('case when cell.' ~ name ~ " is null then 'missing_value:" ~ name ~ "' end") -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if several -%}
        {%- set further = [] -%}
        {%- for group in several -%}
            {%- do further.append("coalesce(parts." ~ group.name ~ ", '[]') - 0") -%}
        {%- endfor -%}
        {%- do values.append("nullif((" ~ further | join(') || (') ~ "), '[]') as further_values") -%}
        {%- do names.append('further_values') -%}
    {%- endif -%}
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
    {%- if several %}
    cross join lateral (
        select
            {{ written | join(',\n            ') }}
    ) as said
    cross join lateral (
        {#- The fence, an offset, keeps each group's query from being planned again wherever its column is read. #}
        select
            {% for group in several -%}
            {{ group.parts }} as {{ group.name }} {{- ',' if not loop.last }}
            {% endfor -%}
        from (select 1) as fence
        offset 0
    ) as parts
    {%- endif %}
    cross join lateral (
        select
            {{ cells | join(',\n            ') }}
    ) as cell
    {{ joins | join('\n    ') }}
    {% if rules %}) as typed{% endif %}
{%- endmacro %}
