import { describe, expect, it } from 'vitest';
import { encodeValue } from '../ui/forms/fields/codecs';
import { fieldOfError } from '../ui/forms/fields/field-errors';
import { testTools } from '../ui/testing-tools';
import { atField, draftForm, draftSchema } from './draft-form';
import { draftValues, offeredLanguage, previewInput, toDraftInput } from './draft-order';
import type { DraftState } from './draft-order';
import { addVariant } from './order-lines';

const mug = { variantId: 'mug', product: 'Cană', variant: 'Verde', sku: 'C', imageUrl: '' };
const shop = { languages: ['EN', 'RO'], defaultLanguage: 'RO' } as const;
const schema = draftSchema(testTools);

/** A new draft, as its fields hold it. */
const empty = (): DraftState => encodeValue(schema, draftValues(undefined, shop, 'RO')) as DraftState;

function written(): DraftState {
  const state = { ...empty(), email: ' ana@example.com ', shippingMethodId: 'courier', discount: '10,50' };
  Object.assign(state.shipping, {
    firstName: 'Ana',
    lastName: 'Pop',
    line1: 'Str. Lungă 1',
    city: 'Brașov',
    postalCode: '500026',
  });
  return { ...state, ...addVariant(state, mug) };
}

const errorsOf = (state: DraftState): string[] =>
  schema.safeParse(state).error?.issues.map(({ path }) => path.join('.')) ?? [];
const sent = (state: DraftState) => toDraftInput(schema.parse(state), undefined);

describe('an order written by staff', () => {
  it('counts a piece added twice as two', () => {
    expect(addVariant(written(), mug)).toEqual({ lines: [{ id: 'mug', quantity: 2 }], added: [mug] });
  });

  it('speaks to a buyer in the default language when hers is offered no longer', () => {
    expect(offeredLanguage('RO', { ...shop, defaultLanguage: 'EN' })).toBe('RO');
    expect(offeredLanguage('FR', { ...shop, defaultLanguage: 'EN' })).toBe('EN');
  });

  it('is priced as soon as there is something in it', () => {
    expect(previewInput(empty(), undefined, 'RON')).toBeNull();
    expect(previewInput(written(), undefined, 'RON')).toEqual({
      orderId: null,
      countryCode: 'RO',
      region: null,
      postalCode: '500026',
      shippingMethodId: 'courier',
      lines: [{ variantId: 'mug', quantity: 1 }],
      discount: 1050,
    });
    expect(previewInput({ ...written(), discount: 'zece' }, undefined, 'RON')).toBeNull();
  });

  it('is sent without what was left empty', () => {
    expect(sent(written())).toMatchObject({
      email: 'ana@example.com',
      phone: null,
      customerId: null,
      billingAddress: null,
      shippingAddress: { firstName: 'Ana', company: null, region: null },
      discount: 1050,
    });
  });

  it('asks for one telephone number: the courier calls where the buyer is reached', () => {
    const { phone, shippingAddress } = sent({ ...written(), phone: ' 0722 123 456 ' });

    expect([phone, shippingAddress.phone]).toEqual(['0722 123 456', '0722 123 456']);
    const { path, code } = atField({
      code: 'INVALID_INPUT',
      path: ['input', 'draft', 'shippingAddress', 'phone'],
    });
    expect([path, code]).toEqual([['phone'], 'INVALID_PHONE']);
  });

  it('says what is wrong with an address at its field', () => {
    const { fields } = draftForm({
      ...{ home: 'RO', saved: () => undefined },
      ...{ customers: () => [], deliveries: () => [] },
    });
    const error = atField({
      code: 'INVALID_INPUT',
      path: ['input', 'draft', 'billingAddress', 'postalCode'],
    });

    expect(fieldOfError(error, { fields, sent: {} })).toBe('billing.postalCode');
    expect(error.code).toBe('INVALID_POSTAL_CODE');
  });

  it('asks for an e-mail, an address, a delivery and at least one piece', () => {
    expect(errorsOf(written())).toEqual([]);
    expect(errorsOf(empty())).toEqual(
      expect.arrayContaining(['email', 'shipping.firstName', 'shippingMethodId', 'lines']),
    );
  });

  it('asks for the billing address only when it is another one', () => {
    expect(errorsOf({ ...written(), billsElsewhere: true })).toContain('billing.firstName');
  });
});
