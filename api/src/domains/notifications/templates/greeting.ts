import type { Language } from '../../../kernel/languages.js';
import { messagesOf } from '../../../platform/messages.js';
import { oneLine } from './markup.js';

/** Patterns that no given name has: a web or e-mail address, a phone number. */
const ADVERTISING = /[@/\\:]|www\.|[\p{L}\d][.．。｡]\p{L}{2,}|\d{4}/iu;
const MOST_WORDS = 5;
const MOST_CHARACTERS = 40;

/**
 * The name in the greeting. The person who orders enters both the name and the recipient, so a "name" may be an
 * advertisement sent to somebody else: such a text is stored with the order, and the mail greets without it.
 */
export function greetingName(firstName: string, language: Language): string {
  const name = oneLine(firstName);
  return isName(name) ? name : messagesOf('mails/layout', language).text('unknownName');
}

/** Whether a mail may print this text as a person's name. */
export function isName(typed: string): boolean {
  const name = oneLine(typed);
  return (
    !ADVERTISING.test(name) && name.split(/\s+/).length <= MOST_WORDS && [...name].length <= MOST_CHARACTERS
  );
}
