{#-
    The ids of the pages that a relation leads to, as text[]; empty where the cell only holds names.
    A relation is `Title (path/Title%20<id>.md)` or `Title (https://www.notion.so/Title-<id>)`, several joined
    by `, `. Titles may hold commas and parentheses, paths hold no spaces: so an item is known by its end.

    Example: read_relations('cell.project')
-#}
{% macro read_relations(cell) -%}
    {{ return(
        "array(select item[1] from regexp_matches(" ~ cell
        ~ ", '([0-9a-f]{32})(?:\\.md)?(?:\\?[^ ]*)?\\)(?:, |$)', 'g') as item)"
    ) }}
{%- endmacro %}
