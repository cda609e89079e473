{#-
    The ways to reach the entities of a typed view: a promotion of core.identifiers. Each column that can hold one
    is a slot: a new number is the slot's new value, and an empty cell ends the slot, unless the source is `terse`:
    its exports may leave columns out, so that an empty cell says nothing.

    `primary` has one column for each type of identifier, and the slot is named by the type; `further` has lists
    of columns, each a slot of its own name. An address or number is read in `<column>`, and stands as it was
    written in `<column>_raw`.

    Example: {{ contact_identifiers(
        ref('staging__zoho_contacts'),
        primary={'email': 'email', 'mobile': 'mobile_phone'},
        further={'email': ['secondary_email']},
    ) }} → slots `email`, `mobile` and `secondary email`
-#}
{% macro contact_identifiers(view, primary, further={}, owner=contact_owner(), terse=false) -%}
    {%- set slots = [] -%}
    {%- for type, column in primary.items() -%}
        {%- do slots.append({'type': type, 'label': type, 'column': column, 'is_primary': true}) -%}
    {%- endfor -%}
    {%- for type, columns in further.items() -%}
        {%- for column in columns -%}
            {%- set label = column | replace('_', ' ') -%}
            {%- do slots.append({'type': type, 'label': label, 'column': column, 'is_primary': false}) -%}
        {%- endfor -%}
    {%- endfor -%}
    with

    reached as (
        {{ promoting_rows(view, owner) }}
    ),

    final as (
        select
            {{ stable_id(["'core.identifiers'", owner, 'slot.label']) }} as id,
            {{ owner }} as entity_id,
            slot.*,
            case when slot.raw_value is null then created_at end as ended_at,
            source_system,
            source_file_id,
            import_batch_id
        from reached
        cross join lateral (
            values
            {%- for slot in slots %}
            (
                {{ sql_literal(slot.type) }}, {{ sql_literal(slot.label) }}, {{ slot.is_primary | lower }},
                coalesce({{ slot.column }}, {{ slot.column }}_raw), {{ slot.column }}_raw
            ) {{- ',' if not loop.last }}
            {%- endfor %}
        ) as slot (identifier_type, label, is_primary, value, raw_value)
        {%- if terse %}
        where slot.raw_value is not null
        {%- endif %}
    )

    select * from final
{%- endmacro %}
