import { describe, expect, it } from 'vitest';
import type { PaymentProvider } from '../../../integrations/payments/port.js';
import { PaymentMethod } from '../payment-method.js';
import { PaymentProviders } from './payment-providers.js';

const provider = (name: 'STRIPE' | 'TEST', methods: readonly 'CARD'[]): PaymentProvider =>
  ({ name, methods, publishableKey: null }) as unknown as PaymentProvider;
const takes = (name: 'STRIPE' | 'TEST') => ({ name, isUsable: true });
const wallet = provider('STRIPE', []);
const cards = provider('TEST', ['CARD']);

describe('the payment providers of a shop', () => {
  it('take a card where the first of them that takes cards is, and not simply at the first', () => {
    const providers = new PaymentProviders([wallet, cards], [takes('STRIPE'), takes('TEST')]);

    expect(providers.forMethod(PaymentMethod.CARD)).toBe(cards);
    expect(providers.offers()).toEqual([
      { name: 'STRIPE', publishableKey: null, methods: [] },
      { name: 'TEST', publishableKey: null, methods: [PaymentMethod.CARD] },
    ]);
  });

  it('take nothing new at one that only has earlier payments', () => {
    const providers = new PaymentProviders([wallet, cards], [takes('STRIPE')]);

    expect(providers.forMethod(PaymentMethod.CARD)).toBeNull();
    expect(providers.of('TEST')).toBe(cards);
  });

  it('take nothing that staff confirms', () => {
    const providers = new PaymentProviders([cards], [takes('TEST')]);

    expect(providers.forMethod(PaymentMethod.CASH_ON_DELIVERY)).toBeNull();
  });

  it('offer nothing of one whose keys are missing, or of which one is: no other takes its payments instead', () => {
    for (const connected of [[cards], [provider('STRIPE', ['CARD']), cards]]) {
      const providers = new PaymentProviders(connected, [{ name: 'STRIPE', isUsable: false }]);

      expect(providers.forMethod(PaymentMethod.CARD)).toBeNull();
      expect(providers.offers()).toEqual([{ name: 'STRIPE', publishableKey: null, methods: [] }]);
    }
  });

  it('are those of now after their keys changed, and what they took is still theirs', () => {
    const [before, after] = [provider('STRIPE', ['CARD']), provider('STRIPE', ['CARD'])];
    const providers = new PaymentProviders([before], [takes('STRIPE')]);

    providers.replace([after, cards], [takes('TEST')]);

    expect(providers.of('STRIPE')).toBe(after);
    expect(providers.forMethod(PaymentMethod.CARD)).toBe(cards);
    expect(providers.takesNew(before)).toBe(false);
  });
});
