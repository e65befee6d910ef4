import { describe, expect, it } from 'vitest';
import { acceptanceText } from './acceptance-text';

const money = (amount: number) => ({ amount, currency: 'RON', decimal: (amount / 100).toFixed(2) });
const t = (key: string, params: Record<string, string>): string => [key, ...Object.values(params)].join(' ');
const textOf = (paid: number, placedAt: string | null = '2026-11-29T08:00:00Z'): string =>
  acceptanceText({ acceptableAmount: money(paid), placedAt, due: money(10_000) }, 'en', t);

describe('before staff accepts what came in, the dialog says', () => {
  it('how much the order costs then, when less came in', () => {
    expect(textOf(7_500)).toMatch(/^acceptPayment.less RON.100.00 RON.75.00 RON.25.00$/);
  });

  it('how much goes back, when more came in', () => {
    expect(textOf(12_500)).toMatch(/^acceptPayment.more RON.100.00 RON.125.00 RON.25.00$/);
  });

  it('that all of it came in', () => {
    expect(textOf(10_000)).toContain('acceptPayment.equal');
  });

  it('that the goods must be there, unless they were sold to the order before', () => {
    expect(textOf(7_500, null)).toContain('acceptPayment.stock');
    expect(textOf(7_500)).not.toContain('acceptPayment.stock');
  });
});
