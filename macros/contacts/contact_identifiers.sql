{#-
    The ways to reach the entities of a typed view: a promotion of core.identifiers. Each column that can hold one
    is a slot: a new number is the slot's new value, and an empty cell ends the slot, unless the source is `terse`:
    its exports may leave columns out, so that an empty cell says nothing.

    `primary` has one column for each type of identifier, and the slot is named by the type; `further` has lists
    of columns, each a slot of its own name. An address or number is read in `<column>`, and stands as it was
    written in `<column>_raw`. Of several values in a cell the first has the slot; each of the others is known by
    itself, so that it ends when the cell no longer has it, whatever comes or goes beside it.

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
    {%- set names = [] -%}
    {%- for slot in slots -%}{%- do names.extend([slot.column, slot.column ~ '_raw']) -%}{%- endfor -%}
    {%- set known_by = ["'core.identifiers'", 'owner_id', 'slot.label'] -%}
    with

    reached as (
        {{ promoting_rows(view, owner) }}
    ),

    said as (
        {{ with_further_rows('reached', view, owner, names) }}
    ),

    final as (
        select
            case
                when is_further then {{ stable_id(known_by + ['slot.value']) }}
                else {{ stable_id(known_by) }}
            end as id,
            owner_id as entity_id,
            slot.identifier_type,
            slot.label,
            slot.is_primary and not is_further as is_primary,
            slot.value,
            slot.raw_value,
            case when slot.raw_value is null then created_at else ended_at end as ended_at,
            source_system,
            source_file_id,
            import_batch_id
        from said
        cross join lateral (
            values
            {%- for slot in slots %}
            (
                {{ sql_literal(slot.type) }}, {{ sql_literal(slot.label) }}, {{ slot.is_primary | lower }},
                coalesce({{ slot.column }}, {{ slot.column }}_raw), {{ slot.column }}_raw
            ) {{- ',' if not loop.last }}
            {%- endfor %}
        ) as slot (identifier_type, label, is_primary, value, raw_value)
        where slot.raw_value is not null {%- if not terse %} or not is_further {%- endif %}
    )

    select * from final
{%- endmacro %}
