import { statement, t, type Tx } from '../../../platform/database/database.js';
import type { LocalizedText } from '../../../kernel/languages.js';

/** An image whose files are in the public storage already. */
export interface SeededMedia {
  readonly id: string;
  readonly storageKey: string;
  readonly filename: string;
  readonly contentType: string;
  readonly size: number;
  readonly sha256: Buffer;
  readonly width: number;
  readonly height: number;
  readonly widths: readonly number[];
  readonly alt: LocalizedText;
}

const insertSeeded = statement('media.seed', {
  params: { seeded: t.json<object[]>() },
  sql: `INSERT INTO media (id, kind, storage_key, filename, content_type, size, sha256, hashed_at, status, width, height, widths, alt)
   SELECT id, 'IMAGE', storage_key, filename, content_type, size, decode(sha256, 'hex'), now(), 'READY', width, height, widths, alt
   FROM jsonb_to_recordset(:seeded::jsonb) AS r(id uuid, storage_key text, filename text, content_type text, size int, sha256 text, width int, height int, widths int[], alt jsonb)
   ON CONFLICT DO NOTHING`,
});
const idsOfKeys = statement('media.ids-of-keys', {
  params: { keys: t.texts },
  row: { id: t.uuid, storageKey: t.text },
  sql: 'SELECT id, storage_key AS "storageKey" FROM media WHERE storage_key = ANY(:keys)',
});

/** Adds images that are not there; returns the ids of all by their keys. Demo data only. */
export async function seedMedia(
  tx: Tx,
  images: readonly SeededMedia[],
): Promise<ReadonlyMap<string, string>> {
  const rows = images.map(({ storageKey, contentType, sha256, ...rest }) => ({
    ...rest,
    ...{ storage_key: storageKey, content_type: contentType, sha256: sha256.toString('hex') },
  }));
  await tx.count(insertSeeded, { seeded: rows });
  const keys = images.map(({ storageKey }) => storageKey);
  return new Map((await tx.rows(idsOfKeys, { keys })).map(({ id, storageKey }) => [storageKey, id]));
}
