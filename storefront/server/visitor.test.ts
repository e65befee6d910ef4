import { describe, expect, it } from 'vitest';
import { readTrust } from './visitor';

describe('the proxies that may name a visitor', () => {
  it.each([
    'true',
    '0.0.0.0/0',
    '::/0',
    '::ffff:0:0/96',
    '0:0:0:0:0:ffff:0:0/100',
    '::/8',
    '2000::/3',
    '0.0.0.0/1, 128.0.0.0/1',
  ])('are not everybody, in any spelling: %s', (everybody) => {
    expect(readTrust(everybody)).toBeNull();
  });

  it('are the ones that are named', () => {
    const trust = readTrust('10.0.0.0/8, fc00::/7, ::ffff:192.0.2.0/120');

    expect([trust?.('10.1.2.3', 0), trust?.('fd00::1', 0), trust?.('192.0.2.7', 0)]).toEqual([
      true,
      true,
      true,
    ]);
    expect([trust?.('11.1.2.3', 0), trust?.('2a02::1', 0), trust?.('192.0.3.7', 0)]).toEqual([
      false,
      false,
      false,
    ]);
  });
});
