import { Client, fetchExchange } from '@urql/core';
import urql from '@urql/vue';
import { mount } from '@vue/test-utils';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { defineComponent, nextTick, ref } from 'vue';
import { i18n } from '../app/i18n';
import { useForm } from '../ui/forms/useForm';
import { stockCountForm, type Count, type CountedItem } from './stock-count-form';

type Input = Record<string, unknown>;

const itemWith = (onHand: number) =>
  ({
    id: 'v',
    locationId: 'store',
    item: {
      variant: { id: 'v', name: 'Cană' },
      levels: [
        { location: { id: 'depot', name: 'Depozit' }, onHand: 2 },
        { location: { id: 'store', name: 'Magazin' }, onHand },
      ],
    },
  }) as unknown as CountedItem;

/** A stock level of seven, whatever the user counted from. */
function counting(from: number) {
  const inputs: Input[] = [];
  const fetch: typeof globalThis.fetch = async (_url, init) => {
    const { variables } = JSON.parse(String(init?.body)) as { variables: { input: Input } };
    inputs.push(variables.input);
    const stale = { __typename: 'StaleQuantityError', code: 'STALE_QUANTITY', message: 'x', path: null };
    const errors = variables.input['changeFromQuantity'] === 7 ? [] : [{ ...stale, currentQuantity: 7 }];
    const data = { stockSet: { __typename: 'ProductVariantPayload', variant: null, errors } };
    return new Response(JSON.stringify({ data }), { headers: { 'content-type': 'application/json' } });
  };
  const client = new Client({ url: 'http://shop.test/graphql', fetch, exchanges: [fetchExchange] });
  const counted = ref(itemWith(from));
  let editing: ReturnType<typeof useForm<CountedItem, never>> | undefined;
  mount(
    defineComponent({
      setup() {
        editing = useForm(stockCountForm as never, () => counted.value);
        return () => null;
      },
    }),
    { global: { plugins: [i18n, [urql, client]] } },
  );
  if (!editing?.draft.value) throw new Error('not mounted');
  const counts = () => editing?.draft.value?.['counts'] as Count[];
  return { editing, inputs, counted, counts };
}

describe('counting stock', () => {
  beforeEach(() => {
    vi.stubGlobal('useToast', () => ({ add: () => undefined }));
    i18n.global.locale.value = 'en';
  });

  it('is refused when something was sold meanwhile, and the user decides about the number of now', async () => {
    const { editing, inputs, counted, counts } = counting(8);
    counts()[1]!.quantity = 9;

    expect(await editing.submit()).toBe(false);
    expect(editing.problems.value[0]).toContain('it is 7 now');

    counted.value = itemWith(7);
    await nextTick();
    expect(editing.clashes.value).toEqual([
      { name: 'counts.#store.quantity', before: 8, mine: 9, theirs: 7 },
    ]);
    expect(editing.nameOf('counts.#store.quantity')).toBe('Counted quantity, Magazin');
    expect(await editing.submit()).toBe(false);

    editing.decide('counts.#store.quantity', 'mine');
    expect(await editing.submit()).toBe(true);
    expect(inputs).toMatchObject([
      { locationId: 'store', quantity: 9, changeFromQuantity: 8, reason: 'Counted' },
      { locationId: 'store', quantity: 9, changeFromQuantity: 7, reason: 'Counted' },
    ]);
    expect(inputs[0]?.['idempotencyKey']).not.toBe(inputs[1]?.['idempotencyKey']);
  });

  it('sends nothing for a number that is there already, and asks why for another reason', async () => {
    const { editing, inputs, counts } = counting(7);
    expect(await editing.submit()).toBe(false);

    counts()[1]!.quantity = 9;
    editing.draft.value!['reason'] = 'OTHER';
    expect(await editing.submit()).toBe(false);
    expect(inputs).toEqual([]);
  });
});
