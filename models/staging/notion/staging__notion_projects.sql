{%- set time_zone = sql_literal(registered_sources()['notion_projects'].time_zone) -%}
with

projects as (
    {{ typed_rows('notion_projects', ref('staging__notion_projects_raw')) }}
),

entities as (
    select
        *,
        case
            when external_id is not null then {{ notion_entity('external_id') }}
            -- A task of an export without pages names its project by the name alone.
            else {{ notion_entity('coalesce(lower(title), row_key::text)', 'project name') }}
        end as entity_id,
        coalesce(due, case when period_raw like '%→%' then period end) as planned_end,
        btrim(regexp_replace(lower(status_word), '[^[:alpha:] ]', '', 'g')) as status_letters,
        round(
            substring(completion from '^[0-9]{1,3}(?:[.][0-9]+)?')::numeric
            * case when completion like '%\%' then 1 else 100 end
        ) as completed_percent
    from projects
),

final as (
    select
        {{ row_identity() }},
        source_system,
        entity_id,
        {{ stable_id(["'qilife.projects'", 'entity_id']) }} as project_id,
        external_id,
        title,
        description,
        case
            when status_letters in ('done', 'complete', 'completed', 'finished', 'closed', 'shipped') then 'completed'
            when status_letters in ('cancelled', 'canceled', 'dropped', 'abandoned') then 'cancelled'
            when status_letters like 'not %' then 'planned'
            when status_letters ~ '(hold|paused|blocked|waiting)' then 'on_hold'
            when status_letters ~ '(progress|doing|active|started|review)' then 'active'
            else 'planned'
        end as status,
        {{ read_priority('priority_word') }} as priority,
        (lower(period) at time zone {{ time_zone }})::date as start_date,
        (upper(planned_end) at time zone {{ time_zone }})::date as due_on,
        completed as completed_at,
        case when completed_percent > 100 then 100 else completed_percent end::smallint as percent_complete,
        area as project_area,
        owners,
        parent_projects,
        blocked_by,
        blocking,
        url,
        period_raw,
        problem_codes
    from entities
)

select * from final
