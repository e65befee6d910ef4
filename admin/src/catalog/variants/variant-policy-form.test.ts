import { describe, expect, it } from 'vitest';
import { policyChanges } from './variant-policy-form';

describe('what happens when a variant is sold out', () => {
  it('goes on selling up to a limit, with a date to tell the buyer', () => {
    expect(policyChanges({ sellsOn: true, limit: 5, availableFrom: '2027-01-15', threshold: 2 })).toEqual({
      stockPolicy: 'CONTINUE',
      backorderLimit: 5,
      availableFrom: '2027-01-15',
      lowStockThreshold: 2,
    });
  });

  it('goes on without limit when none is written', () => {
    expect(policyChanges({ sellsOn: true, limit: null, availableFrom: null, threshold: null })).toMatchObject(
      {
        backorderLimit: null,
        availableFrom: null,
        lowStockThreshold: null,
      },
    );
  });

  it('ends at the last piece, and forgets limit and date of before', () => {
    expect(policyChanges({ sellsOn: false, limit: 5, availableFrom: '2027-01-15', threshold: 0 })).toEqual({
      stockPolicy: 'DENY',
      backorderLimit: null,
      availableFrom: null,
      lowStockThreshold: 0,
    });
  });
});
