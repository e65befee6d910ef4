import { nextTick, ref } from 'vue';
import { describe, expect, it } from 'vitest';
import { useSelection } from './useSelection';

function rowsOf(...ids: string[]) {
  const rows = ref(ids.map((id) => ({ id })));
  const address = ref('/products');
  return { rows, address, selection: useSelection(rows, () => address.value) };
}
const chosen = ({ ids }: ReturnType<typeof useSelection>): string[] => [...ids.value].toSorted();

describe('chosen rows of a list', () => {
  it('are chosen one by one, and from one to another with Shift', () => {
    const { selection } = rowsOf('a', 'b', 'c', 'd', 'e');

    selection.toggle('b');
    selection.toggle('d', true);
    expect(chosen(selection)).toEqual(['b', 'c', 'd']);
    selection.toggle('c');
    expect(chosen(selection)).toEqual(['b', 'd']);
    selection.toggle('a', true);
    expect(chosen(selection)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('are those of the page by one press, and all that match by a second; giving up one leaves the page', () => {
    const { selection } = rowsOf('a', 'b', 'c');

    selection.togglePage();
    expect([selection.isPage.value, selection.isAll.value]).toEqual([true, false]);
    selection.chooseAll();
    expect(selection.has('of another page')).toBe(true);
    selection.toggle('b');
    expect(selection.isAll.value).toBe(false);
    expect(chosen(selection)).toEqual(['a', 'c']);
    selection.togglePage();
    selection.togglePage();
    expect(selection.isAny.value).toBe(false);
  });

  it('are none once the list shows something else: nothing out of sight is ever changed', async () => {
    const { selection, address } = rowsOf('a', 'b');
    selection.togglePage();
    selection.chooseAll();

    address.value = '/products?status=DRAFT';
    await nextTick();

    expect(selection.isAny.value).toBe(false);
  });

  it('lose a row that is gone', async () => {
    const { selection, rows } = rowsOf('a', 'b');
    selection.togglePage();

    rows.value = [{ id: 'b' }, { id: 'c' }];
    await nextTick();

    expect(chosen(selection)).toEqual(['b']);
  });
});
