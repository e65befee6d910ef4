import { defineErrors } from '../../kernel/error-codes.js';
import { DomainError } from '../../kernel/errors.js';

export const routingErrors = defineErrors({
  PATH_RESERVED: 'There is a page at this path: one of the shop’s own, or a product or category.',
  PATH_TAKEN: 'Another redirect leads away from this path.',
  REDIRECT_LOOP: 'The redirects would lead in a circle, or over more than ten steps.',
  TOO_MANY_REDIRECTS: 'A shop has at most 5,000 redirects. Delete some that nobody follows.',
});

declare global {
  interface VitrineErrorCodes extends Record<keyof typeof routingErrors, true> {}
}

export class PathReservedError extends DomainError {
  constructor() {
    super('PATH_RESERVED', 'There is a page at this path.', ['fromPath']);
  }
}

export class PathTakenError extends DomainError {
  constructor() {
    super('PATH_TAKEN', 'Another redirect leads away from this path.', ['fromPath']);
  }
}

export class RedirectLoopError extends DomainError {
  /** @param field of the input */
  constructor(field: string) {
    super('REDIRECT_LOOP', 'The redirects would lead in a circle, or over more than ten steps.', [field]);
  }
}

export class TooManyRedirectsError extends DomainError {
  constructor() {
    super('TOO_MANY_REDIRECTS', 'A shop has at most 5,000 redirects.');
  }
}
