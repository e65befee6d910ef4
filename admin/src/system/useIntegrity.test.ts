import { describe, expect, it } from 'vitest';
import { worstFirst } from './useIntegrity';

const invariant = (code: string, violations: number) => ({
  __typename: 'IntegrityCheck' as const,
  code,
  description: code,
  violations,
  samples: [],
});

describe('the invariants of the ledger', () => {
  it('stand with the broken ones on top, the others in their own order', () => {
    const invariants = [
      invariant('stock', 0),
      invariant('refunds', 1),
      invariant('orders', 0),
      invariant('invoices', 7),
    ];

    expect(worstFirst(invariants).map(({ code }) => code)).toEqual([
      'invoices',
      'refunds',
      'stock',
      'orders',
    ]);
    expect(invariants[0]?.code).toBe('stock');
  });
});
