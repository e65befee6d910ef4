import { DomainError } from '../../../kernel/errors.js';
import { defineErrors } from '../../../kernel/error-codes.js';

export const taxErrors = defineErrors({
  RATE_IN_FORCE:
    'The rate has begun: orders were placed with it. Another one may follow it from a later day.',
  RATE_EXISTS: 'Another rate begins on this day already. Delete it first.',
  TAX_CLASS_IN_USE: 'Products are in this tax class, or it is the one that new products have.',
  TAX_CLASS_ARCHIVED: 'The tax class was archived.',
  TAX_CLASS_EXISTS: 'There is a tax class of this code.',
  TOO_MANY_TAX_CLASSES: 'A shop has at most 50 tax classes.',
});

declare global {
  interface VitrineErrorCodes extends Record<keyof typeof taxErrors, true> {}
}

export class RateInForceError extends DomainError {
  constructor(path: readonly string[]) {
    super('RATE_IN_FORCE', 'The rate has begun. Another one may follow it from a later day.', path);
  }
}

export class RateExistsError extends DomainError {
  constructor() {
    super('RATE_EXISTS', 'Another rate begins on this day already. Delete it first.', ['from']);
  }
}

export class TaxClassArchivedError extends DomainError {
  constructor(path: readonly string[]) {
    super('TAX_CLASS_ARCHIVED', 'The tax class was archived.', path);
  }
}
