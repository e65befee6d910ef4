import { beforeEach, describe, expect, it, vi } from 'vitest';
import { effectScope, nextTick, ref } from 'vue';
import type { ListColumn } from '../list';
import { useColumns } from './useColumns';

const COLUMNS: ListColumn[] = [
  { key: 'number', label: 'Number', required: true },
  { key: 'town', label: 'Town', wideOnly: true },
  { key: 'total', label: 'Total' },
];

function inWindow(isWide: boolean, named?: string[]) {
  const address = ref(named);
  vi.stubGlobal('matchMedia', () => ({
    matches: isWide,
    addEventListener: vi.fn(),
    removeEventListener: vi.fn(),
  }));
  const columns = effectScope().run(() =>
    useColumns('orders', () => COLUMNS, {
      named: () => address.value,
      name: (keys) => (address.value = keys),
    }),
  );
  if (!columns) throw new Error('The scope did not run');
  return columns;
}
const keys = (columns: ReturnType<typeof inWindow>): string[] => columns.shown.value.map(({ key }) => key);

describe('the columns of a list', () => {
  beforeEach(() => localStorage.clear());

  it('offer as shown only what is shown: the town waits for a wide window', () => {
    const small = inWindow(false);
    expect(keys(small)).toEqual(['number', 'total']);
    expect(small.isShown('town')).toBe(false);
    expect(keys(inWindow(true))).toEqual(['number', 'town', 'total']);
  });

  it('show the town on a small laptop to whoever asks for it, also tomorrow', async () => {
    const small = inWindow(false);
    small.toggle('town');
    small.toggle('total');
    await nextTick();
    expect(keys(small)).toEqual(['number', 'town']);
    expect(keys(inWindow(false))).toEqual(['number', 'town']);
  });

  it('keep what was hidden before there were choices of this kind, and survive nonsense', () => {
    localStorage.setItem('vitrine-admin-columns-orders', '["total"]');
    expect(keys(inWindow(true))).toEqual(['number', 'town']);
    localStorage.setItem('vitrine-admin-columns-orders', '{"total":7');
    expect(keys(inWindow(true))).toEqual(['number', 'town', 'total']);
  });

  it('of an address that names them are shown, whatever was chosen before, which stays for other addresses', async () => {
    const own = inWindow(true);
    own.toggle('total');
    await nextTick();

    const opened = inWindow(false, ['number', 'town']);
    expect(keys(opened)).toEqual(['number', 'town']);
    opened.toggle('total');
    opened.toggle('town');
    expect(keys(opened)).toEqual(['number', 'total']);
    expect(keys(inWindow(true))).toEqual(['number', 'town']);
  });
});
