package platform.db.postgresql;

/** What an upgrade asks the former server. Where it answers with statements for the new one, it quotes the names itself. */
final class UpgradeSql {

    private UpgradeSql() {}

    static final String SUPERUSER = "'" + PostgresCluster.SUPERUSER + "'";

    /** What belongs to databases and is not the server's own. */
    private static final String CONTENT = " n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')"
            + " AND n.nspname !~ '^pg_(toast_)?temp_'";

    private static String member(String catalog, String oid) {
        return " AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = '" + catalog + "'::regclass AND objid = " + oid
                + " AND deptype = 'e')";
    }

    static final String DATABASES = """
            SELECT d.datname, d.oid, r.rolname, r.rolsuper, pg_database_size(d.oid) AS bytes
            FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba
            WHERE d.datname NOT IN ('postgres', 'template0', 'template1') AND d.datconnlimit <> -2
              AND r.rolname <> 'platform spares'
              AND NOT (r.rolname = d.datname AND starts_with(d.datname, 'platform ready ')) ORDER BY d.datname
            """;

    static final String BYTES = "SELECT sum(pg_database_size(oid)) FROM pg_database WHERE datconnlimit <> -2";

    static final String OBSTACLES = """
            SELECT format('the database %L takes no connections: allow them, or drop it', datname) FROM pg_database
            WHERE NOT datallowconn AND datname <> 'template0' AND datconnlimit <> -2
              AND NOT EXISTS (SELECT FROM pg_roles WHERE oid = datdba AND (rolname = 'platform spares'
                  OR rolname = datname AND starts_with(datname, 'platform ready ')))
            UNION ALL
            SELECT format('the database %L has a locale of ICU, which is not supported: dump and restore it by hand', datname)
            FROM pg_database WHERE datlocprovider <> 'c'
            UNION ALL
            SELECT format('there is a tablespace %L, which is not supported: move what is in it, and drop it', spcname)
            FROM pg_tablespace WHERE spcname NOT IN ('pg_default', 'pg_global')
            UNION ALL
            SELECT format('the transaction %L is prepared: commit it, or roll it back', gid) FROM pg_prepared_xacts
            """;

    /** In a database whose owner is no superuser nothing may belong to others: it is restored with the owner's rights. */
    static final String FOREIGN = """
            SELECT format('in the database %L something belongs to the role %L: give it to the owner by REASSIGN OWNED',
                          current_database(), r.rolname)
            FROM pg_shdepend s JOIN pg_roles r ON r.oid = s.refobjid
            JOIN pg_database d ON d.datname = current_database() AND s.dbid = d.oid
            WHERE s.deptype = 'o' AND s.refobjid <> d.datdba AND NOT r.rolsuper
              AND r.rolname <> 'pg_database_owner' AND s.refclassid = 'pg_authid'::regclass
              AND NOT EXISTS (SELECT FROM pg_depend p WHERE p.classid = s.classid AND p.objid = s.objid AND p.deptype = 'e')
            GROUP BY r.rolname
            UNION ALL
            SELECT format('in the database %L the extension %L is in the schema %L: move it to public',
                          current_database(), x.extname, n.nspname)
            FROM pg_extension x JOIN pg_namespace n ON n.oid = x.extnamespace JOIN pg_roles r ON r.oid = x.extowner
            WHERE r.rolsuper AND n.nspname NOT IN ('public', 'pg_catalog')
            """;

    static final String STRAY = "SELECT format('the database %L has tables, which no upgrade copies: move them',"
            + " current_database()) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE" + CONTENT
            + " LIMIT 1";

    static final String ROLES = """
            SELECT format('CREATE ROLE %I', rolname) || CASE WHEN rolsuper THEN ' SUPERUSER' ELSE '' END
                || CASE WHEN rolinherit THEN ' INHERIT' ELSE ' NOINHERIT' END
                || CASE WHEN rolcreaterole THEN ' CREATEROLE' ELSE '' END
                || CASE WHEN rolcreatedb THEN ' CREATEDB' ELSE '' END
                || CASE WHEN rolcanlogin THEN ' LOGIN' ELSE '' END
                || CASE WHEN rolreplication THEN ' REPLICATION' ELSE '' END
                || CASE WHEN rolbypassrls THEN ' BYPASSRLS' ELSE '' END
                || format(' CONNECTION LIMIT %s', rolconnlimit)
                || coalesce(' PASSWORD ' || quote_literal(rolpassword), '')
                || coalesce(' VALID UNTIL ' || quote_literal(rolvaliduntil), '')
            FROM pg_authid WHERE rolname !~ '^pg_' AND rolname <> 'postgres'
              AND rolname !~ '^platform (session|ready) ' ORDER BY oid
            """;

