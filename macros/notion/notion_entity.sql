{#-
    The entity that a Notion page is: the same for its own row and for every relation that leads to it.

    Example: {{ notion_entity('external_id') }}
-#}
{% macro notion_entity(page_id, kind='page') -%}
    {{ stable_id(["'core.entities'", "'notion'", "'" ~ kind ~ "'", page_id]) }}
{%- endmacro %}
