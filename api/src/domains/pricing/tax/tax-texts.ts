import type { TextSource } from '../../../platform/texts.js';
import type { TaxRateService } from './tax-rate.service.js';
import type { TaxClassService } from './tax-class.service.js';

/** What tax classes are called. */
export function taxClassTexts(classes: TaxClassService): TextSource {
  return {
    ...{ area: 'taxClasses', from: 'tax_class t', id: 't.id', version: 't.version', label: 't.name' },
    ...{ where: 't.archived_at IS NULL', permission: 'SETTINGS_WRITE' },
    fields: [{ name: 'name', texts: 't.name', kind: 'LINE', most: 60, isName: true }],
    write: ({ id, language, text, version, actorId }) =>
      classes.rename(id, { name: { [language]: text }, expectedVersion: version }, actorId),
  };
}

/** What buyers read beside the tax that a price contains; of rates that hold, or will. */
export function taxRateTexts(rates: TaxRateService): TextSource {
  return {
    ...{ area: 'taxRates', from: 'tax_rate r', id: 'r.id', version: 'r.version' },
    label: `jsonb_build_object('en', r.country_code || ' ' || r.rate_basis_points / 100.0)`,
    // Days begin in the shop's time zone; a rate that ended yesterday may be among them for some hours.
    where: `coalesce(upper(r.validity) >= current_date, true)`,
    permission: 'SETTINGS_WRITE',
    fields: [{ name: 'name', texts: 'r.name', kind: 'LINE', most: 60 }],
    write: ({ id, language, text, version, actorId }) =>
      rates.rename(id, { name: { [language]: text }, expectedVersion: version }, actorId),
  };
}
