import { addressLines } from '../../../kernel/address/address-lines.js';
import { visibleText } from '../../../kernel/invisible-characters.js';
import type { Language } from '../../../kernel/languages.js';
import { isName, SEPARATORS } from './greeting.js';
import type { MailAddress } from './mail-model.js';

/** A word that is a web or e-mail address. */
const LINK = new RegExp(`\\S*(?:://|www${SEPARATORS}|[^\\s@]@[^\\s@])\\S*`, 'giu');
/** The dot of "evil.example", but also of "Str.Lalelelor". */
const DOT = new RegExp(`(?<=[\\p{L}\\d])(${SEPARATORS})(?=\\p{L}{2,})`, 'gu');

/**
 * The shipping address as a mail prints it. The person who orders enters both the address and the recipient, so no part
 * of it may become a link in the recipient's mail program: words that are links are removed, and a space is added after
 * each dot or comma within a word. An invalid name is left out. The order keeps the text as it was entered, and staff see that.
 */
export function mailAddressLines(address: MailAddress, language: Language): string[] {
  const { firstName, lastName, company, line1, line2, city, region } = address;
  const printed: MailAddress = {
    ...address,
    firstName: isName(firstName) ? firstName : '',
    lastName: isName(lastName) ? lastName : '',
    company: company && withoutLinks(company),
    line1: withoutLinks(line1),
    line2: line2 && withoutLinks(line2),
    city: withoutLinks(city),
    region: region && withoutLinks(region),
  };
  return addressLines(printed, language);
}

function withoutLinks(text: string): string {
  return visibleText(text).replace(LINK, '').replace(DOT, '$1 ').trim();
}
