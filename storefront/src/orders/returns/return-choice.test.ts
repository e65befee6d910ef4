import { expect, it } from 'vitest';
import { chosenLines, exchangeOptions, missingIn, type ReturnableLine } from './return-choice';

const complete = {
  choices: { l1: { quantity: 2, variantId: '' }, l2: { quantity: 0, variantId: 'v9' } },
  reason: 'DAMAGED',
  isExchange: false,
  isSendingPhotos: false,
};

it('sends only the lines that come back, and a variant only for an exchange', () => {
  const choices = { l1: { quantity: 2, variantId: 'v2' }, l2: { quantity: 0, variantId: 'v9' } };

  expect(chosenLines(choices, false)).toEqual([{ orderLineId: 'l1', quantity: 2 }]);
  expect(chosenLines(choices, true)).toEqual([{ orderLineId: 'l1', quantity: 2, exchangeVariantId: 'v2' }]);
});

it.each([
  ['nothing', {}, []],
  ['a piece', { choices: {} }, ['lines']],
  ['the reason', { reason: '' }, ['reason']],
  ['what is wanted instead', { isExchange: true }, ['variant-l1']],
  ['photos that are still being sent', { isSendingPhotos: true }, ['photos']],
])('says that %s is missing', (_what, change, missing) => {
  expect(Object.keys(missingIn({ ...complete, ...change }))).toEqual(missing);
});

it('offers in exchange what can be had of the same product', () => {
  const line = {
    variantName: 'Verde',
    variant: {
      id: 'v1',
      product: {
        variants: [
          { id: 'v1', name: 'Verde', availability: 'IN_STOCK' },
          { id: 'v2', name: 'Ocru', availability: 'BACKORDER' },
          { id: 'v3', name: 'Negru', availability: 'SOLD_OUT' },
        ],
      },
    },
  } as ReturnableLine;

  expect(exchangeOptions(line, (name) => `${name} again`)).toEqual([
    { value: 'v1', label: 'Verde again' },
    { value: 'v2', label: 'Ocru' },
  ]);
  expect(exchangeOptions({ ...line, variant: null }, String)).toEqual([]);
});
