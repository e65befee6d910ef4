import { Client, fetchExchange } from '@urql/core';
import urql from '@urql/vue';
import { mount } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defineComponent, nextTick, ref } from 'vue';
import { z } from 'zod';
import { i18n } from '../../app/i18n';
import { useSession } from '../../app/session';
import type { UserError } from '../../app/user-errors';
import { defineForm } from './define-form';
import { money, requiredText } from './fields/codecs';
import { translations } from './fields/translations';
import { useForm } from './useForm';
import type { LanguageCode } from '../../generated/shell/graphql';

interface Wrap {
  readonly id: string;
  readonly version: number;
  readonly price: number;
  readonly translations: { locale: LanguageCode; name: string }[];
}
type Values = Omit<Wrap, 'id' | 'version'>;

const stored: Wrap = { id: 'w1', version: 1, price: 1500, translations: [{ locale: 'RO', name: 'Mătase' }] };

/** A form of one wrap, with the errors that the API returns one save after the other. `isRead` reads it before. */
function opened(answers: UserError[][], { isRead = true, now = stored } = {}) {
  const sent: { values: Values; key: string; version: number }[] = [];
  const form = defineForm<Wrap, Values>({
    name: 'wrap',
    titleOf: ({ id }) => id,
    schema: (tools) =>
      z.object({ price: money(tools), translations: translations(tools, { name: requiredText('missing') }) }),
    toFields: (wrap) => ({ price: wrap?.price ?? null, translations: wrap?.translations ?? [] }),
    fields: {
      price: { label: 'product.priceAlone', kind: 'money' },
      translations: {
        label: 'products.name',
        kind: 'translations',
        parts: { name: { label: 'products.name', kind: 'text' } },
      },
    },
    update: async (_client, { version }, values, key) => {
      sent.push({ values, key, version });
      return { result: {}, userErrors: answers[sent.length - 1] ?? [] };
    },
  });
  const wrap = ref<Wrap>(now);
  const reload = vi.fn(async () => undefined);
  const { editing, leave } = mounted(() => useForm(form, () => wrap.value, isRead ? reload : undefined));
  if (!editing.draft.value) throw new Error('not mounted');
  const fields = editing.draft.value as { price: string };
  return { editing, fields, sent, wrap, reload, leave };
}

interface Basket {
  readonly id: string;
  readonly version: number;
  readonly rows: { id: string; quantity: number }[];
}
type BasketValues = Pick<Basket, 'rows'> & { total: number | null };
const mug = (quantity: number) => ({ id: 'mug', quantity });
const vase = { id: 'vase', quantity: 1 };

/** A form about money, whose total the API says before it is sent. */
function openedRows(basket: Basket, total: number) {
  const at = { answer: [] as UserError[] };
  const sent: { values: BasketValues; key: string; version: number }[] = [];
  const form = defineForm<Basket, BasketValues, number>({
    name: 'basket',
    isPersonal: true,
    titleOf: ({ id }) => id,
    schema: () =>
      z.object({
        rows: z.array(z.object({ id: z.string(), quantity: z.int() })),
        total: z.int().nullable(),
      }),
    toFields: (stored) => ({ rows: stored?.rows ?? [], total: null }),
    fields: { rows: { label: 'order.lines', kind: 'rows' }, total: { label: 'orders.total', kind: 'own' } },
    agree: (values, shown) => ({ ...values, total: shown }),
    forbids: ({ preview, tools: { can } }) =>
      preview !== null && preview < 0 && !can('ORDER_REFUND') ? 'errors.REFUND_NOT_ALLOWED' : undefined,
    preview: ({ rows }) => ({ about: rows, load: async () => ({ result: {}, preview: total }) }),
    update: async (_client, { version }, values, key) => {
      sent.push({ values, key, version });
      return { result: {}, userErrors: at.answer };
    },
  });
  const { editing, leave } = mounted(() => useForm(form, () => basket));
  const rows = () => editing.draft.value?.['rows'] as Basket['rows'];
  return Object.assign(at, { editing, rows, sent, leave });
}

