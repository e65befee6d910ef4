import { describe, expect, it } from 'vitest';
import { worstFirst } from './useIntegrity';

const law = (code: string, violations: number) => ({
  __typename: 'IntegrityCheck' as const,
  code,
  description: code,
  violations,
  samples: [],
});

describe('the laws of the books', () => {
  it('stand with the broken ones on top, the others in their own order', () => {
    const laws = [law('stock', 0), law('refunds', 1), law('orders', 0), law('invoices', 7)];

    expect(worstFirst(laws).map(({ code }) => code)).toEqual(['invoices', 'refunds', 'stock', 'orders']);
    expect(laws[0]?.code).toBe('stock');
  });
});
