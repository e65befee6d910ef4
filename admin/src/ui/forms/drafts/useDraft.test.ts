import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { effectScope, nextTick, ref } from 'vue';
import { useSession } from '../../../app/session';
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

describe('input that was not saved when the page was left', () => {
  const under = () => ({ form: 'product', object: '1' });
  const { user } = useSession();
  beforeEach(() => {
    localStorage.clear();
    user.value = { id: 'ana' } as typeof user.value;
  });
  afterEach(() => (user.value = null));

  async function visit(stored: typeof opened, type?: (form: ReturnType<typeof start>) => void) {
    const scope = effectScope();
    const form = scope.run(() => start(stored))!;
    type?.(form);
    await nextTick();
    return { form, leave: () => scope.stop() };
  }
  const start = (stored: typeof opened) => useDraft(() => stored, under);

  it('is in the form again, and says so', async () => {
    const first = await visit(opened, ({ draft }) => (draft.value!.name = 'Cana mea'));
    first.leave();

    const { form } = await visit(opened);
    expect(form.draft.value).toEqual({ name: 'Cana mea', price: '10' });
    expect(form.dirty.value).toBe(true);
    expect(form.broughtBack.value).not.toBeNull();

    form.reset();
    expect(form.draft.value).toEqual(opened);
    expect((await visit(opened)).form.broughtBack.value).toBeNull();
  });

  it('is held against what it began with when a colleague has saved meanwhile', async () => {
    const first = await visit(opened, ({ draft }) => (draft.value!.name = 'Cana mea'));
    first.leave();

    const { form } = await visit({ name: 'Cana lor', price: '12' });
    expect(form.clashes.value).toEqual([
      { name: 'name', before: 'Cană', mine: 'Cana mea', theirs: 'Cana lor' },
    ]);
    expect(form.draft.value).toEqual({ name: 'Cana mea', price: '12' });
  });

  it.each([
    ['saved', (form: ReturnType<typeof start>) => form.accept({ ...form.draft.value! })],
    ['given up', (form: ReturnType<typeof start>) => form.forget()],
  ])('is gone once it was %s', async (_what, end) => {
    const { form, leave } = await visit(opened, ({ draft }) => (draft.value!.name = 'Cana mea'));
    end(form);
    await nextTick();
    leave();

    expect(localStorage).toHaveLength(0);
  });

  it('does not go into the form of another object that is opened on the same page', async () => {
    const shown = ref({ id: '1', name: 'Cană' });
    const form = useDraft(
      () => shown.value,
      () => ({ form: 'product', object: shown.value.id }),
    );
    form.draft.value!.name = 'Cana mea';

    shown.value = { id: '2', name: 'Vază' };
    expect(form.draft.value).toEqual({ id: '2', name: 'Vază' });
  });
});
