import { describe, expect, it } from 'vitest';
import { errorCodes, isErrorCode, isThrownCode, thrownCodes } from './error-codes.js';
import { DomainError } from './errors.js';

describe('codes of refusals', () => {
  it('are only those that the schema names: a misspelt one does not compile', () => {
    // @ts-expect-error There is no such code.
    expect(new DomainError('INSUFICIENT_STOCK', 'Only 2 left.').code).toBe('INSUFICIENT_STOCK');
    expect(new DomainError('INSUFFICIENT_STOCK', 'Only 2 left.').code).toBe('INSUFFICIENT_STOCK');
  });

  it('are never those of thrown errors, so that a client can tell a refusal from a failure', () => {
    expect(Object.keys(errorCodes).filter(isThrownCode)).toEqual([]);
    expect(Object.keys(thrownCodes).filter(isErrorCode)).toEqual([]);
    expect(isErrorCode('toString') || isThrownCode('constructor')).toBe(false);
  });
});
