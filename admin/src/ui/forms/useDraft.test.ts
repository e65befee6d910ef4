import { describe, expect, it } from 'vitest';
import { ref } from 'vue';
import { useDraft } from './useDraft';

const opened = { name: 'Cană', price: '10' };

describe('a form that two people have open', () => {
  it('lets nobody overwrite the other unseen: the field that both changed waits for a decision', () => {
    const server = ref({ ...opened });
    const form = useDraft(() => server.value);
    form.draft.value!.name = 'Cana mea';

    server.value = { name: 'Cana lor', price: '12' };

    expect(form.clashes.value).toEqual([
      { name: 'name', before: 'Cană', mine: 'Cana mea', theirs: 'Cana lor' },
    ]);
    expect(form.draft.value).toEqual({ name: 'Cana mea', price: '12' });

    form.decide('name', 'theirs');
    expect(form.clashes.value).toEqual([]);
    expect(form.draft.value).toEqual({ name: 'Cana lor', price: '12' });
    expect(form.dirty.value).toBe(false);
  });

  it('keeps mine when I say so, as a change still to be saved', () => {
    const server = ref({ ...opened });
    const form = useDraft(() => server.value);
    form.draft.value!.name = 'Cana mea';
    server.value = { ...opened, name: 'Cana lor' };

    form.decide('name', 'mine');

    expect(form.draft.value?.name).toBe('Cana mea');
    expect(form.dirty.value).toBe(true);
    expect(form.clashes.value).toEqual([]);
  });

  it('does not ask again for what was decided, nor when my own save comes back', () => {
    const server = ref({ ...opened });
    const form = useDraft(() => server.value);
    form.draft.value!.name = 'Cana mea';
    form.accept({ ...form.draft.value! });
    server.value = { ...opened, name: 'Cana mea' };

    expect(form.clashes.value).toEqual([]);
    expect(form.dirty.value).toBe(false);
  });
});
