import type { ErrorCode } from './error-codes.js';

/**
 * A refusal that a person can cause and act on. It travels as data: `asPayload` puts it into the payload's `errors`.
 * Anything else that is thrown is a bug or an outage: logged, masked, answered as INTERNAL.
 */
export class DomainError extends Error {
  /** The GraphQL type of this error; subclasses with more data name their own. */
  readonly graphqlType: string = 'GenericError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    /** Where in the input the trouble is: ['lines', '0', 'quantity']; null when it is about the whole. */
    readonly path: readonly string[] | null = null,
  ) {
    super(message);
    this.name = code;
  }
}

/** Several refusals at once, e.g. one for each wrong field. */
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
