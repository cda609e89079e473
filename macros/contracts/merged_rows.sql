{#-
    The three-way merge, as CTEs of which `merged` is the last. `spoken` are the rows of which the source says
    something else than it said last; `held` are those of them that the table holds. `merged` has each spoken row as it
    is to be, whether it `is_new`, what the source said of it before and now, and the columns that are `disputed`.

    Column by column: where only the source changed its word, that is taken; where only the held value differs from
    the source's last word, a person changed it, and it stays; where both did, and not to the same, the held value
    stays and the column is disputed. A held row without a last word takes every value that the source has. Where a
    correction stands, both the held row and what is to be written have its value, so there is nothing to dispute.

    The last word names entities as the source does; the rows name the survivors of those that were merged. What a
    survivor's row shows of others (core.surviving_values) is not the source's, nor a person's: qios settles it.

    Example: with {{ merged_rows(this, 'staged_rows', ['id', 'full_name'], contract_of(model)) }} select * from merged
-#}
{% macro merged_rows(target, source, supplied, contract) -%}
    {%- set owned = owned_columns(contract, supplied, 'dbt') -%}
    {%- set provenance = owned_columns(contract, supplied, 'provenance') -%}
    {%- set changed_by_both = [] -%}
    {%- set may_survive = facet_column(contract) or target.schema ~ '.' ~ target.identifier == 'core.entities' -%}
    {%- set words = ['values_before', 'values_said'] -%}
    spoken as materialized (
        select source.*, word.values_said, before.values_before
        from {{ not_forgotten(source, target, supplied, contract) }} as source
        cross join lateral (
            select jsonb_strip_nulls(jsonb_build_object(
                {% for name in owned -%}
                    {{ sql_literal(name) }}, source.{{ adapter.quote(name) }}{% if not loop.last %}, {% endif %}
                {%- endfor %}
            )) as values_said
        ) as word
        left join qinexus.source_values as last_word on last_word.id = source.id
        cross join lateral (
            select {{ in_session('last_word.source_values', owned, contract) }} as values_before
        ) as before
        where before.values_before is distinct from word.values_said
    ),

    held as materialized (
        select {{ quoted_list(['id'] + owned, 'target.') }}
        from {{ target }} as target
        inner join spoken on spoken.id = target.id
        {% if not planning() %}for no key update of target{% endif %}
    ),

    merged as materialized (
        select
            said.id,
            held.id is null as is_new,
            said.values_before,
            said.values_said,
            {{ quoted_list(provenance, 'said.') }},
            {% for name in owned -%}
                {%- set word = sql_literal(name) -%}
                {%- set quoted = adapter.quote(name) -%}
                {%- set default = contract.columns[name].default -%}
                {%- set base = said_before(name, contract, 'said.values_before') -%}
                {%- if default -%}{%- set base = 'coalesce(' ~ base ~ ', to_jsonb((' ~ default ~ ')::' ~ contract.columns[name].data_type ~ '))' -%}{%- endif -%}
                {%- set source_changed = '(said.values_before -> ' ~ word ~ ') is distinct from (said.values_said -> ' ~ word ~ ')' -%}
                {%- set is_lent = 'shown.surviving_values ? ' ~ word if may_survive else 'false' -%}
                {%- set person_changed = 'to_jsonb(held.' ~ quoted ~ ') is distinct from (' ~ base ~ ')' -%}
                {%- do changed_by_both.append(
                    'case when not coalesce(' ~ is_lent ~ ', false) and ' ~ source_changed ~ ' and ' ~ person_changed ~ ' and held.' ~ quoted
                    ~ ' is distinct from said.' ~ quoted ~ ' then ' ~ word ~ ' end'
                ) -%}
                case
                    when held.id is null or said.values_before is null then said.{{ quoted }}
                    {% if may_survive %}when {{ is_lent }} then held.{{ quoted }}{% endif %}
                    when {{ source_changed }} and not ({{ person_changed }}) then said.{{ quoted }}
                    else held.{{ quoted }}
                end as {{ quoted }},
            {% endfor -%}
            case
                when held.id is not null and said.values_before is not null
                    then array_remove(array[{{ changed_by_both | join(', ') }}]::text[], null)
                else '{}'
            end as disputed
        from {{ corrected(at_home('spoken', supplied + words, contract), target, supplied + words) }} as said
        left join held on held.id = said.id
        {% if may_survive %}left join core.surviving_values as shown on shown.id = said.id{% endif %}
    )
{%- endmacro %}
