{#-
    Rows of a promotion that name entities as their source does, with the survivor in place of an entity that
    was merged. A column that belongs to a key is left alone: such a row is the merged entity's own, and stays.
    Only merged entities are joined, so a database without any pays nothing.

    Example: select {{ quoted_list(supplied) }} from {{ at_home('spoken', supplied, contract) }} as spoken
-#}
{% macro at_home(rows, supplied, contract) -%}
    {%- set pointers = entity_pointers(contract) -%}
    {%- set found = [] -%}
    {%- for name in supplied if name in pointers -%}{%- do found.append(name) -%}{%- endfor -%}
    {%- if not found -%}{{ return(rows) }}{%- endif -%}
    (
        select
            {% for name in supplied -%}
                {%- if name in found -%}
                    coalesce(home_{{ loop.index }}.home_id, given.{{ adapter.quote(name) }}) as {{ adapter.quote(name) }}
                {%- else -%}
                    given.{{ adapter.quote(name) }}
                {%- endif -%}
                {%- if not loop.last %}, {% endif %}
            {%- endfor %}
        from {{ rows }} as given
        {%- for name in supplied %}
        {%- if name in found %}
        left join {{ homes(pointers[name]) }} as home_{{ loop.index }}
            on home_{{ loop.index }}.id = given.{{ adapter.quote(name) }}
        {%- endif %}
        {%- endfor %}
    )
{%- endmacro %}

{#- Merged entities, or the facets of merged entities in a table, with what they became: (id, home_id). -#}
{% macro homes(facet=none) -%}
    {%- if not facet -%}
    (select id, canonical_entity_id as home_id from core.entities where canonical_entity_id is not null)
    {%- else -%}
    (
        select facet.id, surviving.id as home_id
        from core.entities as merged
        inner join {{ facet.relation }} as facet on facet.{{ facet.column }} = merged.id
        inner join {{ facet.relation }} as surviving on surviving.{{ facet.column }} = merged.canonical_entity_id
        where merged.canonical_entity_id is not null
    )
    {%- endif -%}
{%- endmacro %}

{#-
    What the source said of a column before, as the upsert compares it: an entity that was merged since is its
    survivor, as it is in the rows that at_home() gives.

    Example: said_before('entity_id', contract, 'last_word.source_values') = to_jsonb(excluded.entity_id)
-#}
{% macro said_before(name, contract, last_word) -%}
    {%- set pointers = entity_pointers(contract) -%}
    {%- set said = last_word ~ ' -> ' ~ sql_literal(name) -%}
    {%- if name not in pointers -%}{{ return(said) }}{%- endif -%}
    coalesce(
        (select to_jsonb(home.home_id) from {{ homes(pointers[name]) }} as home where to_jsonb(home.id) = {{ said }}),
        {{ said }}
    )
{%- endmacro %}
