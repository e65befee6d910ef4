import { getDirective } from '@graphql-tools/utils';
import { expect, it } from 'vitest';
import { DOMAIN_CASES } from './support/domain-cases.js';
import { contract } from '@vitrine/testing/shop/contract.js';

const LINES = 'lines of carts changed within a minute, by network';
const NEW_CARTS = 'new carts of guests within a minute, by network';
const ACTS = 'acts on one order, and on all orders of a network';

/**
 * The rate limit of each public mutation, because it writes rows, sends mails or calls an external service. A new
 * public mutation needs a limit and an entry here, or in the cases of its domain.
 */
const LIMITS: Readonly<Record<string, readonly string[]>> = {
  cartCreate: [LINES, NEW_CARTS],
  cartLineAdd: [LINES, NEW_CARTS],
  cartLinesAdd: [LINES, NEW_CARTS],
  cartLineUpdate: [LINES],
  cartLinesUpdate: [LINES],
  cartLineRemove: [LINES],
  cartLinesRemove: [LINES],
  cartClear: [LINES],
  cartContactUpdate: [LINES],
  cartAddressesUpdate: [LINES],
  cartShippingMethodSelect: [LINES],
  checkoutComplete: [
    'unpaid orders, by buyer, network and share of the stock',
    'repeats that ask the provider, by payment, order and network',
  ],
  paymentSessionCreate: ['questions to the provider, by payment, order and network'],
  paymentStatusRefresh: ['questions to the provider, by payment, order and network'],
  paymentTestConfirm: ['none: the test provider takes no money, and production refuses to start with it'],
  orderCancelByCustomer: [ACTS],
  orderLookupRequest: ['requests by network, mails by mailbox'],
  returnRequest: [ACTS],
  returnCancel: [ACTS],
  returnPhotoUploadCreate: ['pictures, by order and network'],
  signUp: ['accounts, by network'],
  login: ['tries, by network and by network and mailbox'],
  tokenRefresh: ['renewals, by network'],
  logout: ['none: it ends the caller’s own session and writes nothing else'],
  passwordResetRequest: ['requests by network, mails by mailbox'],
  passwordReset: ['tries, by network'],
  ...Object.assign({}, ...DOMAIN_CASES.map(({ limits = {} }) => limits)),
};

it('every mutation that anybody may call names its limit', () => {
  const schema = contract();
  const open = Object.values(schema.getMutationType()?.getFields() ?? {}).filter(
    (field) => (getDirective(schema, field, 'public')?.length ?? 0) > 0,
  );

  expect(open.map(({ name }) => name).sort()).toEqual(Object.keys(LIMITS).sort());
});
