import type { Clock } from '../../kernel/clock.js';
import { DomainError } from '../../kernel/errors.js';
import { shopDay } from '../../kernel/shop-time.js';
import { statement, t, type Database, type Tx } from '../../platform/database/database.js';
import { regionalGroup, type SettingsService } from '../store/index.js';
import { endFirstTaxRates, ensureTaxRates } from './tax/first-tax-rates.js';

const isDelivered = statement('pricing.is-delivered', {
  params: { country: t.text },
  row: { is: t.boolean },
  sql: "SELECT EXISTS (SELECT FROM zone_area WHERE country IN (:country, 'ZZ')) AS is",
});

interface Home {
  readonly homeCountry: string;
  readonly timeZone: string;
}

/**
 * What a move of the shop to another country needs: it delivers there, and has rates of tax for it.
 *
 * Part of the transaction that changes the settings, under the lock of their row, so two moves follow one another. The
 * rates that the shop was given for the former country end on this day: a country with rates of its own is taxed by them, and
 * goods that are sent there from now on are taxed as at home (Directive 2006/112/EC, article 59c). Rates that somebody
 * stored differently stay. Orders take no lock: each is priced by one copy of countries, rates and home, so it is placed
 * as before the move or as after it. What is placed keeps its rates.
 *
 * @throws DomainError INVALID_COUNTRY where the shop does not deliver, TAX_RATES_MISSING where it has no rates
 */
export async function moveHome(
  tx: Tx,
  { homeCountry: country, timeZone }: Home,
  { homeCountry: former, timeZone: formerZone }: Home,
  clock: Clock,
): Promise<void> {
  if (country === former) return;
  // The later one of both: where the day has begun here, it is the day before there, on which nothing ends any more.
  const today = [shopDay(clock.now(), timeZone), shopDay(clock.now(), formerZone)].sort().at(-1) ?? '';
  const found = await tx.row(isDelivered, { country });
  if (!found?.is)
    throw new DomainError('INVALID_COUNTRY', 'The shop does not deliver to this country.', ['homeCountry']);
  if (!(await ensureTaxRates(tx, { country, today })))
    throw new DomainError('TAX_RATES_MISSING', 'There are no rates of tax for this country.', [
      'homeCountry',
    ]);
  await endFirstTaxRates(tx, { country: former, today });
}

/**
 * Gives the home country its rates at the start of a process, where the environment of the first start named another
 * than the one that the database was filled for. The settings stay locked, so that no move comes in between.
 */
export async function ensureHomeRates(
  database: Database,
  settings: SettingsService,
  clock: Clock,
): Promise<void> {
  await database.transaction(async (tx) => {
    const { homeCountry: country, timeZone } = await settings.lockShared(tx, regionalGroup);
    await ensureTaxRates(tx, { country, today: shopDay(clock.now(), timeZone) });
  });
}
