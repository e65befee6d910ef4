import type { ErrorCode } from '../generated/shell/graphql';
import en from '../locales/en.json';
import fr from '../locales/fr.json';
import ro from '../locales/ro.json';
import { i18n, type Language } from './i18n';
import type { UserError } from './user-errors';

/** Codes of top-level GraphQL errors, and three of the client's own: no connection, no version was read, and not a staff account. */
type OtherCode =
  | 'NETWORK'
  | 'NOT_READ'
  | 'NOT_STAFF'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'BAD_USER_INPUT'
  | 'RATE_LIMITED'
  | 'QUERY_TOO_EXPENSIVE'
  | 'INTERNAL';

/** Codes with a translated message. A code of the schema without a message in one of the languages does not compile. */
export type KnownCode = ErrorCode | OtherCode;

export const errorMessages = { ro: ro.errors, en: en.errors, fr: fr.errors } satisfies Record<
  Language,
  Record<KnownCode | 'UNKNOWN', string>
>;

const isKnown = (code: string): code is KnownCode => Object.hasOwn(errorMessages.en, code);

/** One sentence in the user's language that says what to do next. The server's own message is never shown. */
export function messagesFor(problem: UserError): string {
  const code = isKnown(problem.code) ? problem.code : 'UNKNOWN';
  return i18n.global.t(`errors.${code}`, { code: problem.code, quantity: problem.currentQuantity ?? 0 });
}
