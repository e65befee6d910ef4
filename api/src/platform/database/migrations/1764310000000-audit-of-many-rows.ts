import type { MigrationInterface, QueryRunner } from 'typeorm';
import { recorded } from '../../audit/recorded-table.js';

/**
 * The audit log knows which row each change is of, so that what is a part of something else, such as a variant or a
 * return, has a history of its own; changes of before are found by what they are a part of. A long job keeps under
 * what it was started, so that its steps add to that entry.
 */
export class AuditOfManyRows1764310000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(/* sql */ `
      ALTER TABLE audit_change ADD COLUMN record_id text;
      CREATE INDEX audit_change_of_record ON audit_change (record_id, entry_id) WHERE record_id IS NOT NULL;
      ${functions('record')}
      ALTER TABLE long_job ADD COLUMN recording jsonb;
    `);
    await recordJobs(runner, ['recording']);
  }

  async down(runner: QueryRunner): Promise<void> {
    await recordJobs(runner, []);
    await runner.query(/* sql */ `
      ALTER TABLE long_job DROP COLUMN recording;
      ${functions('')}
      ALTER TABLE audit_change DROP COLUMN record_id;
    `);
  }
}

async function recordJobs(runner: QueryRunner, more: readonly string[]): Promise<void> {
  await runner.query('DROP TRIGGER long_job_recorded ON long_job');
  await runner.query(
    recorded({
      ...{ table: 'long_job', entity: 'Job', by: 'id', on: 'INSERT OR UPDATE OF cancelled_by' },
      hidden: ['title', 'input', 'cursor', 'failure', 'result_name'],
      ignored: ['request_id', 'run_token', 'heartbeat_at', 'parts', 'attempts', 'done', ...more],
    }),
  );
}

/** Both functions that write changes, with the row's id or as they were before. */
const functions = (withId: 'record' | ''): string => /* sql */ `
  -- Something was asked for that changes no row of its own, such as doing a job again.
  CREATE OR REPLACE FUNCTION record_request(record text, entity_type text, entity_id text) RETURNS void LANGUAGE sql AS $$
    INSERT INTO audit_change (entry_id, record, kind, entity_type, entity_id, changes${withId && ', record_id'})
    VALUES (current_audit_entry(), record, 'REQUESTED', entity_type, entity_id, '{}'${withId && ', entity_id'})
  $$;

  -- Arguments: type of the entity, column with its id, hidden columns, ignored columns; see recorded-table.ts.
  -- changes: by column [before, after]; [] for a hidden one.
  CREATE OR REPLACE FUNCTION record_change() RETURNS trigger LANGUAGE plpgsql AS $$
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
      INSERT INTO audit_change (entry_id, record, kind, entity_type, entity_id, changes${withId && ', record_id'})
        VALUES (current_audit_entry(), TG_TABLE_NAME,
          CASE TG_OP WHEN 'INSERT' THEN 'CREATED' WHEN 'UPDATE' THEN 'CHANGED' ELSE 'DELETED' END,
          type, present ->> TG_ARGV[1], coalesce(found, '{}')${withId && ", present ->> 'id'"});
      RETURN NULL;
    END
  $$;
`;
