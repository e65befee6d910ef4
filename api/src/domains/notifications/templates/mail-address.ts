import { addressLines } from '../../../kernel/address/address-lines.js';
import type { Language } from '../../../kernel/languages.js';
import { isName } from './greeting.js';
import type { MailAddress } from './mail-model.js';

/** A word that is an address of the web or of a mailbox. */
const LINK = /\S*(?::\/\/|www[.．。｡]|[^\s@]@[^\s@])\S*/giu;
/** The dot of "evil.example", but of "Str.Lalelelor" too. */
const DOT = /(?<=[\p{L}\d])([.．。｡])(?=\p{L}{2,})/gu;

/**
 * The address of a parcel as a mail prints it. Whoever orders writes the address and says whom the mail goes to, so nothing of
 * it may become a link in the reader's mail program: words that are links are left out, and a space follows each dot
 * within a word. A name that is none is left out. The order keeps all of it as it was typed, and staff read that.
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
  return text.replace(LINK, '').replace(DOT, '$1 ').trim();
}
