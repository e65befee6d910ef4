import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { encodeValue } from '../../ui/forms/fields/codecs';
import type { Tools } from '../../ui/useTools';
import { chargesLeft, emptyRefund, refundInput } from './refund-draft';
import { refundSchema } from './refund-form';

const tools = { t: (key: string) => key, currency: 'RON', locale: 'ro' } as Tools;
const mug = { id: 'mug', quantity: 3, refundedQuantity: 1, fulfilledQuantity: 0 };
const bowl = { id: 'bowl', quantity: 1, refundedQuantity: 1, fulfilledQuantity: 0 };

/** What the fields of a refund hold before anybody has typed. */
function draft(charges: { code: string }[] = []) {
  return encodeValue(refundSchema(tools), emptyRefund([mug, bowl], charges)) as z.input<
    ReturnType<typeof refundSchema>
  >;
}
/** What is sent for what stands in the fields; what is wrong with it where it cannot be read. */
function inputOf(fields: ReturnType<typeof draft>) {
  const read = refundSchema(tools).safeParse(fields);
  return read.success ? refundInput('order', read.data) : read.error.issues.map(({ path }) => path.join('.'));
}

describe('giving money back', () => {
  it('offers only lines with something left, and chooses none by itself', () => {
    expect(draft().lines).toEqual([{ id: 'mug', quantity: 0, restock: true }]);
    expect(inputOf(draft())).toBeNull();
  });

  it('does not restock what was shipped unless somebody says otherwise', () => {
    const shipped = emptyRefund([{ ...mug, fulfilledQuantity: 2 }]);

    expect(shipped.lines[0]?.restock).toBe(false);
  });

  it('asks for two mugs and the delivery, one of them not restocked', () => {
    const requested = draft();
    requested.lines[0] = { id: 'mug', quantity: 2, restock: false };
    requested.shipping = '15,50';

    expect(inputOf(requested)).toEqual({
      orderId: 'order',
      lines: [{ orderLineId: 'mug', quantity: 2, restock: false }],
      shipping: 1550,
    });
  });

  it('gives back the delivery alone', () => {
    expect(inputOf({ ...draft(), shipping: '15' })).toEqual({
      orderId: 'order',
      lines: [],
      shipping: 1500,
    });
  });

  it('asks nothing while a sum cannot be read, and says which', () => {
    expect(inputOf({ ...draft(), shipping: 'zece' })).toEqual(['shipping']);
    expect(inputOf({ ...draft(), way: 'amount', amount: '1.299' })).toEqual(['amount']);
    expect(inputOf({ ...draft(), way: 'amount', amount: '0' })).toBeNull();
  });

  it('sends a plain amount with the pieces that go back in stock', () => {
    const requested = { ...draft(), way: 'amount' as const, amount: '20' };
    requested.lines[0] = { id: 'mug', quantity: 1, restock: true };

    expect(inputOf(requested)).toEqual({
      orderId: 'order',
      amount: 2000,
      lines: [{ orderLineId: 'mug', quantity: 1, restock: true }],
    });
  });
});

describe('giving a gift wrap back', () => {
  const lei = (amount: number) => ({ amount, currency: 'RON', decimal: (amount / 100).toFixed(2) });
  const adjustments = [
    { code: 'club.CLUB', kind: 'DISCOUNT', name: 'Club', amount: lei(500) },
    { code: 'wrap.WRAP', kind: 'CHARGE', name: 'Gift wrap', amount: lei(1500) },
    { code: 'wrap.CARD', kind: 'CHARGE', name: 'Card', amount: lei(300) },
  ];
  const refund = (status: string, code: string, amount: number) => ({
    ...{ status, charges: [{ code, amount: lei(amount) }] },
  });

  it('is offered as long as something of it is left; a refund that failed took nothing', () => {
    const refunds = [
      refund('SUCCEEDED', 'wrap.CARD', 200),
      refund('PENDING', 'wrap.CARD', 100),
      refund('FAILED', 'wrap.WRAP', 1500),
    ];

    expect(chargesLeft({ adjustments, refunds: [] }).map(({ code }) => code)).toEqual([
      'wrap.WRAP',
      'wrap.CARD',
    ]);
    expect(chargesLeft({ adjustments, refunds }).map(({ code }) => code)).toEqual(['wrap.WRAP']);
  });

  it('is asked for by its code, alone or with goods, and nothing is while its sum cannot be read', () => {
    const requested = draft([{ code: 'wrap.WRAP' }, { code: 'wrap.CARD' }]);
    expect(inputOf(requested)).toBeNull();

    requested.charges = [
      { id: 'wrap.WRAP', amount: '15' },
      { id: 'wrap.CARD', amount: '' },
    ];
    expect(inputOf(requested)).toEqual({
      ...{ orderId: 'order', lines: [], shipping: 0 },
      charges: [{ code: 'wrap.WRAP', amount: 1500 }],
    });

    requested.charges = [{ id: 'wrap.WRAP', amount: 'all of it' }];
    expect(inputOf(requested)).toEqual(['charges.0.amount']);
  });
});
