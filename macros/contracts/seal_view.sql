{#-
    Notes what PostgreSQL wrote of a view's query when a build had made it, as a comment on the rule that a view is:
    `create or replace view` keeps it, so that R1302 sees another query. A dump leaves it out, and a view without it is
    taken at its word until the next build makes it anew.

    Example: +post-hook: "{{ seal_view(this) }}"
-#}
{% macro seal_view(relation) -%}
    do $seal$ begin
        execute format(
            'comment on rule "_RETURN" on {{ relation }} is %L', md5(pg_get_viewdef({{ sql_literal(relation) }}::regclass))
        );
    end $seal$
{%- endmacro %}
