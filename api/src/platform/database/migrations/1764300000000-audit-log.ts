import type { MigrationInterface, QueryRunner } from 'typeorm';
import { recorded } from '../../audit/recorded-table.js';
import { RECORDED_TABLES } from './audit-log/recorded-tables.js';

/**
 * The audit log: an entry for each transaction in which staff wrote, and a row for each row that it changed. Both are
 * written by `record_change` alone, which runs in the transaction of the write where that says who acts; see
 * `platform/audit/recording.ts`. Entries are only added; `delete_old_audit_entries` alone deletes them, for retention.
 * The actor is no foreign key: an account that goes changes no entry.
 */
export class AuditLog1764300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(FUNCTIONS);
    await runner.query(APPEND_ONLY);
    for (const table of RECORDED_TABLES) await runner.query(recorded(table));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { table } of RECORDED_TABLES) await runner.query(`DROP TRIGGER ${table}_recorded ON ${table}`);
    await runner.query(/* sql */ `
      DROP FUNCTION delete_old_audit_entries(int, int);
      DROP TABLE audit_change;
      DROP TABLE audit_entry;
      DROP FUNCTION record_change();
      DROP FUNCTION record_request(text, text, text);
      DROP FUNCTION current_audit_entry();
      DROP FUNCTION recorded_value(jsonb);
    `);
  }
}

const TABLES = /* sql */ `
  CREATE TABLE audit_entry (
    id uuid PRIMARY KEY,
    at timestamptz(3) NOT NULL DEFAULT now(),
    actor_kind text NOT NULL CHECK (actor_kind IN ('STAFF', 'SYSTEM')),
    actor_id uuid,
    operation text NOT NULL,
    request_id text NOT NULL,
    CONSTRAINT audit_entry_actor CHECK ((actor_kind = 'STAFF') = (actor_id IS NOT NULL))
  );
  CREATE INDEX audit_entry_time ON audit_entry (at, id);
  CREATE INDEX audit_entry_by_actor ON audit_entry (actor_id, at, id);
  CREATE INDEX audit_entry_by_operation ON audit_entry (operation, at, id);
  CREATE INDEX audit_entry_by_request ON audit_entry (request_id);
  CREATE TABLE audit_change (
    id uuid PRIMARY KEY DEFAULT new_id(),
    entry_id uuid NOT NULL REFERENCES audit_entry (id) ON DELETE CASCADE,
    record text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('CREATED', 'CHANGED', 'DELETED', 'REQUESTED')),
    entity_type text NOT NULL,
    entity_id text,
    changes jsonb NOT NULL
  );
  CREATE INDEX audit_change_of_entry ON audit_change (entry_id);
  CREATE INDEX audit_change_of_entity ON audit_change (entity_type, entity_id, entry_id);
`;

const FUNCTIONS = /* sql */ `
  -- A long value is told by its hash: the log says that it changed, and an earlier text is proved by it.
  CREATE FUNCTION recorded_value(value jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
      WHEN value IS NULL THEN 'null'
      WHEN length(value::text) <= 2000 THEN value
      ELSE jsonb_build_object('sha256', encode(sha256(convert_to(value::text, 'UTF8')), 'hex'), 'length', length(value::text))
    END
  $$;

  -- The entry of this transaction, made by its first change.
  CREATE FUNCTION current_audit_entry() RETURNS uuid LANGUAGE plpgsql AS $$
    DECLARE act jsonb := current_setting('vitrine.recording')::jsonb;
    BEGIN
      INSERT INTO audit_entry (id, actor_kind, actor_id, operation, request_id)
        VALUES ((act ->> 'id')::uuid, act ->> 'actorKind', (act ->> 'actorId')::uuid, act ->> 'operation', act ->> 'requestId')
        ON CONFLICT (id) DO NOTHING;
      RETURN (act ->> 'id')::uuid;
    END
  $$;

  -- Something was asked for that changes no row of its own, such as doing a job again.
  CREATE FUNCTION record_request(record text, entity_type text, entity_id text) RETURNS void LANGUAGE sql AS $$
    INSERT INTO audit_change (entry_id, record, kind, entity_type, entity_id, changes)
    VALUES (current_audit_entry(), record, 'REQUESTED', entity_type, entity_id, '{}')
  $$;

  -- Arguments: type of the entity, column with its id, hidden columns, ignored columns; see recorded-table.ts.
  -- changes: by column [before, after]; [] for a hidden one.
  CREATE FUNCTION record_change() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
      was jsonb := to_jsonb(OLD);
      becomes jsonb := to_jsonb(NEW);
      present jsonb := coalesce(becomes, was);
      type text := TG_ARGV[0];
      hidden text[] := string_to_array(TG_ARGV[2], ' ');
      ignored text[] := string_to_array(TG_ARGV[3], ' ') || TG_ARGV[1]
        || '{id,entity_type,version,created_at,updated_at,updated_by,search_text}';
      found jsonb;
    BEGIN
      -- What plugins and staff note about goods is nobody's; about orders and people it may be somebody's.
      IF type = 'entity_type' THEN
        type := present ->> 'entity_type';
        IF type IN ('Product', 'ProductVariant', 'Category') THEN hidden := '{}'; END IF;
      END IF;
      SELECT jsonb_object_agg(key, CASE WHEN key = ANY (hidden) THEN '[]'
          ELSE jsonb_build_array(recorded_value(was -> key), recorded_value(becomes -> key)) END)
        INTO found FROM jsonb_object_keys(present) AS key
        WHERE coalesce(was -> key, 'null') <> coalesce(becomes -> key, 'null') AND key <> ALL (ignored);
      IF found IS NULL AND TG_OP = 'UPDATE' THEN RETURN NULL; END IF;
      INSERT INTO audit_change (entry_id, record, kind, entity_type, entity_id, changes)
        VALUES (current_audit_entry(), TG_TABLE_NAME,
          CASE TG_OP WHEN 'INSERT' THEN 'CREATED' WHEN 'UPDATE' THEN 'CHANGED' ELSE 'DELETED' END,
          type, present ->> TG_ARGV[1], coalesce(found, '{}'));
      RETURN NULL;
    END
  $$;

  -- The ids of the entries that were deleted, at most so many, the oldest first.
  CREATE FUNCTION delete_old_audit_entries(days int, most int) RETURNS SETOF uuid LANGUAGE sql SET vitrine.retention = 'on' AS $$
    DELETE FROM audit_entry WHERE id IN (
      SELECT id FROM audit_entry WHERE at < now() - make_interval(days => days)
      ORDER BY at, id LIMIT most FOR UPDATE SKIP LOCKED) RETURNING id
  $$;
`;

const APPEND_ONLY = ['audit_entry', 'audit_change']
  .map(
    (table) => /* sql */ `
      CREATE TRIGGER ${table}_unchanged BEFORE UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER ${table}_kept BEFORE DELETE ON ${table} FOR EACH ROW
        WHEN (coalesce(current_setting('vitrine.retention', true), '') <> 'on') EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER ${table}_not_emptied BEFORE TRUNCATE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    `,
  )
  .join('\n');