function mounted<Editing>(use: () => Editing): { editing: Editing; leave: () => void } {
  let editing: Editing | undefined;
  const Page = defineComponent(() => {
    editing = use();
    return () => null;
  });
  const client = new Client({ url: 'http://shop.test/graphql', exchanges: [fetchExchange] });
  const page = mount(Page, { global: { plugins: [i18n, [urql, client]] } });
  if (!editing) throw new Error('not mounted');
  return { editing, leave: () => page.unmount() };
}

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  vi.stubGlobal('useToast', () => ({ add: () => undefined }));
  i18n.global.locale.value = 'en';
  const { user } = useSession();
  user.value = null;
});

describe('a form that is sent', () => {
  it('hands the API its own values, and shows the price as it will come back', async () => {
    const { editing, fields, sent, reload } = opened([]);
    fields.price = '18.5';

    expect(await editing.submit()).toBe(true);
    expect(sent[0]?.values).toEqual({ price: 1850, translations: [{ locale: 'RO', name: 'Mătase' }] });
    expect(editing.draft.value?.['price']).toBe('18.50');
    expect(editing.dirty.value).toBe(false);
    expect(reload).toHaveBeenCalledTimes(2);
  });

  it('shows each error at its field, also of a language, and the others above', async () => {
    const { editing, fields } = opened([
      [
        { code: 'INVALID_INPUT', path: ['input', 'translations', '0', 'name'] },
        { code: 'INVALID_INPUT', path: ['input', 'price'] },
        { code: 'FORBIDDEN' },
      ],
    ]);
    fields.price = '18';

    expect(await editing.submit()).toBe(false);
    expect(editing.fieldErrors.value.map(({ name }) => name)).toEqual(['translations.RO.name', 'price']);
    expect(editing.problems.value).toHaveLength(1);
  });

  it('keeps what was typed and one key until the network is there again', async () => {
    const { editing, fields, sent } = opened([[{ code: 'NETWORK' }], []]);
    fields.price = '18';

    expect(await editing.submit()).toBe(false);
    expect(editing.dirty.value).toBe(true);
    expect(await editing.submit()).toBe(true);
    expect(sent[1]?.key).toBe(sent[0]?.key);
  });

  it('waits for the user where a colleague has changed the same field meanwhile', async () => {
    const { editing, fields, sent, wrap, reload } = opened([]);
    fields.price = '18';
    reload.mockImplementationOnce(async () => {
      wrap.value = { ...stored, price: 2000 };
      await nextTick();
    });

    expect(await editing.submit()).toBe(false);
    expect(sent).toEqual([]);
    expect(editing.clashes.value).toEqual([{ name: 'price', before: '15.00', mine: '18', theirs: '20.00' }]);
    expect(editing.nameOf('price')).toBe('Price');
    expect(editing.nameOf('translations.EN.name')).toBe('Name, English');

    editing.decide('price', 'mine');
    expect(await editing.submit()).toBe(true);
    expect(sent[0]?.values.price).toBe(1800);
  });
});

describe('a form whose preview says what the user may not do', () => {
  afterEach(() => void (useSession().user.value = null));

  it('says why, and sends nothing; somebody who may do it sends it', async () => {
    const signIn = (permissions: string[]) => {
      useSession().user.value = { id: 'ana', permissions } as never;
    };
    signIn(['ORDER_WRITE']);
    const { editing, rows, sent } = openedRows({ id: 'o1', version: 1, rows: [mug(2)] }, -100);
    rows()[0]!.quantity = 1;
    await vi.waitFor(() => expect(editing.preview.value).toBe(-100));

    expect(editing.problems.value).toEqual([i18n.global.t('errors.REFUND_NOT_ALLOWED')]);
    expect(editing.isUnforeseen.value).toBe(true);
    expect(await editing.submit()).toBe(false);
    expect(sent).toEqual([]);

    signIn(['ORDER_WRITE', 'ORDER_REFUND']);
    expect(editing.problems.value).toEqual([]);
    expect(await editing.submit()).toBe(true);
    expect(sent).toHaveLength(1);
  });
});

