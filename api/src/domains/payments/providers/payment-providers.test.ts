import { describe, expect, it } from 'vitest';
import type { PaymentProvider } from '../../../integrations/payments/port.js';
import { PaymentMethod } from '../payment-method.js';
import { PaymentProviders } from './payment-providers.js';

const provider = (name: 'STRIPE' | 'TEST', methods: readonly 'CARD'[]): PaymentProvider =>
  ({ name, methods }) as unknown as PaymentProvider;
const wallet = provider('STRIPE', []);
const cards = provider('TEST', ['CARD']);

describe('the payment providers of a shop', () => {
  it('take a card where the first of them that takes cards is, and not simply at the first', () => {
    const providers = new PaymentProviders([wallet, cards], ['STRIPE', 'TEST']);

    expect(providers.forMethod(PaymentMethod.CARD)).toBe(cards);
    expect(providers.offers()).toEqual([
      { provider: wallet, methods: [] },
      { provider: cards, methods: [PaymentMethod.CARD] },
    ]);
  });

  it('take nothing new at one that only has earlier payments', () => {
    const providers = new PaymentProviders([wallet, cards], ['STRIPE']);

    expect(providers.forMethod(PaymentMethod.CARD)).toBeNull();
    expect(() => providers.forCards()).toThrow('No provider takes cards');
    expect(providers.of('TEST')).toBe(cards);
  });

  it('take nothing that staff confirms', () => {
    const providers = new PaymentProviders([cards], ['TEST']);

    expect(providers.forMethod(PaymentMethod.CASH_ON_DELIVERY)).toBeNull();
  });

  it('are refused when one that is to take payments is not set up', () => {
    expect(() => new PaymentProviders([cards], ['STRIPE'])).toThrow('STRIPE is to take payments');
  });
});
