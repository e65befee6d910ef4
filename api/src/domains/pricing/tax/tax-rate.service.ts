import type { Clock } from '../../../kernel/clock.js';
import { InvalidInputError, NotFoundError } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/ids.js';
import type { LocalizedText } from '../../../kernel/languages.js';
import { shopDay } from '../../../kernel/shop-time.js';
import type { Database, Tx } from '../../../platform/database/database.js';
import type { KeyedRequest, RequestKeys } from '../../../platform/database/request-keys.js';
import { StaleVersionError } from '../../../platform/graphql/user-error.type.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import { announceCatalogChange } from '../../catalog/index.js';
import { regionalGroup, type SettingsService } from '../../store/index.js';
import { TaxRateEntity } from '../reference.entity.js';
import { taxName } from '../shop.reference.js';
import { planRate } from './plan-rate.js';
import { RateInForceError, TaxClassArchivedError } from './tax.errors.js';
import { taxRateChanged } from './tax.events.js';
import * as sql from './tax.statements.js';

/*
 * Transactions and locks of tax rates
 *
 * A change of rates is one transaction: the request key, then the row of the country FOR UPDATE, by which two people who
 * change the rates of one country follow one another (a move of the shop to the country waits too, for the rates that it
 * inserts refer to the row), then the row of the class FOR SHARE, which an archiving of the class waits for. Under these
 * locks the rates of country and class are read and the new one is given its place among them; the version of the catalog
 * is raised last, and its commit makes every process read the rates again for its next request. Whatever is written, the
 * database holds that no two rates hold on one day and that one that has begun keeps all but its end (`taxes` migration).
 *
 * Carts and checkouts take none of these locks. Each is priced by one copy of the rates, so it has those of before the
 * change or those of after it, never some of each. A checkout that waited past the end of its copy (midnight of the
 * shop's zone, where a rate begins) is priced by a new one (`place-order.ts`). Its buyer agreed to a total: another total
 * is PRICE_CHANGED. What is placed stores its rates, and nothing reads them here again.
 */

export interface NewRate {
  readonly country: string;
  readonly taxClass: string;
  readonly basisPoints: number;
  /** The first day on which it holds, YYYY-MM-DD. */
  readonly from: string;
  /** By language; those that are left out are called as the rate before, or VAT. */
  readonly name: LocalizedText;
  readonly legalRef: string | null;
}

interface Deps {
  readonly database: Database;
  readonly keys: RequestKeys;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly settings: SettingsService;
}

/** Staff changes of tax rates. */
export class TaxRateService {
  constructor(private readonly deps: Deps) {}

  /**
   * Adds a rate that holds from a day on, today at the earliest, and ends the one that would have held then. Returns its
   * id; a repeat with the same key returns the first one's.
   *
   * @throws RateInForceError, RateExistsError, TaxClassArchivedError
   * @throws NotFoundError for a country that the shop does not deliver to, and for an unknown class
   */
  async add(rate: NewRate, actorId: string, keyed: KeyedRequest | null): Promise<string> {
    const today = await this.calendar();
    if (rate.from > lastDay(today())) throw new InvalidInputError('At most ten years from today.', ['from']);
    return this.write(async (tx) => {
      const earlier = keyed && (await this.deps.keys.claim(tx, keyed));
      if (earlier) return (earlier.response as { taxRateId: string }).taxRateId;
      const { country, taxClass, basisPoints, from, legalRef } = rate;
      if (!(await tx.row(sql.lockCountry, { country }))) throw new NotFoundError('country', ['country']);
      const found = await tx.row(sql.shareTaxClass, { code: taxClass });
      if (!found) throw new NotFoundError('tax class', ['taxClass']);
      if (found.isArchived) throw new TaxClassArchivedError(['taxClass']);
      const rates = await tx.rows(sql.ratesOfClass, { country, taxClass });
      const { ends, until } = planRate(rates, { from, today: today() });
      if (ends) await tx.count(sql.endTaxRate, { id: ends, until: from });
      const before = rates.find(({ id }) => id === ends) ?? rates.at(-1);
      const name = { ...(before?.name ?? taxName()), ...rate.name };
      const id = newId();
      await tx.count(sql.insertTaxRate, { id, country, taxClass, basisPoints, from, until, legalRef, name });
      const told = { country, taxClass, basisPoints, from, changedBy: actorId };
      await this.deps.outbox.append(tx, taxRateChanged(id, { change: 'ADDED', ...told }));
      if (keyed) await this.deps.keys.storeResult(tx, keyed, { taxRateId: id });
      return id;
    });
  }

