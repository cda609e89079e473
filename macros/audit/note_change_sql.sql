{#-
    The trigger function that tells core.audit_events of a statement: one event for what it inserted from each batch,
    one with the row as it was for each row that it updated or deleted. Who, why and in which act is
    what the transaction says of itself (`qios.*`, set by acting()); without that, who is connected, by which
    program, and in which transaction. An update belongs to the batch that the act names, or whose promotion it
    is: a row keeps the batch it came from, so the row alone does not say. Where core.audit_events is not built yet,
    as in a build of single tables, there is nobody to tell.

    A table may have a column named like a variable of it, such as core.notes.noted_at: the variable is meant.

    The events of a statement that changed many rows have ids that count up, since half the cost of random ones is
    the index that they are scattered over: the moment in milliseconds, 40 random bits, and a number of 32.

    It runs with the rights of its owner: who may write to a table need not be able to write to the journal.

    Example: note_change_sql()
-#}
{% macro note_change_sql() -%}
create or replace function core.note_change() returns trigger
language plpgsql security definer set search_path to 'pg_catalog', 'pg_temp' as $function$
#variable_conflict use_variable
declare
    -- Not now(): of two transactions that change one row, the later change may be in the one that began first.
    noted_at constant timestamptz := clock_timestamp();
    by_whom constant text := coalesce(nullif(current_setting('qios.actor', true), ''), session_user);
    by_program constant text := coalesce(nullif(current_setting('application_name'), ''), 'unknown');
    what constant text := lower(tg_op);
    doing constant text := coalesce(nullif(current_setting('qios.action', true), ''), what);
    why constant text := nullif(current_setting('qios.reason', true), '');
    of_batch constant uuid := nullif(current_setting('qios.import_batch_id', true), '')::uuid;
    act constant uuid := coalesce(
        nullif(current_setting('qios.correlation_id', true), '')::uuid,
        md5(concat_ws(' ', 'transaction', pg_current_xact_id(), now()))::uuid
    );
    -- A UUID of version 8 (RFC 9562), but for its last eight digits.
    id_begins constant text := lpad(to_hex((extract(epoch from noted_at) * 1000)::bigint), 12, '0')
        || overlay(overlay(right(gen_random_uuid()::text, 12) placing '8' from 1) placing 'b' from 5);
begin
    if to_regclass('core.audit_events') is null then
        return null;
    end if;
    if tg_op = 'INSERT' then
        insert into core.audit_events (
            occurred_at, actor, application, action, reason, correlation_id, import_batch_id, write_operation,
            target_schema, target_table, target_id, row_count, inserted_ids
        )
        select
            noted_at, by_whom, by_program, doing, why, act, coalesce(of_batch, written.import_batch_id), what,
            tg_table_schema, tg_table_name,
            case when count(*) = 1 then (array_agg(written.id))[1] end,
            count(*),
            case when count(*) > 1 then array_agg(written.id) end
        -- Of a table without batches the name is found outside, where it is null.
        from (select null::uuid as import_batch_id) as no_batch
        cross join lateral (select after.id, import_batch_id from after) as written
        group by written.import_batch_id;
    elsif tg_op = 'UPDATE' and doing = 'promote' and of_batch is null then
        insert into core.audit_events (
            id, occurred_at, actor, application, action, reason, correlation_id, import_batch_id, write_operation,
            target_schema, target_table, target_id, before_image
        )
        select
            (id_begins || lpad(to_hex(row_number() over ()), 8, '0'))::uuid,
            noted_at, by_whom, by_program, doing, why, act, written.import_batch_id, what,
            tg_table_schema, tg_table_name, before.id, row_to_json(before)
        from before
        left join (
            select written.id, written.import_batch_id
            from (select null::uuid as import_batch_id) as no_batch
            cross join lateral (select after.id, import_batch_id from after) as written
        ) as written on written.id = before.id;
    else
        insert into core.audit_events (
            id, occurred_at, actor, application, action, reason, correlation_id, import_batch_id, write_operation,
            target_schema, target_table, target_id, before_image
        )
        select
            (id_begins || lpad(to_hex(row_number() over ()), 8, '0'))::uuid,
            noted_at, by_whom, by_program, doing, why, act, of_batch, what,
            tg_table_schema, tg_table_name, before.id, row_to_json(before)
        from before;
    end if;
    return null;
end
$function$
{%- endmacro %}
