import type { Language } from '../../../kernel/languages.js';
import { messagesOf } from '../../../platform/messages.js';
import { visibleText } from '../../../kernel/invisible-characters.js';
import { oneLine } from './markup.js';

/** What separates the parts of a domain, or looks like it, in any script: a class for regular expressions. */
export const SEPARATORS = '[.．。｡․﹒,，﹐、､،;；﹔؛…۔։।]';

/**
 * Patterns that no given name has: a web or e-mail address, a phone number. Mail programs make links of domains, and
 * people read a comma, or a dot with blanks around it, as the dot of one.
 */
const ADVERTISING = new RegExp(
  `[@/\\\\:]|www\\W|[\\p{L}\\d](?:${SEPARATORS}|\\s${SEPARATORS}\\s?)\\p{L}{2,}|\\d{4}`,
  'iu',
);
const MOST_WORDS = 5;
const MOST_CHARACTERS = 40;

/**
 * The name in the greeting. The person who orders enters both the name and the recipient, so a "name" may be an
 * advertisement sent to somebody else: such a text is stored with the order, and the mail greets without it.
 */
export function greetingName(firstName: string, language: Language): string {
  const name = oneLine(visibleText(firstName));
  return isName(name) ? name : messagesOf('mails/layout', language).text('unknownName');
}

/** Whether a mail may print this text as a person's name. */
export function isName(typed: string): boolean {
  const name = oneLine(visibleText(typed.normalize('NFKC')));
  return (
    !ADVERTISING.test(name) && name.split(/\s+/).length <= MOST_WORDS && [...name].length <= MOST_CHARACTERS
  );
}
