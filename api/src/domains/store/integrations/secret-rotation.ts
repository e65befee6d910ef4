import type { Database } from '../../../platform/database/database.js';
import { statement, t } from '../../../platform/database/database.js';
import { IntegrationEntity } from './integration.entity.js';
import * as sql from './integration.statements.js';
import type { KeyRing, KeySource, SecretKey } from './key-ring.js';
import type { Renewal, SealedValues } from './sealed-values.js';
import type { Place } from './sealing.js';
import { seal, unseal } from './sealing.js';

const oneRotation = statement('store.lock-rotation', {
  row: { pg_advisory_xact_lock: t.nothing },
  sql: `SELECT pg_advisory_xact_lock(hashtextextended('integration_secret rotation', 7242))`,
});

export interface RotationReport extends Renewal {
  readonly keyId: string;
}

interface Deps {
  readonly database: Database;
  readonly keys: KeyRing;
  readonly source: KeySource;
  readonly sealedValues: SealedValues;
}

/**
 * Encrypts every value with the first key of the ring, those of other modules too.
 *
 * Only one rotation runs at a time (an advisory lock, held by a transaction of its own until the end): two that made a
 * new key at once would write the file of keys over each other. Each integration has a transaction that locks its row,
 * so a change by staff waits or comes first. A rotation that was killed leaves some values under the old key and some
 * under the new one; both are in the ring, so all can be read, and the next run encrypts the rest. Values, versions and
 * hints stay, so nothing is announced.
 *
 * @param makesKey whether a new key is put before those of the file first
 * @throws StartProblem when the file of keys cannot be read or written
 */
export async function rotateSecrets(
  { database, keys, source, sealedValues }: Deps,
  { makesKey }: { readonly makesKey: boolean },
): Promise<RotationReport> {
  return database.transaction(async (lock) => {
    await lock.rows(oneRotation);
    if (makesKey) {
      keys.current();
      source.renew();
      keys.forget();
    }
    const key = keys.current();
    const reports: Renewal[] = [];
    for (const { code } of await database.rows(sql.everyIntegration))
      reports.push(await rotateOne({ database, keys }, { code, key }));
    reports.push(...(await sealedValues.renewAll(key)));
    return {
      keyId: key.id,
      renewed: reports.reduce((sum, { renewed }) => sum + renewed, 0),
      current: reports.reduce((sum, { current }) => sum + current, 0),
      unreadable: reports.flatMap(({ unreadable }) => unreadable),
    };
  });
}

async function rotateOne(
  { database, keys }: Pick<Deps, 'database' | 'keys'>,
  { code, key }: { readonly code: string; readonly key: SecretKey },
): Promise<Renewal> {
  return database.transaction(async (tx) => {
    await tx.repository(IntegrationEntity).lock({ code });
    const rows = await tx.rows(sql.secretsOf, { integration: code });
    const old = rows.filter(({ keyId }) => keyId !== key.id);
    const unreadable: Place[] = [];
    for (const row of old) {
      const found = keys.find(row.keyId);
      const value = found && unseal(row, row, found);
      if (value === null) unreadable.push({ integration: code, name: row.name });
      else await tx.count(sql.saveSecret, { ...row, ...seal(value, row, key) });
    }
    return { renewed: old.length - unreadable.length, current: rows.length - old.length, unreadable };
  });
}
