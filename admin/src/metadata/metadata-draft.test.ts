import { expect, it } from 'vitest';
import { mergeDraft } from '../ui/forms/drafts/merge-draft';
import { changesOf, metadataSchema, rowsOf } from './metadata-draft';

const stored = {
  metadata: [
    { key: 'erp.id', value: '7' },
    { key: 'note', value: 'old' },
  ],
  publicMetadata: [{ key: 'care', value: 'hand' }],
};
const row = (key: string, isPublic = false, value = 'x') => ({ id: key, key, value, isPublic });

it('sends what was changed, added, removed and made public, and nothing of the rest', () => {
  const rows = rowsOf(stored).map((row) => (row.key === 'note' ? { ...row, isPublic: true } : row));

  expect(changesOf(rowsOf(stored), stored)).toEqual({ set: [], remove: [], setPublic: [], removePublic: [] });
  expect(changesOf([...rows, row('new', false, '')], stored)).toEqual({
    set: [{ key: 'new', value: '' }],
    remove: ['note'],
    setPublic: [{ key: 'note', value: 'old' }],
    removePublic: [],
  });
  expect(changesOf([row('erp.id', false, '8')], stored)).toEqual({
    set: [{ key: 'erp.id', value: '8' }],
    remove: ['note'],
    setPublic: [],
    removePublic: ['care'],
  });
});

it("keeps one's own changes on top of what a colleague saved meanwhile", () => {
  const mine = [...rowsOf(stored).filter(({ key }) => key !== 'note'), row('mine')];
  const theirs = rowsOf({ ...stored, metadata: [...stored.metadata, { key: 'theirs', value: 'x' }] });

  const { merged, clashes } = mergeDraft(mine, rowsOf(stored), theirs);
  expect(merged.map(({ key }) => key)).toEqual(['erp.id', 'theirs', 'care', 'mine']);
  expect(clashes).toEqual([]);
});

it('names the lines whose key cannot be one or is given twice, and takes a key once for each kind of reader', () => {
  const schema = metadataSchema((key) => key);
  const wrong = (rows: object[]) =>
    schema.safeParse({ rows }).error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`);

  expect(wrong([row('a'), row('a', true)])).toBeUndefined();
  expect(wrong([row('a key'), row('b', false, 'x'.repeat(2001))])).toEqual([
    'rows.0.key metadata.keyInvalid',
    'rows.1.value metadata.valueTooLong',
  ]);
  expect(wrong([row('a'), row('a')])).toEqual(['rows.1.key metadata.keyTwice']);
  expect(wrong([row('')])).toEqual(['rows.0.key metadata.keyInvalid']);
});

it('takes lines that are empty for none, whether nobody filled them or somebody emptied them', () => {
  const empty = row(' ', true, '');
  const rows = [row('', false, ''), ...rowsOf(stored).slice(1), empty, empty];

  expect(metadataSchema((key) => key).safeParse({ rows }).success).toBe(true);
  expect(changesOf(rows, stored)).toEqual({ set: [], remove: ['erp.id'], setPublic: [], removePublic: [] });
});
