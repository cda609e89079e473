{#-
    The addresses of the entities of a typed view: a promotion of core.locations. `addresses` says which columns hold
    one (those that begin so), by the word that tells it from the entity's others, which goes into the column
    `named_by`. The first is the primary one. An empty address ends what an earlier row said, unless the source is
    `terse`: its exports may leave columns out, so that empty cells say nothing. `further` are parts that not every
    source has.

    Example: {{ contact_locations(ref('staging__zoho_contacts'), 'location_type', {'mailing': 'mailing'}) }}
    reads mailing_street, mailing_locality, mailing_region, mailing_postal_code and mailing_country
-#}
{% macro contact_locations(view, named_by, addresses, further=[], owner=contact_owner(), terse=false) -%}
    {%- set parts = ['street'] + further + ['locality', 'region', 'postal_code', 'country'] -%}
    {%- set columns = ['street_address'] + parts[1:] -%}
    {%- set said = 'coalesce(address.' ~ columns | join(', address.') ~ ')' -%}
    with

    located as (
        {{ promoting_rows(view, owner) }}
    ),

    final as (
        select
            {{ stable_id(["'core.locations'", owner, 'address.' ~ named_by]) }} as id,
            {{ owner }} as entity_id,
            address.*,
            case when {{ said }} is null then created_at end as ended_at,
            source_system,
            source_file_id,
            import_batch_id
        from located
        cross join lateral (
            values
            {%- for name, prefix in addresses.items() %}
            (
                {{ sql_literal(name) }}, {{ (loop.index == 1) | lower }},
                {{ prefix }}_{{ parts | join(', ' ~ prefix ~ '_') }}
            ) {{- ',' if not loop.last }}
            {%- endfor %}
        ) as address ({{ named_by }}, is_primary, {{ columns | join(', ') }})
        {%- if terse %}
        where {{ said }} is not null
        {%- endif %}
    )

    select * from final
{%- endmacro %}
