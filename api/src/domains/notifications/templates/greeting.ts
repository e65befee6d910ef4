import type { Language } from '../../../kernel/languages.js';
import { messagesOf } from '../../../platform/messages.js';
import { visibleText } from '../../../kernel/invisible-characters.js';
import { oneLine } from '../../../platform/mails/markup.js';

/** What separates the parts of a domain, or looks like it, in any script: a class for regular expressions. */
export const SEPARATORS = '[.．。｡․﹒,，﹐、､،;；﹔؛…۔։।]';

/** What a name is made of, in the spelling NFKC. Whatever else looks like a dot or a word is in no name. */
const CHARACTERS_OF_NAMES = /^[\p{L}\p{M}\d\s.,'’‘ʼ`"&()<>\p{Pd}\u00B7\u30FB]*$/u;

/**
 * Patterns that no given name has: a domain, a phone number. Mail programs make links of domains, and people read as the
 * dot of one a comma, a dot with blanks around it or in brackets, a dot in the middle of the line (which stands between
 * two l in Catalan, and between names in Japanese), and the letters of Lisu that look like dots.
 */
const ADVERTISING = new RegExp(
  [
    'www\\W',
    `[\\p{L}\\d][()]*(?:${SEPARATORS}|\\s${SEPARATORS}\\s?)[()]*\\p{L}{2,}`,
    `[(]\\W*(?:${SEPARATORS}|dot|punct|point)\\W*[)]`,
    '(?<!l)\\u00B7|\\u00B7(?!l)|[a-z]\\u30FB|\\u30FB[a-z]|[\\uA4F8-\\uA4FF]',
    '(?:\\d\\D*){4}',
  ].join('|'),
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
    CHARACTERS_OF_NAMES.test(name) &&
    !ADVERTISING.test(name) &&
    name.split(/\s+/).length <= MOST_WORDS &&
    [...name].length <= MOST_CHARACTERS
  );
}
