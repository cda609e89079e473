{#-
    The addresses of the entities of a typed view: a promotion of core.locations. `addresses` says which columns hold
    one (those that begin so), by the word that tells it from the entity's others, which goes into the column
    `named_by`. The first is the primary one. An empty address ends what an earlier row said, unless the source is
    `terse`: its exports may leave columns out, so that empty cells say nothing. Of several addresses in the cells of one
    the first has its place, and each of the others is known by what it says. `further` are parts that not every source
    has.

    Example: {{ contact_locations(ref('staging__zoho_contacts'), 'location_type', {'mailing': 'mailing'}) }}
    reads mailing_street, mailing_locality, mailing_region, mailing_postal_code and mailing_country
-#}
{% macro contact_locations(view, named_by, addresses, further=[], owner=contact_owner(), terse=false) -%}
    {%- set parts = ['street'] + further + ['locality', 'region', 'postal_code', 'country'] -%}
    {%- set columns = ['street_address'] + parts[1:] -%}
    {%- set names = [] -%}
    {%- for prefix in addresses.values() -%}
        {%- for part in parts -%}{%- do names.append(prefix ~ '_' ~ part) -%}{%- endfor -%}
    {%- endfor -%}
    {%- set known_by = ["'core.locations'", 'owner_id', 'address.' ~ named_by] -%}
    {%- set told = [] -%}
    {%- for column in columns -%}{%- do told.append('address.' ~ column) -%}{%- endfor -%}
    {%- set said = 'coalesce(' ~ told | join(', ') ~ ')' -%}
    with

    located as (
        {{ promoting_rows(view, owner) }}
    ),

    said as (
        {{ with_further_rows('located', view, owner, names) }}
    ),

    final as (
        select
            case
                when is_further then {{ stable_id(known_by + told) }}
                else {{ stable_id(known_by) }}
            end as id,
            owner_id as entity_id,
            address.{{ named_by }},
            address.is_primary and not is_further as is_primary,
            {{ told | join(', ') }},
            case when {{ said }} is null then created_at else ended_at end as ended_at,
            source_system,
            source_file_id,
            import_batch_id
        from said
        cross join lateral (
            values
            {%- for name, prefix in addresses.items() %}
            (
                {{ sql_literal(name) }}, {{ (loop.index == 1) | lower }},
                {{ prefix }}_{{ parts | join(', ' ~ prefix ~ '_') }}
            ) {{- ',' if not loop.last }}
            {%- endfor %}
        ) as address ({{ named_by }}, is_primary, {{ columns | join(', ') }})
        where {{ said }} is not null {%- if not terse %} or not is_further {%- endif %}
    )

    select * from final
{%- endmacro %}