  /**
   * Deletes a rate that has not begun; the one before it holds as long as this one would have done.
   *
   * @throws RateInForceError, StaleVersionError, NotFoundError
   */
  async delete(id: string, expectedVersion: number, actorId: string): Promise<void> {
    const today = await this.calendar();
    await this.write(async (tx) => {
      const seen = await tx.row(sql.taxRateById, { id });
      if (!seen) throw new NotFoundError('tax rate', ['taxRateId']);
      const { countryCode: country, taxClass } = seen;
      await tx.row(sql.lockCountry, { country });
      const rates = await tx.rows(sql.ratesOfClass, { country, taxClass });
      const rate = rates.find((one) => one.id === id);
      if (!rate) throw new NotFoundError('tax rate', ['taxRateId']);
      if (rate.version !== expectedVersion) throw new StaleVersionError(rate.version);
      const { from, until, rateBasisPoints: basisPoints } = rate;
      if (from === null || from <= today()) throw new RateInForceError(['taxRateId']);
      await tx.count(sql.deleteTaxRate, { id });
      const before = rates.find((one) => one.until === from);
      if (before) await tx.count(sql.endTaxRate, { id: before.id, until });
      const told = { country, taxClass, basisPoints, from, changedBy: actorId };
      await this.deps.outbox.append(tx, taxRateChanged(id, { change: 'DELETED', ...told }));
    });
  }

  /**
   * Says what a rate is called in some languages, also of one that has begun: it stays the same tax. Orders that were
   * placed keep its words.
   *
   * @throws StaleVersionError, NotFoundError
   */
  async rename(
    id: string,
    { name, expectedVersion }: { readonly name: LocalizedText; readonly expectedVersion: number },
    actorId: string,
  ): Promise<void> {
    await this.write(async (tx) => {
      const rate = await tx.repository(TaxRateEntity).lock({ id });
      if (!rate) throw new NotFoundError('tax rate', ['taxRateId']);
      if (rate.version !== expectedVersion) throw new StaleVersionError(rate.version);
      if (!(await tx.repository(TaxRateEntity).update(rate, { name: { ...rate.name, ...name } }))) return;
      const { countryCode: country, taxClass, rateBasisPoints: basisPoints, version } = rate;
      const told = { country, taxClass, basisPoints, from: null, changedBy: actorId, version };
      await this.deps.outbox.append(tx, taxRateChanged(id, { change: 'RENAMED', ...told }));
    });
  }

  /** The day in the shop's time zone. */
  async today(): Promise<string> {
    return (await this.calendar())();
  }

  /** Says the day anew each time: a change that waited for another past midnight is judged by the day on which it is made. */
  private async calendar(): Promise<() => string> {
    const { timeZone } = await this.deps.settings.get(regionalGroup);
    return () => shopDay(this.deps.clock.now(), timeZone);
  }

  private async write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const result = await this.deps.database.transaction(async (tx) => {
      const done = await work(tx);
      await announceCatalogChange(tx);
      return done;
    });
    this.deps.outbox.notifyRelay();
    return result;
  }
}

const lastDay = (today: string): string => `${Number(today.slice(0, 4)) + 10}${today.slice(4)}`;
