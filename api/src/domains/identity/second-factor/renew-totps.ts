import type { Database } from '../../../platform/database/database.js';
import type { SealedValues } from '../../store/index.js';
import { placeOf } from './second-factor.service.js';
import * as sql from './second-factor.statements.js';

type Renew = Parameters<SealedValues['onRotation']>[0];

/** Encrypts the secrets of apps with another key, each in a transaction that locks its row. */
export function renewTotps(database: Database, sealedValues: SealedValues): Renew {
  return async (key) => {
    const unreadable: ReturnType<typeof placeOf>[] = [];
    let [renewed, current] = [0, 0];
    for (const { userId } of await database.rows(sql.everyTotp))
      await database.transaction(async (tx) => {
        const row = await tx.row(sql.lockTotp, { userId });
        if (!row) return;
        const place = placeOf(userId);
        const value = row.keyId === key.id ? null : sealedValues.unseal(row, place);
        if (row.keyId === key.id) current += 1;
        else if (value === null) unreadable.push(place);
        else renewed += await tx.count(sql.sealTotp, { userId, ...sealedValues.seal(value, place, key) });
      });
    return { renewed, current, unreadable };
  };
}
