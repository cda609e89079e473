{#-
    The people of an address book: a promotion of core.people. `columns` are those that the source knows of a
    person beside the name.

    Example: {{ contact_people(ref('staging__zoho_contacts'), ['given_name', 'family_name']) }}
-#}
{% macro contact_people(view, columns) -%}
    {{ facet_rows(view, 'core.people', 'entity_id', [contact_name() ~ ' as full_name'] + columns) }}
{%- endmacro %}

{#- What a contact is called, whatever its source leaves out. -#}
{% macro contact_name() -%}
    coalesce(full_name, email, phone_raw, row_key::text)
{%- endmacro %}
