{{ after_everything() }}
-- Who is no owner holds a privilege by a grant: on a table, a column, a schema, or on what is still to come.
-- Whoever may read all data, or be the owner, needs none; nor does who is sent the rows.
with

live as (
    {{ live_relations() }}
),

grants as (
    select
        live.schema_name || '.' || live.table_name as object,
        registered.sensitivity_level,
        given.grantee,
        given.privilege_type || case when given.is_grantable then ' and grant' else '' end as privilege_type
    from live
    inner join pg_catalog.pg_class as relation on relation.oid = live.oid
    cross join lateral aclexplode(relation.relacl) as given
    left join {{ ref('qieos__schemas') }} as home on home.schema_name = live.schema_name
    left join {{ ref('qieos__tables') }} as registered
        on registered.schema_id = home.id
            and registered.table_name = live.table_name
            and registered.deprecated_at is null
    where given.grantee <> relation.relowner
    union all
    select
        concat_ws('.', live.schema_name, live.table_name, field.attname) as object,
        registered.sensitivity_level,
        given.grantee,
        given.privilege_type || case when given.is_grantable then ' and grant' else '' end as privilege_type
    from live
    inner join pg_catalog.pg_class as relation on relation.oid = live.oid
    inner join pg_catalog.pg_attribute as field on field.attrelid = live.oid
    cross join lateral aclexplode(field.attacl) as given
    left join {{ ref('qieos__schemas') }} as home on home.schema_name = live.schema_name
    left join {{ ref('qieos__tables') }} as registered
        on registered.schema_id = home.id
            and registered.table_name = live.table_name
            and registered.deprecated_at is null
    where given.grantee <> relation.relowner
    union all
    select
        approved.schema_name as object,
        approved.default_sensitivity as sensitivity_level,
        given.grantee,
        given.privilege_type || case when given.is_grantable then ' and grant' else '' end as privilege_type
    from {{ ref('qieos__schemas') }} as approved
    inner join pg_catalog.pg_namespace as namespace on namespace.nspname = approved.schema_name
    cross join lateral aclexplode(namespace.nspacl) as given
    where given.grantee <> namespace.nspowner
    union all
    select
        coalesce(namespace.nspname::text, 'default privileges') as object,
        null as sensitivity_level,
        given.grantee,
        'by default ' || given.privilege_type as privilege_type
    from pg_catalog.pg_default_acl as preset
    left join pg_catalog.pg_namespace as namespace on namespace.oid = preset.defaclnamespace
    cross join lateral aclexplode(preset.defaclacl) as given
    where given.grantee <> preset.defaclrole
        -- PostgreSQL itself lets everybody execute a function and use a type.
        and (preset.defaclobjtype not in ('f', 'T') or given.grantee <> 0)
    union all
    select
        'the database' as object,
        null as sensitivity_level,
        given.grantee,
        given.privilege_type
    from pg_catalog.pg_database as this
    cross join lateral aclexplode(this.datacl) as given
    where this.datname = current_database() and given.privilege_type = 'CREATE' and given.grantee <> this.datdba
    union all
    select
        'every table' as object,
        null as sensitivity_level,
        given.member as grantee,
        'do what ' || giving.rolname || ' may' as privilege_type
    from pg_catalog.pg_roles as giving
    inner join pg_catalog.pg_auth_members as given on given.roleid = giving.oid
    inner join pg_catalog.pg_roles as holder on holder.oid = given.member
    where not holder.rolsuper
        -- Whoever creates a role may administer it, without being it.
        and (given.inherit_option or given.set_option)
        and (
            giving.oid in (
                select relation.relowner
                from live
                inner join pg_catalog.pg_class as relation on relation.oid = live.oid
            )
            or giving.rolname in (
                'pg_read_all_data', 'pg_write_all_data', 'pg_maintain',
                'pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program'
            )
        )
),

published as (
    select
        live.schema_name || '.' || live.table_name as object,
        sender.pubname
    from live
    inner join pg_catalog.pg_publication_rel as sent on sent.prrelid = live.oid
    inner join pg_catalog.pg_publication as sender on sender.oid = sent.prpubid
    union all
    select
        approved.schema_name as object,
        sender.pubname
    from {{ ref('qieos__schemas') }} as approved
    inner join pg_catalog.pg_namespace as namespace on namespace.nspname = approved.schema_name
    inner join pg_catalog.pg_publication_namespace as sent on sent.pnnspid = namespace.oid
    inner join pg_catalog.pg_publication as sender on sender.oid = sent.pnpubid
    union all
    select
        'every table' as object,
        pubname
    from pg_catalog.pg_publication
    where puballtables
),

cleared as (
    select
        reader.oid,
        held.level_key
    from {{ ref('qivault__sensitivity_levels') }} as held
    inner join {{ ref('qivault__sensitivity_levels') }} as higher on higher.rank >= held.rank
    inner join pg_catalog.pg_roles as reader on reader.rolname = higher.reader_role
),

held as (
    select
        grants.object,
        coalesce(holder.rolname::text, 'PUBLIC') || ' may '
        || lower(string_agg(grants.privilege_type, ', ' order by grants.privilege_type)) as detail
    from grants
    left join pg_catalog.pg_roles as holder on holder.oid = grants.grantee
    where grants.privilege_type not in ('SELECT', 'USAGE')
        or not exists (
            select from cleared
            where cleared.oid = grants.grantee
                and (grants.privilege_type = 'USAGE' or cleared.level_key = grants.sensitivity_level)
        )
    group by grants.object, holder.rolname
),

final as (
    select
        'R0904' as rule_code,
        object,
        detail
    from held
    union all
    select
        'R0904' as rule_code,
        object,
        'is sent to whoever subscribes to the publication ' || string_agg(pubname, ', ') as detail
    from published
    group by object
)

select * from final
