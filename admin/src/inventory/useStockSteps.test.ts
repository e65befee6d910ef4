import { Client, fetchExchange } from '@urql/core';
import urql from '@urql/vue';
import { mount } from '@vue/test-utils';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { defineComponent } from 'vue';
import { i18n } from '../app/i18n';
import { useStockSteps } from './useStockSteps';

const toasts: string[] = [];
vi.stubGlobal('useToast', () => ({ add: ({ title }: { title: string }) => toasts.push(title) }));

type Input = Record<string, unknown>;

/** A stock level of seven, whatever the user counted from. */
function stockLevel() {
  const inputs: Input[] = [];
  const fetch: typeof globalThis.fetch = async (_url, init) => {
    const { variables } = JSON.parse(String(init?.body)) as { variables: { input: Input } };
    inputs.push(variables.input);
    const isStale = variables.input['changeFromQuantity'] !== 7;
    const errors = isStale
      ? [
          {
            __typename: 'StaleQuantityError',
            code: 'STALE_QUANTITY',
            message: 'x',
            path: null,
            currentQuantity: 7,
          },
        ]
      : [];
    const data = { stockSet: { __typename: 'ProductVariantPayload', variant: null, errors } };
    return new Response(JSON.stringify({ data }), { headers: { 'content-type': 'application/json' } });
  };
  const client = new Client({ url: 'http://shop.test/graphql', fetch, exchanges: [fetchExchange] });
  let steps: ReturnType<typeof useStockSteps> | undefined;
  mount(
    defineComponent({
      setup() {
        steps = useStockSteps();
        return () => null;
      },
    }),
    { global: { plugins: [i18n, [urql, client]] } },
  );
  if (!steps) throw new Error('not mounted');
  return { steps, inputs };
}

describe('counting stock', () => {
  beforeEach(() => {
    toasts.length = 0;
    i18n.global.locale.value = 'en';
  });

  it('is refused when something was sold meanwhile, and tells the number of now', async () => {
    const { steps, inputs } = stockLevel();
    const count = { variantId: 'v', locationId: 'store', quantity: 9, reason: 'Counted' };

    expect(await steps.adjust({ ...count, changeFromQuantity: 8 })).toBe(false);
    expect(steps.currentQuantity.value).toBe(7);
    expect(steps.problems.value[0]).toContain('it is 7 now');

    expect(await steps.adjust({ ...count, changeFromQuantity: 7 })).toBe(true);
    expect(inputs.map((input) => input['locationId'])).toEqual(['store', 'store']);
    expect(inputs[0]?.['idempotencyKey']).not.toBe(inputs[1]?.['idempotencyKey']);
    expect(toasts).toEqual(['Stock set']);
  });
});
