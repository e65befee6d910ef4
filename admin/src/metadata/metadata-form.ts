import { newKey } from '@vitrine/client/intent-key';
import { onVersion } from '../app/seen-version';
import { MetadataUpdateDocument } from '../generated/metadata/graphql';
import { defineForm } from '../ui/forms/define-form';
import { changesOf, metadataSchema, rowsOf } from './metadata-draft';
import type { MetadataRow, StoredMetadata } from './metadata-draft';

/** The metadata of one entity, by its id, with the version of it. */
export interface MetadataOf extends StoredMetadata {
  readonly id: string;
  readonly version: number | null;
}

const emptyRow = (): MetadataRow => ({ id: newKey(), key: '', value: '', isPublic: false });
/** A form without any line begins with one to fill in; it is the same one each time, so that it is no change. */
const FIRST_ROW: MetadataRow = { ...emptyRow(), id: 'first' };

/** Keys and values that no field of its own stands for. They may be about a buyer. */
export const metadataForm = defineForm<MetadataOf, { rows: MetadataRow[] }>({
  name: 'metadata',
  isPersonal: true,
  isWide: true,
  titleOf: (_entity, { t }) => t('metadata.title'),
  hint: 'metadata.hint',
  schema: ({ t }) => metadataSchema(t),
  toFields: (stored) => {
    const rows = stored ? rowsOf(stored) : [];
    return { rows: rows.length > 0 ? rows : [FIRST_ROW] };
  },
  fields: {
    rows: {
      label: 'metadata.title',
      kind: 'rows',
      newRow: () => ({ ...emptyRow() }),
      addLabel: 'metadata.add',
      rowName: (_stored, id) => id.split(' ').at(-1),
      parts: {
        key: { label: 'metadata.key', kind: 'code' },
        value: { label: 'metadata.value', kind: 'long-text' },
        isPublic: { label: 'metadata.isPublic', kind: 'switch' },
      },
    },
  },
  update: (client, stored, { rows }) =>
    onVersion(stored.version, async (expectedVersion) => {
      const input = { nodeId: stored.id, expectedVersion, ...changesOf(rows, stored) };
      const result = await client.mutation(MetadataUpdateDocument, { input });
      return { result, userErrors: result.data?.metadataUpdate.errors };
    }),
});
