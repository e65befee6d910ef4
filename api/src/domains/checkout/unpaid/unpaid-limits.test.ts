import { describe, expect, it } from 'vitest';
import { readEnv } from '../../../app/settings/env.js';
import { PaymentMethod } from '../../payments/index.js';
import { isAlarming, userErrorOf, type UnpaidSituation } from './unpaid-limits.js';

const limits = readEnv({ DATABASE_URL: 'postgres://localhost/vitrine' }).limits.unpaid;
const NONE = { orders: 0, ordersPastHour: 0, lapsedPastDay: 0, units: 0 };
const SITUATION: UnpaidSituation = {
  isBlocked: false,
  paymentMethod: PaymentMethod.CARD,
  units: 1,
  value: 8900,
  buyer: { ...NONE, value: 0 },
  network: NONE,
  wide: NONE,
  stock: 1000,
  variants: [],
};
const codeOf = (details: Partial<UnpaidSituation>): string | null =>
  userErrorOf({ ...SITUATION, ...details }, limits)?.code ?? null;
const { BANK_TRANSFER, CASH_ON_DELIVERY } = PaymentMethod;

describe('a buyer is never in the way of the limits', () => {
  it.each([PaymentMethod.CARD, BANK_TRANSFER, CASH_ON_DELIVERY])(
    'who takes the last piece of a one-off in a shop of one piece (%s)',
    (paymentMethod) => {
      expect(codeOf({ paymentMethod, stock: 1, variants: [{ wanted: 1, onHand: 1 }] })).toBeNull();
    },
  );

  it('who is the thirtieth with five pieces behind one operator’s address within ten minutes', () => {
    const network = { orders: 29, ordersPastHour: 29, lapsedPastDay: 4, units: 29 * 2 };

    expect(codeOf({ network, units: 5, stock: 150 })).toBeNull();
  });

  it('who pays twelve plates, all there are, by card', () => {
    expect(codeOf({ units: 12, stock: 40, variants: [{ wanted: 12, onHand: 12 }] })).toBeNull();
  });
});

describe('the number of pieces in stock', () => {
  /** The largest quantity that is not refused: what anybody finds out by halving. */
  const mostAllowed = (onHand: number): number => {
    let most = 0;
    const variants = (wanted: number) => [{ wanted, onHand }];
    while (!codeOf({ paymentMethod: BANK_TRANSFER, units: 6, variants: variants(most + 1) })) most += 1;
    return most;
  };

  it('cannot be found out by asking which quantities a bank transfer is refused for', () => {
    expect([313, 371, 399].map(mostAllowed)).toEqual([150, 150, 150]);
    expect([10, 11].map(mostAllowed)).toEqual([5, 5]);
  });

  it('nor which are too many for one buyer of the whole shop', () => {
    expect([1000, 1100, 1199].map((stock) => codeOf({ units: 100, stock }))).toEqual([null, null, null]);
    expect([1000, 1100, 1199].map((stock) => codeOf({ units: 101, stock }))).toEqual(
      Array.from({ length: 3 }, () => 'UNPAID_QUANTITY_TOO_LARGE'),
    );
  });

  it('and a share of everything is no limit', () => {
    const all = { ...limits.buyer, units: 1, share: 1 };
    const everything = { ...limits, buyer: all, network: all, wide: all };

    expect(userErrorOf({ ...SITUATION, units: 313, stock: 313 }, everything)).toBeNull();
  });
});

describe('refused are', () => {
  it('the sixth order of a buyer who has paid none of five', () => {
    expect(codeOf({ buyer: { ...SITUATION.buyer, orders: 5 } })).toBe('TOO_MANY_UNPAID_ORDERS');
  });

  it('more than a tenth of a large shop for one buyer, by card too', () => {
    expect(codeOf({ units: 100 })).toBeNull();
    expect(codeOf({ units: 101 })).toBe('UNPAID_QUANTITY_TOO_LARGE');
    expect(codeOf({ units: 1, buyer: { ...SITUATION.buyer, units: 100 } })).toBe('UNPAID_QUANTITY_TOO_LARGE');
  });

  it('more than half of a variant, a twentieth of the shop or 20,000 lei for money that is not secured', () => {
    expect(codeOf({ paymentMethod: BANK_TRANSFER, units: 6, variants: [{ wanted: 6, onHand: 10 }] })).toBe(
      'UNPAID_QUANTITY_TOO_LARGE',
    );
    expect(codeOf({ paymentMethod: CASH_ON_DELIVERY, units: 51 })).toBe('UNPAID_QUANTITY_TOO_LARGE');
    expect(codeOf({ paymentMethod: BANK_TRANSFER, value: 2_000_001 })).toBe('UNPAID_QUANTITY_TOO_LARGE');
    expect(
      codeOf({ paymentMethod: BANK_TRANSFER, units: 5, variants: [{ wanted: 5, onHand: 10 }] }),
    ).toBeNull();
  });

  it('who made ten orders within the hour or let ten run out within the day', () => {
    expect(codeOf({ buyer: { ...SITUATION.buyer, ordersPastHour: 10 } })).toBe('TOO_MANY_UNPAID_ORDERS');
    expect(codeOf({ buyer: { ...SITUATION.buyer, lapsedPastDay: 10 } })).toBe('TOO_MANY_UNPAID_ORDERS');
    expect(codeOf({ network: { ...NONE, lapsedPastDay: 150 } })).toBe('TOO_MANY_UNPAID_ORDERS');
  });

  it('whom staff blocked', () => {
    expect(codeOf({ isBlocked: true })).toBe('CHECKOUT_BLOCKED');
  });
});

it('the owner is woken by a sixth of the stock in one hand, not by a few pieces of a small shop', () => {
  expect(isAlarming({ ...SITUATION, units: 10, stock: 12 }, limits)).toBe(false);
  expect(isAlarming({ ...SITUATION, units: 150 }, limits)).toBe(false);
  expect(isAlarming({ ...SITUATION, units: 100, network: { ...NONE, units: 60 } }, limits)).toBe(true);
});

describe('a block of IPv6 addresses', () => {
  it('may hold four times what one network may, and no more of a large stock than half as much again', () => {
    expect(codeOf({ wide: { ...NONE, orders: 239 } })).toBeNull();
    expect(codeOf({ wide: { ...NONE, orders: 240 } })).toBe('TOO_MANY_UNPAID_ORDERS');
    expect(codeOf({ wide: { ...NONE, units: 430 }, units: 5, stock: 1000 })).toBeNull();
    expect(codeOf({ wide: { ...NONE, units: 449 }, units: 5, stock: 1000 })).toBe(
      'UNPAID_QUANTITY_TOO_LARGE',
    );
  });

  it('that is full still lets everybody have a few pieces', () => {
    expect(codeOf({ wide: { ...NONE, units: 900 }, units: 3, stock: 1000 })).toBeNull();
  });
});
