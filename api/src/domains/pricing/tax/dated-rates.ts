import type { LocalizedText } from '../../../kernel/languages.js';
import { holdsOn, nextChange, type Dated, shopDay, shopDayStart } from '../../../kernel/shop-time.js';
import { chargesTax, type TaxRegistration } from '../../store/index.js';
import { TaxMode } from './tax-mode.js';

export interface TaxRate {
  readonly countryCode: string;
  /** The code of the tax class. */
  readonly taxClass: string;
  /** Without the rate: "VAT". */
  readonly name: LocalizedText;
  readonly rateBasisPoints: number;
}

/** A rate with the days on which it holds. */
export interface DatedRate extends TaxRate, Dated {
  /** When it was stored, in milliseconds since 1970: it may have begun on a day that was not over then. */
  readonly addedAt: number;
}

/** Rates as they are on one day. */
export interface RatesOfDay {
  /** The day in the shop's time zone, YYYY-MM-DD. */
  readonly day: string;
  readonly taxMode: TaxMode;
  /** Those that hold on it; none where no tax is charged. */
  readonly taxRates: readonly DatedRate[];
  /** The moment at which another rate begins, one ends, or the seller begins or ceases to charge tax; null when nothing is planned. */
  readonly endsAt: Date | null;
  /** The moment at which they last changed; null when they never did. */
  readonly taxesSince: Date | null;
}

interface Known {
  readonly datedRates: readonly DatedRate[];
  readonly timeZone: string;
  readonly registration: Pick<TaxRegistration, 'payer' | 'payerSince'>;
}

/** Which rates hold at a moment, and from when until when that is so; none for a seller who charges no tax. */
export function ratesAt(now: Date, { datedRates, timeZone, registration }: Known): RatesOfDay {
  const day = shopDay(now, timeZone);
  const isTaxed = chargesTax(registration, day);
  const next = nextChange([...datedRates, { from: registration.payerSince, until: null }], day);
  const begun = datedRates
    .flatMap(({ from, until }) => [from, until])
    .filter((at) => at !== null && at <= day);
  const last = (begun as string[]).sort().at(-1);
  const stored = datedRates.flatMap(({ from, addedAt }) => (from !== null && from === last ? [addedAt] : []));
  return {
    day,
    taxMode: isTaxed ? TaxMode.TAXED : TaxMode.NOT_REGISTERED,
    taxRates: isTaxed ? datedRates.filter((rate) => holdsOn(rate, day)) : [],
    endsAt: next === null ? null : shopDayStart(next, timeZone),
    taxesSince:
      last === undefined ? null : new Date(Math.max(shopDayStart(last, timeZone).getTime(), ...stored)),
  };
}
