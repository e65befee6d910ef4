import { z } from 'zod';

export interface MetadataEntry {
  readonly key: string;
  readonly value: string;
}

/** The metadata of one entity as it is stored. */
export interface StoredMetadata {
  readonly metadata: readonly MetadataEntry[];
  readonly publicMetadata: readonly MetadataEntry[];
}

/** One line of the form. */
export interface MetadataRow {
  /** Of a stored line: its kind of reader and its key. */
  id: string;
  key: string;
  value: string;
  /** Whether buyers may read it. */
  isPublic: boolean;
}

/** What the API is asked to write and to remove; the same key may stand in both kinds. */
export interface MetadataChanges {
  readonly set: MetadataEntry[];
  readonly remove: string[];
  readonly setPublic: MetadataEntry[];
  readonly removePublic: string[];
}

/** As the API allows them. */
const KEY = /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$/;
/** A line that nobody has filled, or that somebody has emptied. */
const isEmpty = ({ key, value }: MetadataEntry): boolean => key.trim() === '' && value.trim() === '';
const MOST_VALUE_CHARACTERS = 2000;

export function rowsOf({ metadata, publicMetadata }: StoredMetadata): MetadataRow[] {
  return [
    ...metadata.map(({ key, value }) => ({ id: `staff ${key}`, key, value, isPublic: false })),
    ...publicMetadata.map(({ key, value }) => ({ id: `all ${key}`, key, value, isPublic: true })),
  ];
}

/** The differences between what was stored when the form was opened and its lines; those that are empty are none. */
export function changesOf(rows: readonly MetadataRow[], stored: StoredMetadata): MetadataChanges {
  const filled = rows.filter((row) => !isEmpty(row));
  const [forStaff, forAll] = [false, true].map((isPublic) =>
    filled.filter((row) => row.isPublic === isPublic),
  );
  const own = difference(forStaff ?? [], stored.metadata);
  const shared = difference(forAll ?? [], stored.publicMetadata);
  return { set: own.set, remove: own.remove, setPublic: shared.set, removePublic: shared.remove };
}

function difference(
  rows: readonly MetadataEntry[],
  stored: readonly MetadataEntry[],
): { set: MetadataEntry[]; remove: string[] } {
  const before = new Map(stored.map(({ key, value }) => [key, value]));
  const kept = new Set(rows.map(({ key }) => key));
  return {
    set: rows.filter(({ key, value }) => before.get(key) !== value).map(({ key, value }) => ({ key, value })),
    remove: [...before.keys()].filter((key) => !kept.has(key)),
  };
}

/** Checks the lines as the API does. */
export function metadataSchema(t: (key: string) => string) {
  const row = z
    .object({
      id: z.string(),
      key: z.string().trim(),
      value: z
        .string()
        .refine((value) => [...value].length <= MOST_VALUE_CHARACTERS, t('metadata.valueTooLong')),
      isPublic: z.boolean(),
    })
    .refine((entry) => isEmpty(entry) || KEY.test(entry.key), {
      path: ['key'],
      message: t('metadata.keyInvalid'),
      // The key is looked at even where the value is too long.
      when: () => true,
    });
  return z.object({
    rows: z.array(row).superRefine((rows, check) =>
      rows.forEach(({ key, isPublic }, at) => {
        const first = rows.findIndex((other) => other.key === key && other.isPublic === isPublic);
        if (first < at && key !== '')
          check.addIssue({ code: 'custom', path: [at, 'key'], message: t('metadata.keyTwice') });
      }),
    ),
  });
}
