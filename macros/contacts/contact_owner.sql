{#-
    Who the addresses and numbers of a contact belong to: the person, or the organization where the contact names
    nothing else.

    Example: {{ promoting_rows(ref('staging__google_contacts'), contact_owner()) }}
-#}
{% macro contact_owner() -%}
    coalesce(entity_id, organization_entity_id)
{%- endmacro %}
