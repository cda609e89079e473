{#-
    The natural key of a tag: its name in small letters, with one `_` for whatever is no letter or digit. A name
    without any keeps its own form.

    Example: tag_key('tag.name')
-#}
{% macro tag_key(name) -%}
    coalesce(nullif(btrim(regexp_replace(lower({{ name }}), '[^[:alnum:]]+', '_', 'g'), '_'), ''), {{ name }})
{%- endmacro %}
