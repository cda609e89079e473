{#-
    The whole body of a table that sources feed: what every promotion model of the table gives, of the
    sources that have rows to promote. A promotion may leave out columns that its source does not know;
    a new row takes their defaults.

    In a table with `ended_at` a promotion row that has one says that the source no longer gives this: the
    held row keeps its values, says since when, and takes the status that the source now has for it.
    `speaks_of` tells which held rows such a row speaks of, and `ends` which of them it ends; the others come
    back, since what equals the last word of the source is not staged again.

    Example: {{ promoted() }}
-#}
{% macro promoted(speaks_of='held.id = said.id', ends='true') -%}
    {#- What the merge reads and asks by; naming it here makes it every promotion's parent. -#}
    {%- for table in ('qinexus__source_values', 'qinexus__files', 'qiaccess__classification_queue') -%}
        {%- do ref(table) -%}
    {%- endfor -%}
    {%- set sources = registered_promotions()[model.name] -%}
    {%- if not execute -%}
        {%- for source in sources -%}{%- do ref(source ~ '__' ~ model.name) -%}{%- endfor -%}
        {{ return('') }}
    {%- endif -%}
    {%- set waiting = waiting_sources(sources) -%}
    {%- set contract = contract_of(model) -%}
    {%- set own = owned_columns(contract, contract.columns, 'dbt') -%}
    {%- set provenance = owned_columns(contract, contract.columns, 'provenance') -%}
    {%- set columns = ['id'] + own + provenance -%}
    {%- set nothing = [] -%}
    {%- set given = [] -%}
    {%- for name in columns -%}
        {%- set quoted = adapter.quote(name) -%}
        {%- set default = contract.columns[name].default if name in own else none -%}
        {%- do nothing.append('null::' ~ contract.columns[name].data_type ~ ' as ' ~ quoted) -%}
        {%- do given.append('coalesce(' ~ quoted ~ ', ' ~ default ~ ') as ' ~ quoted if default else quoted) -%}
    {%- endfor -%}
    with

    nothing as (
        select {{ nothing | join(', ') }}
    ),

    said as (
        select nothing.*, 0 as source_position from nothing where false
        {%- for source in waiting %}
        union all
        {#- A column that the promotion does not have is found in the outer row, where it is null. #}
        select promotion.*, {{ loop.index }}
        from nothing
        cross join lateral (select {{ quoted_list(columns) }} from {{ ref(source ~ '__' ~ model.name) }}) as promotion
        {%- endfor %}
    ),

    given as (
        select {{ given | join(', ') }}, source_position
        from said
        {% if 'ended_at' in columns -%}
        where ended_at is null
        {% if is_incremental() -%}
        union all
        {{ taken_back(contract, own, provenance, speaks_of, ends) }}
        {%- endif %}
        {%- endif %}
    )

    {#- Two sources may tell of one row, as a program's own file and its export do: the first by name is heard. #}
    select {{ 'distinct on (id) ' if waiting | length > 1 }}{{ quoted_list(columns) }}
    from given
    {{ 'order by id, source_position' if waiting | length > 1 }}
{%- endmacro %}

{#-
    The held rows that the sources take back, and those of theirs that come back: as the sources last said
    them, but for what they say of them now. What a person made of them since is so no word of a source.
    The row type is named without its database: sqlfluff reads the compiled model, and a cast to three names it cannot.
-#}
{% macro taken_back(contract, own, provenance, speaks_of, ends) -%}
        select
            held.id,
            {% for name in own -%}
                {%- if name == 'ended_at' -%}
                    case when {{ ends }} then said.ended_at end,
                {%- elif name == 'status' -%}
                    coalesce(said.status, held.status),
                {%- elif contract.columns[name].not_null -%}
                    coalesce(last_said.{{ adapter.quote(name) }}, held.{{ adapter.quote(name) }}),
                {%- else -%}
                    last_said.{{ adapter.quote(name) }},
                {%- endif %}
            {% endfor -%}
            {{ quoted_list(provenance, 'said.') }},
            said.source_position
        from said
        inner join {{ this }} as held on {{ speaks_of }}
        left join {{ ref('qinexus__source_values') }} as last_word on last_word.id = held.id
        cross join lateral jsonb_populate_record(null::{{ this.include(database=false) }}, last_word.source_values) as last_said
        where
            said.ended_at is not null
            and (held.ended_at is null) = ({{ ends }})
            and not exists (select from said as told where told.id = held.id and told.ended_at is null)
{%- endmacro %}
