{#-
    The trigger function that refuses what the journal could not tell of: TRUNCATE of an audited table, and any
    change of the journal itself. Only forgetting a person updates events, in an act that says so.

    Example: refuse_change_sql()
-#}
{% macro refuse_change_sql() -%}
create or replace function core.refuse_change() returns trigger
language plpgsql set search_path to 'pg_catalog', 'pg_temp' as $function$
begin
    if tg_op = 'UPDATE' and current_setting('qios.action', true) = 'forget' then
        return null;
    end if;
    if tg_op = 'TRUNCATE' and tg_table_schema || '.' || tg_table_name <> 'core.audit_events' then
        raise exception using
            errcode = 'restrict_violation',
            message = format(
                'R1304 %I.%I: is not truncated, nobody could say afterwards what it held', tg_table_schema, tg_table_name
            ),
            hint = format(
                'cure: `delete from %I.%I` empties it and keeps each row in core.audit_events',
                tg_table_schema, tg_table_name
            );
    end if;
    raise exception using
        errcode = 'restrict_violation',
        message = format('R1304 %I.%I: is append-only, %s is refused', tg_table_schema, tg_table_name, lower(tg_op)),
        hint = 'cure: leave the events as they are; `qios forget` takes a person out of them';
end
$function$
{%- endmacro %}
