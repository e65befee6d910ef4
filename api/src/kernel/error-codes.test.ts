import { describe, expect, it } from 'vitest';
import { isThrownCode } from './error-codes.js';
import { DomainError } from './errors.js';

describe('codes of user errors', () => {
  it('are only those that the schema names: a misspelt one does not compile', () => {
    // @ts-expect-error There is no such code.
    expect(new DomainError('INSUFICIENT_STOCK', 'Only 2 left.').code).toBe('INSUFICIENT_STOCK');
    expect(new DomainError('INSUFFICIENT_STOCK', 'Only 2 left.').code).toBe('INSUFFICIENT_STOCK');
  });

  it('are told from those of thrown errors, which no name of an object’s own method is', () => {
    expect(isThrownCode('INTERNAL')).toBe(true);
    expect(isThrownCode('NOT_FOUND') || isThrownCode('constructor')).toBe(false);
  });
});
