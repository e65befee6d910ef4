import { expect, it } from 'vitest';
import { changesOf, metadataSchema, rowsOf, rowsOnTopOf } from './metadata-draft';

const stored = {
  metadata: [
    { key: 'erp.id', value: '7' },
    { key: 'note', value: 'old' },
  ],
  publicMetadata: [{ key: 'care', value: 'hand' }],
};

it('sends what was changed, added, removed and made public, and nothing of the rest', () => {
  const rows = rowsOf(stored).map((row) => (row.key === 'note' ? { ...row, isPublic: true } : row));

  expect(changesOf(rowsOf(stored), stored)).toEqual({ set: [], remove: [], setPublic: [], removePublic: [] });
  expect(changesOf([...rows, { key: 'new', value: '', isPublic: false }], stored)).toEqual({
    set: [{ key: 'new', value: '' }],
    remove: ['note'],
    setPublic: [{ key: 'note', value: 'old' }],
    removePublic: [],
  });
  expect(changesOf([{ key: 'erp.id', value: '8', isPublic: false }], stored)).toEqual({
    set: [{ key: 'erp.id', value: '8' }],
    remove: ['note'],
    setPublic: [],
    removePublic: ['care'],
  });
});

it("keeps one's own changes on top of what a colleague saved meanwhile", () => {
  const mine = changesOf(
    rowsOf(stored).filter(({ key }) => key !== 'note'),
    stored,
  );
  const theirs = { ...stored, metadata: [...stored.metadata, { key: 'theirs', value: 'x' }] };

  expect(rowsOnTopOf(theirs, mine).map(({ key }) => key)).toEqual(['erp.id', 'theirs', 'care']);
});

it('names the lines whose key cannot be one or is given twice, and takes a key once for each kind of reader', () => {
  const schema = metadataSchema((key) => key);
  const line = (key: string, isPublic = false, value = 'x') => ({ key, value, isPublic });
  const wrong = (rows: object[]) =>
    schema.safeParse({ rows }).error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`);

  expect(wrong([line('a'), line('a', true)])).toBeUndefined();
  expect(wrong([line('a key'), line('b', false, 'x'.repeat(2001))])).toEqual([
    'rows.0.key metadata.keyInvalid',
    'rows.1.value metadata.valueTooLong',
  ]);
  expect(wrong([line('a'), line('a')])).toEqual(['rows.1.key metadata.keyTwice']);
  expect(wrong([line('')])).toEqual(['rows.0.key metadata.keyInvalid']);
});

it('takes lines that are empty for none, whether nobody filled them or somebody emptied them', () => {
  const empty = { key: ' ', value: '', isPublic: true };
  const rows = [{ key: '', value: '', isPublic: false }, ...rowsOf(stored).slice(1), empty, empty];

  expect(metadataSchema((key) => key).safeParse({ rows }).success).toBe(true);
  expect(changesOf(rows, stored)).toEqual({ set: [], remove: ['erp.id'], setPublic: [], removePublic: [] });
});
