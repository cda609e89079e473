{#-
    The functions that the triggers of audited tables call, each with the statement that makes it.

    Example: audit_functions() → {'core.note_change()': 'create or replace function …', …}
-#}
{% macro audit_functions() -%}
    {{ return({'core.note_change()': note_change_sql(), 'core.refuse_change()': refuse_change_sql()}) }}
{%- endmacro %}

{#- What PostgreSQL keeps of such a statement. -#}
{% macro function_body(definition) -%}
    {{ return(definition.split('$function$')[1]) }}
{%- endmacro %}
