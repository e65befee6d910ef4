import type { Language } from '../../../kernel/languages.js';
import { oneLine } from './markup.js';

const STRANGERS: Record<Language, string> = { ro: 'stimate client', en: 'dear customer', fr: 'cher client' };

/** What no given name has: an address of the web or of a mailbox, a number to call. */
const ADVERTISING = /[@/\\:]|www\.|[\p{L}\d][.．。｡]\p{L}{2,}|\d{4}/iu;
const MOST_WORDS = 5;
const MOST_CHARACTERS = 40;

/**
 * The name to greet with. Whoever orders writes the name and the address of the mail, so a "name" may be an advertisement
 * sent in the shop's words to somebody else: such a text is kept with the order, and the mail greets without it.
 */
export function greetingName(firstName: string, language: Language): string {
  const name = oneLine(firstName);
  return isName(name) ? name : STRANGERS[language];
}

/** Whether a mail may print this as somebody's name. */
export function isName(typed: string): boolean {
  const name = oneLine(typed);
  return (
    !ADVERTISING.test(name) && name.split(/\s+/).length <= MOST_WORDS && [...name].length <= MOST_CHARACTERS
  );
}
