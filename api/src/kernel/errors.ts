import type { ErrorCode } from './error-codes.js';

/**
 * An error that a person caused and can act on. It is returned as data: `asPayload` puts it into the payload's
 * `errors`. Every other thrown error is a bug or an outage: logged, masked, sent as INTERNAL.
 */
export class DomainError extends Error {
  /** The GraphQL type of this error; subclasses with more fields name their own. */
  readonly graphqlType: string = 'GenericError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    /** The input field at fault: ['lines', '0', 'quantity']; null when the error is about the whole input. */
    readonly path: readonly string[] | null = null,
  ) {
    super(message);
    this.name = code;
  }
}

/** Several errors at once, such as one for each wrong field. */
export class DomainErrors extends Error {
  constructor(readonly errors: readonly DomainError[]) {
    super(errors.map((error) => error.message).join(' '));
  }
}

export class NotFoundError extends DomainError {
  constructor(what: string, path: readonly string[] | null = null) {
    super('NOT_FOUND', `There is no such ${what}.`, path);
  }
}

export class InvalidInputError extends DomainError {
  constructor(message: string, path: readonly string[] | null = null) {
    super('INVALID_INPUT', message, path);
  }
}
