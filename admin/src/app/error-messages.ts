import type { ErrorCode } from '../generated/shell/graphql';
import type messages from '../../../locales/ro/admin.json';
import { keyOfAnyPlugin } from '../plugins/plugin-messages';
import { i18n } from './i18n';
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
  | 'BUSY'
  | 'QUERY_TOO_EXPENSIVE'
  | 'INTERNAL';

/** Codes with a translated message. */
export type KnownCode = ErrorCode | OtherCode;

/** A code of the schema without a message does not compile; a test holds that every language has every message. */
type Translated = keyof typeof messages.errors;
const keyOf = (code: KnownCode | 'UNKNOWN'): `errors.${Translated}` => `errors.${code}`;

const isKnown = (code: string): code is KnownCode => i18n.global.te(`errors.${code}`);

/** What a code says that a plugin declares and names in its messages. */
const keyOfPlugin = (code: string): string | null => keyOfAnyPlugin(`errors.${code}`, i18n.global.te);

/** One sentence in the user's language that says what to do next. The server's own message is never shown. */
export function messagesFor(problem: UserError): string {
  const own = isKnown(problem.code) ? keyOf(problem.code) : keyOfPlugin(problem.code);
  const key: string = own ?? keyOf('UNKNOWN');
  return i18n.global.t(key, { code: problem.code, quantity: problem.currentQuantity ?? 0 });
}
