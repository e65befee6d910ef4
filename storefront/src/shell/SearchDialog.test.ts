import { expect, it } from 'vitest';
import { nextTick } from 'vue';
import { showInShop } from '../app/testing';
import SearchDialog from './SearchDialog.vue';

it('hangs from the top of the screen, so that its field stays where it is while results come and go', async () => {
  const { element } = showInShop(SearchDialog, { open: true });
  await nextTick();
  const dialog = element.querySelector('dialog');

  // A margin of its own above and a free one below; the same free margin on both sides would center it.
  expect([...(dialog?.classList ?? [])]).toEqual(
    expect.arrayContaining(['mb-auto', 'mt-[max(0.75rem,6dvh)]']),
  );
  expect(dialog?.classList.contains('m-auto')).toBe(false);
});