describe('a request whose answer was lost', () => {
  beforeEach(() => {
    const { user } = useSession();
    user.value = { id: 'ana' } as typeof user.value;
  });
  afterEach(() => void (useSession().user.value = null));

  it.each(['NETWORK', 'INTERNAL'])(
    'is the same after a reload, also where it had its effect: %s',
    async (code) => {
      const before = opened([[{ code }]], { isRead: false });
      before.fields.price = '18';
      await before.editing.submit();
      before.leave();

      const after = opened([[]], { isRead: false, now: { ...stored, version: 2, price: 1800 } });
      expect(await after.editing.submit()).toBe(true);
      expect(after.sent).toEqual(before.sent);
      expect(localStorage).toHaveLength(0);
    },
  );

  it('is not repeated under another key with other values, until the form is begun anew', async () => {
    const reused = [{ code: 'IDEMPOTENCY_KEY_REUSED' }];
    const { editing, fields, sent } = opened([[{ code: 'NETWORK' }], reused, reused, []], { isRead: false });
    fields.price = '18';
    await editing.submit();
    fields.price = '19';
    await editing.submit();
    await editing.submit();
    expect(new Set(sent.map(({ key }) => key)).size).toBe(1);

    editing.discard();
    expect(await editing.submit()).toBe(true);
    expect(sent[3]?.key).not.toBe(sent[0]?.key);
  });

  it('is sent as it was, with the total that was shown, although the entity is another by now', async () => {
    const before = openedRows({ id: 'o1', version: 1, rows: [mug(2), vase] }, 100);
    before.rows()[0]!.quantity = 1;
    before.rows().splice(1, 1, { ...vase, quantity: 0 });
    await vi.waitFor(() => expect(before.editing.preview.value).toBe(100));
    before.answer = [{ code: 'NETWORK' }];
    await before.editing.submit();
    before.leave();

    // It had its effect, and a colleague changed the mug once more: a total of today would be another one.
    const after = openedRows({ id: 'o1', version: 3, rows: [mug(1)] }, 999);
    expect(after.editing.isAgain.value).toBe(true);
    expect(after.editing.preview.value).toBe(100);
    expect(after.editing.isUnforeseen.value).toBe(false);
    expect(await after.editing.submit()).toBe(true);
    expect(after.sent).toEqual(before.sent);
    expect(after.sent[0]).toMatchObject({ version: 1, values: { total: 100 } });
    expect(sessionStorage).toHaveLength(0);
  });

  it('is another one once something else is in the fields: its total is asked for first', async () => {
    const before = openedRows({ id: 'o1', version: 1, rows: [mug(2)] }, 100);
    before.rows()[0]!.quantity = 1;
    await vi.waitFor(() => expect(before.editing.preview.value).toBe(100));
    before.answer = [{ code: 'NETWORK' }];
    await before.editing.submit();
    before.leave();

    const after = openedRows({ id: 'o1', version: 1, rows: [mug(2)] }, 300);
    after.rows()[0]!.quantity = 3;
    expect(after.editing.isUnforeseen.value).toBe(true);
    expect(await after.editing.submit()).toBe(false);
    await vi.waitFor(() => expect(after.editing.preview.value).toBe(300));
    expect(await after.editing.submit()).toBe(true);
    expect(after.sent).toMatchObject([{ version: 1, values: { total: 300 }, key: before.sent[0]?.key }]);
  });

  it('is done where what was sent is stored by now: something else is another request', async () => {
    const before = opened([[{ code: 'NETWORK' }]], { isRead: false });
    before.fields.price = '18';
    await before.editing.submit();
    before.leave();

    const after = opened([[]], { isRead: false, now: { ...stored, version: 2, price: 1800 } });
    expect(after.editing.dirty.value).toBe(true);
    expect(after.editing.unanswered.value).not.toBeNull();
    after.fields.price = '19';
    expect(after.editing.unanswered.value).toBeNull();
    expect(await after.editing.submit()).toBe(true);
    expect(after.sent[0]).toMatchObject({ version: 2, values: { price: 1900 } });
    expect(after.sent[0]?.key).not.toBe(before.sent[0]?.key);
  });

  it('is over once the API has answered: what is sent next is another one', async () => {
    const { editing, fields, sent } = opened([[{ code: 'SLUG_TAKEN' }], []], { isRead: false });
    fields.price = '18';
    await editing.submit();
    await editing.submit();
    expect(sent[1]?.key).not.toBe(sent[0]?.key);
  });
});
