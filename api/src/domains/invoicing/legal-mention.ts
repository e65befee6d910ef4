import { DomainError } from '../../kernel/errors.js';
import type { LocalizedText } from '../../kernel/languages.js';
import type { Tx } from '../../platform/database/database.js';
import { inEveryLanguage } from '../../platform/messages.js';
import { regionalGroup, type SettingsService, type TaxRegistration } from '../store/index.js';

/**
 * The countries whose law asks a seller who is not registered for tax for a sentence on each invoice, as far as the program
 * knows it. Romania: Legea 227/2015, article 310; France: CGI, article 293 B.
 */
const COUNTRIES = ['RO', 'FR'];

/** What an invoice without tax says by the law of the country, by language; empty where that is not known. */
export function legalMention(country: string): LocalizedText {
  return COUNTRIES.includes(country) ? inEveryLanguage('documents', `mentions.${country}`) : {};
}

/** @throws DomainError MENTION_MISSING for a seller who charges no tax, now or at some time, without a sentence for invoices */
export async function assertMention(
  tx: Tx,
  { payer, payerSince, mention }: TaxRegistration,
  settings: Pick<SettingsService, 'within'>,
): Promise<void> {
  if ((payer && payerSince === null) || mention.length > 0) return;
  const { homeCountry } = await settings.within(tx, regionalGroup);
  if (COUNTRIES.includes(homeCountry)) return;
  throw new DomainError(
    'MENTION_MISSING',
    'Write what invoices without tax say, by the law of your country.',
    ['mention'],
  );
}
