/**
 * Declares codes of `UserError.code`, each with its meaning for readers of the schema. Their module lists them in
 * `errors` and adds their names to `VitrineErrorCodes`; both clients need messages for them in every language (their
 * type checks require it).
 */
export function defineErrors<const E extends Record<string, string>>(errors: E): E {
  return errors;
}

/** The codes that belong to no module: what any input can be refused with. */
export const platformErrors = defineErrors({
  INVALID_INPUT: 'A field of the input cannot be taken: path says which, message says why.',
  INVALID_EMAIL: 'This is no e-mail address.',
  INVALID_PHONE: 'This is no telephone number.',
  INVALID_POSTAL_CODE: 'This is no postal code of the country.',
  INVALID_COUNTRY: 'This is no country code, or the shop does not deliver there.',
  INVALID_DATE: 'This is no day or moment in the form that its scalar describes.',
  INVALID_URL: 'This is no address in the form that the scalar URL describes.',
  INVALID_AMOUNT: 'This is no amount of money, or no currency.',
  NOT_FOUND: 'There is no such thing, or the caller may not see it: path says which id.',
  STALE_VERSION: 'It changed since the caller read it. Look at it as it is now and decide again.',
  IDEMPOTENCY_KEY_REUSED:
    'The same key was used with another input before. Use a new key for another request.',
  PLUGIN_FAILED:
    'An extension of this shop failed, and its owner was told. Nothing was changed; try again later.',
  ILLEGAL_TRANSITION: 'It is in a state from which this cannot be done.',
});

declare global {
  /** The names of all error codes: each module adds its own, so that an unknown one does not compile. */
  interface VitrineErrorCodes extends Record<keyof typeof platformErrors, true> {}
}
export type ErrorCode = keyof VitrineErrorCodes;

/**
 * Codes of `extensions.code` in errors that are thrown instead of being returned in a payload, with their meaning.
 * Every other code is sent as INTERNAL.
 */
export const thrownCodes = {
  UNAUTHENTICATED: 'The field requires a signed-in caller.',
  FORBIDDEN: 'The caller may not do or see this.',
  BAD_USER_INPUT: 'An argument or variable cannot be taken.',
  RATE_LIMITED: 'Too many attempts; wait and try again.',
  BUSY: 'Somebody else was changing the same data. Nothing was changed; the same request may be sent again after `retryAfter` seconds.',
  QUERY_TOO_EXPENSIVE: 'The document is too large, too deep or too dear. Ask for less at once.',
  BAD_REQUEST: 'The request is invalid for this URL.',
  GRAPHQL_PARSE_FAILED: 'The document is not GraphQL.',
  GRAPHQL_VALIDATION_FAILED: 'The document does not fit the schema.',
  OPERATION_RESOLUTION_FAILURE: 'operationName names none of the operations in the document.',
  PERSISTED_QUERY_NOT_FOUND: 'No document is known by this hash: send it once together with its hash.',
  PERSISTED_QUERY_REQUIRED: 'This shop executes only known operations.',
  PERSISTED_QUERY_NOT_SUPPORTED: 'Persisted queries are switched off.',
  INTERNAL: 'A fault on our side. Nothing was changed.',
} as const;

export type ThrownCode = keyof typeof thrownCodes;

export function isThrownCode(code: unknown): code is ThrownCode {
  return typeof code === 'string' && Object.hasOwn(thrownCodes, code);
}