    static final String MEMBERS = """
            SELECT format('GRANT %I TO %I', g.rolname, m.rolname)
                || CASE WHEN a.admin_option THEN ' WITH ADMIN OPTION' ELSE '' END
            FROM pg_auth_members a JOIN pg_roles g ON g.oid = a.roleid JOIN pg_roles m ON m.oid = a.member
            WHERE m.rolname !~ '^pg_' AND m.rolname !~ '^platform (session|ready) '
            ORDER BY g.rolname, m.rolname
            """;

    /** With its number, which the entries of other machines' access refer to. */
    static final String CREATE = """
            SELECT format('CREATE DATABASE %I OID %s OWNER %I TEMPLATE template0 ENCODING %L LC_COLLATE %L LC_CTYPE %L',
                datname, d.oid, rolname, pg_encoding_to_char(encoding), datcollate, datctype)
            FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba WHERE datname = ?
            """;

    static final String RIGHTS = """
            SELECT format('REVOKE ALL ON DATABASE %I FROM PUBLIC', datname) AS statement, 1 AS step FROM pg_database
            WHERE datname = ? AND datacl IS NOT NULL
            UNION ALL
            SELECT format('GRANT %s ON DATABASE %I TO ', a.privilege_type, d.datname)
                || CASE WHEN a.grantee = 0 THEN 'PUBLIC' ELSE format('%I', pg_get_userbyid(a.grantee)) END
                || CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END, 2
            FROM pg_database d, aclexplode(d.datacl) a WHERE d.datname = ?
            UNION ALL
            SELECT format('ALTER DATABASE %I CONNECTION LIMIT %s IS_TEMPLATE %s', datname, datconnlimit,
                CASE WHEN datistemplate THEN 'true' ELSE 'false' END), 3
            FROM pg_database WHERE datname = ?
            ORDER BY step
            """;

    /** Each setting, and what has to be said before its name. */
    static final String SETTINGS = """
            SELECT CASE WHEN s.setrole = 0 THEN format('ALTER DATABASE %I', d.datname)
                        WHEN s.setdatabase = 0 THEN format('ALTER ROLE %I', r.rolname)
                        ELSE format('ALTER ROLE %I IN DATABASE %I', r.rolname, d.datname) END AS whose,
                   split_part(c, '=', 1) AS name, substr(c, strpos(c, '=') + 1) AS value
            FROM pg_db_role_setting s CROSS JOIN unnest(s.setconfig) c
            LEFT JOIN pg_database d ON d.oid = s.setdatabase LEFT JOIN pg_roles r ON r.oid = s.setrole
            WHERE coalesce(r.rolname, '') !~ '^platform (session|ready) '
            ORDER BY 1, 2
            """;

    /** The extensions that only a superuser could make. */
    static final String EXTENSIONS = """
            SELECT x.extname, format('CREATE EXTENSION %I SCHEMA %I', x.extname, n.nspname)
            FROM pg_extension x JOIN pg_roles r ON r.oid = x.extowner JOIN pg_namespace n ON n.oid = x.extnamespace
            WHERE x.extname <> 'plpgsql' AND r.rolsuper ORDER BY x.oid
            """;

    static final String HAS_PUBLIC = "SELECT 1 FROM pg_namespace WHERE nspname = 'public'";

