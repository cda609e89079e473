{#-
    The functions that a build makes, each with the statement that makes it, in the words and the order of
    pg_get_functiondef(), by which it is known whether the live one is still this.

    core.plain() compares text without regard to case and accents. unaccent() itself is not immutable, since its
    dictionary could change, so that no index could be made of it: core.plain() names the dictionary and says that it
    will not. The others are what the triggers of audited tables call.

    Example: built_functions() → {'core.plain(text)': 'create or replace function …', …}
-#}
{% macro built_functions() -%}
    {%- set plain -%}
create or replace function core.plain(text) returns text language sql immutable parallel safe strict
return lower(core.unaccent('core.unaccent'::regdictionary, $1))
    {%- endset -%}
    {{ return({
        'core.plain(text)': plain,
        'core.note_change()': note_change_sql(),
        'core.refuse_change()': refuse_change_sql(),
    }) }}
{%- endmacro %}
