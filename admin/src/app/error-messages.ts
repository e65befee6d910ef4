import type { ErrorCode } from '../generated/shell/graphql';
import en from '../locales/en.json';
import fr from '../locales/fr.json';
import ro from '../locales/ro.json';
import { i18n, type Language } from './i18n';
import type { Problem } from './user-errors';

/** Codes of errors that are thrown past the payloads, and three of our own: no connection, no version to rest a change on, and no member of the staff. */
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

/** What the admin can say in words of its own. A code of the schema without words in a language does not compile. */
export type KnownCode = ErrorCode | OtherCode;

export const errorMessages = { ro: ro.errors, en: en.errors, fr: fr.errors } satisfies Record<
  Language,
  Record<KnownCode | 'UNKNOWN', string>
>;

const isKnown = (code: string): code is KnownCode => Object.hasOwn(errorMessages.en, code);

/** One sentence in the person's language that says what to do next; the server's own message is never shown. */
export function messagesFor(problem: Problem): string {
  const code = isKnown(problem.code) ? problem.code : 'UNKNOWN';
  return i18n.global.t(`errors.${code}`, { code: problem.code, quantity: problem.currentQuantity ?? 0 });
}