    /** The tables and sequences to look into, and how. */
    static final String COUNTS = "SELECT format('%I.%I', n.nspname, c.relname) AS name, CASE WHEN c.relkind = 'S'"
            + " THEN format('SELECT last_value || '' '' || is_called FROM %I.%I', n.nspname, c.relname)"
            + " ELSE format('SELECT count(*) || '' rows'' FROM ONLY %I.%I', n.nspname, c.relname) END AS query"
            + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'm', 'S') AND"
            + CONTENT + " AND (c.relkind <> 'm' OR c.relispopulated)" + member("pg_class", "c.oid");

    /** All that a database has, a line each. */
    static final String INVENTORY = "SELECT format('schema %s of %s', n.nspname, pg_get_userbyid(n.nspowner))"
            + " FROM pg_namespace n WHERE" + CONTENT + member("pg_namespace", "n.oid")
            + " UNION ALL SELECT format('relation %s.%s %s of %s', n.nspname, c.relname, c.relkind,"
            + " pg_get_userbyid(c.relowner)) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE"
            + CONTENT + " AND c.relkind <> 't'" + member("pg_class", "c.oid")
            + " UNION ALL SELECT format('column %s.%s.%s %s %s', n.nspname, c.relname, a.attname,"
            + " format_type(a.atttypid, a.atttypmod), a.attnotnull) FROM pg_attribute a JOIN pg_class c ON c.oid ="
            + " a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE a.attnum > 0 AND NOT a.attisdropped"
            + " AND c.relkind <> 'i' AND" + CONTENT + member("pg_class", "c.oid")
            // Newer versions have those of NOT NULL, too, which are told with the columns.
            + " UNION ALL SELECT format('constraint %s.%s on %s %s', n.nspname, o.conname, o.conrelid::regclass,"
            + " o.contype) FROM pg_constraint o JOIN pg_namespace n ON n.oid = o.connamespace WHERE o.contype <> 'n'"
            + " AND" + CONTENT + member("pg_constraint", "o.oid")
            + " UNION ALL SELECT format('function %s.%s(%s) of %s %s', n.nspname, p.proname,"
            + " pg_get_function_identity_arguments(p.oid), pg_get_userbyid(p.proowner), md5(p.prosrc)) FROM pg_proc p"
            + " JOIN pg_namespace n ON n.oid = p.pronamespace WHERE" + CONTENT + member("pg_proc", "p.oid")
            + " UNION ALL SELECT format('trigger %s on %s', t.tgname, t.tgrelid::regclass) FROM pg_trigger t WHERE NOT"
            + " t.tgisinternal UNION ALL SELECT format('policy %s on %s', polname, polrelid::regclass) FROM pg_policy"
            + " UNION ALL SELECT format('rule %s on %s', r.rulename, r.ev_class::regclass) FROM pg_rewrite r JOIN"
            + " pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace WHERE" + CONTENT
            + member("pg_class", "c.oid")
            + " UNION ALL SELECT format('type %s.%s %s', n.nspname, t.typname, t.typtype) FROM pg_type t JOIN pg_namespace"
            + " n ON n.oid = t.typnamespace WHERE t.typtype IN ('d', 'e', 'r') AND" + CONTENT
            + member("pg_type", "t.oid")
            + " UNION ALL SELECT format('value %s of %s', enumlabel, enumtypid::regtype) FROM pg_enum"
            + " UNION ALL SELECT format('operator %s', o.oid::regoperator) FROM pg_operator o JOIN pg_namespace n ON n.oid"
            + " = o.oprnamespace WHERE" + CONTENT + member("pg_operator", "o.oid")
            + " UNION ALL SELECT format('cast %s to %s', castsource::regtype, casttarget::regtype) FROM pg_cast WHERE"
            + " oid >= 16384" + member("pg_cast", "pg_cast.oid")
            + " UNION ALL SELECT format('server %s', srvname) FROM pg_foreign_server"
            + " UNION ALL SELECT format('login of %s to %s', usename, srvname) FROM pg_user_mappings"
            + " UNION ALL SELECT format('publication %s', pubname) FROM pg_publication"
            + " UNION ALL SELECT format('comment %s', description) FROM pg_description WHERE objoid >= 16384 AND classoid"
            + " IN ('pg_class'::regclass, 'pg_proc'::regclass)" + member("pg_class", "objoid")
            + member("pg_proc", "objoid")
            + " UNION ALL SELECT format('extension %s', extname) FROM pg_extension"
            + " UNION ALL SELECT format('%s large objects', count(*)) FROM pg_largeobject_metadata";
}
