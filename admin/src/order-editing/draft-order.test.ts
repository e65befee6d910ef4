import { describe, expect, it } from 'vitest';
import {
  addLine,
  draftSchema,
  emptyDraft,
  offeredLanguage,
  previewInput,
  sortErrors,
  toDraftInput,
} from './draft-order';
import type { DraftLine, OrderDraft } from './draft-order';

const mug: DraftLine = {
  variantId: 'mug',
  product: 'Cană',
  variant: 'Verde',
  sku: 'C',
  imageUrl: '',
  quantity: 1,
};

function written(): OrderDraft {
  const draft = emptyDraft('RO', 'RO');
  Object.assign(draft, { email: ' ana@example.com ', shippingMethodId: 'courier', discount: '10,50' });
  Object.assign(draft.shipping, {
    firstName: 'Ana',
    lastName: 'Pop',
    line1: 'Str. Lungă 1',
    city: 'Brașov',
    postalCode: '500026',
  });
  draft.lines = [mug];
  return draft;
}

const errorsOf = (draft: OrderDraft): string[] =>
  draftSchema((key) => key, 'RON', draft.billsElsewhere)
    .safeParse(draft)
    .error?.issues.map(({ path }) => path.join('.')) ?? [];

describe('an order written by staff', () => {
  it('counts a piece added twice as two', () => {
    const twice = addLine(addLine([], mug), mug);

    expect(twice).toEqual([{ ...mug, quantity: 2 }]);
  });

  it('speaks to a buyer in the default language when hers is offered no longer', () => {
    const shop = { languages: ['EN', 'RO'], defaultLanguage: 'EN' } as const;

    expect(offeredLanguage('RO', shop)).toBe('RO');
    expect(offeredLanguage('FR', shop)).toBe('EN');
  });

  it('is priced as soon as there is something in it', () => {
    expect(previewInput(emptyDraft('RO', 'RO'), 'RON')).toBeNull();
    expect(previewInput(written(), 'RON')).toEqual({
      orderId: null,
      countryCode: 'RO',
      shippingMethodId: 'courier',
      lines: [{ variantId: 'mug', quantity: 1 }],
      discount: 1050,
    });
    expect(previewInput({ ...written(), discount: 'zece' }, 'RON')).toBeNull();
  });

  it('is sent without what was left empty', () => {
    expect(toDraftInput(written(), 'RON')).toMatchObject({
      email: 'ana@example.com',
      phone: null,
      customerId: null,
      billingAddress: null,
      shippingAddress: { firstName: 'Ana', company: null, region: null },
      discount: 1050,
    });
  });

  it('asks for one telephone number: the courier calls where the buyer is reached', () => {
    const { phone, shippingAddress } = toDraftInput({ ...written(), phone: ' 0722 123 456 ' }, 'RON');

    expect([phone, shippingAddress.phone]).toEqual(['0722 123 456', '0722 123 456']);
    const path = ['input', 'draft', 'shippingAddress', 'phone'];
    expect(sortErrors([{ code: 'INVALID_PHONE', path }]).fields[0]?.name).toBe('phone');
  });

  it('asks for an e-mail, an address, a delivery and at least one piece', () => {
    expect(errorsOf(written())).toEqual([]);
    expect(errorsOf(emptyDraft('RO', 'RO'))).toEqual(
      expect.arrayContaining(['email', 'shipping.firstName', 'shippingMethodId', 'lines']),
    );
  });

  it('asks for the billing address only when it is another one', () => {
    expect(errorsOf({ ...written(), billsElsewhere: true })).toContain('billing.firstName');
  });
});
