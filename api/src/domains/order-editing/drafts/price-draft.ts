import { InvalidInputError, NotFoundError } from '../../../kernel/errors.js';
import { shopDay } from '../../../kernel/shop-time.js';
import { isSentFree, purchasableUnits, type ProductRow, type VariantRow } from '../../catalog/index.js';
import type { PriceParts } from '../../cart/index.js';
import { priceAt, type OrderEntity } from '../../orders/index.js';
import {
  ownDiscount,
  quote,
  TaxMode,
  taxRateFor,
  type NetGross,
  type OwnAdjustment,
  type Quote,
  type QuoteItem,
  type Reference,
} from '../../pricing/index.js';
import type { Place } from '../../shipping/index.js';

/** The path of the requested lines in an input. */
export type At = readonly string[];

const LINES: At = ['lines'];

/** A requested quantity of a variant. */
export interface Requested {
  readonly variantId: string;
  readonly quantity: number;
}

/** A variant with its product, as in the catalog now. */
export interface PurchasableVariant {
  readonly variant: VariantRow;
  readonly product: ProductRow;
}

export type PurchasableVariants = ReadonlyMap<string, PurchasableVariant>;

export interface DraftLine extends Requested, PurchasableVariant {
  readonly currency: string;
  readonly unitPrice: number;
  readonly taxBasisPoints: number;
  readonly discount: number;
  readonly total: NetGross;
  /** How many are available; null for any number. */
  readonly availableQuantity: number | null;
}

export interface PricedDraft extends Quote {
  readonly currency: string;
  /** A plugin whose parts are missing because it failed; null when none did. */
  readonly failedPlugin: string | null;
  readonly lines: readonly DraftLine[];
}

export interface DraftTerms {
  readonly reference: Reference;
  readonly place: Place;
  readonly shippingMethodId: string | null;
  readonly currency: string;
  readonly discount: number;
  /** What the discount is. */
  readonly reason: OwnAdjustment;
  /** What plugins take off and add; `NO_PARTS` for an exchange, whose goods replace others with their parts. */
  readonly parts: PriceParts;
  /** The path of the lines in the input; `lines` when left out. */
  readonly at?: At;
}

/** Prices the requested lines at today's prices. @throws NotFoundError for a variant that is not for sale */
export function priceDraft(
  requestedLines: readonly Requested[],
  purchasableVariants: PurchasableVariants,
  terms: DraftTerms,
): PricedDraft {
  const found = forSale(requestedLines, purchasableVariants, terms.at);
  const items = found.map((requested) => toItem(requested, requested.quantity, terms));
  const { parts } = terms;
  const adjustments = [...ownDiscount(terms.reason, terms.discount), ...parts.adjustments];
  const quoted = quote(items, { ...terms, adjustments, chargedTaxes: parts.taxes });
  const lines = found.map((requested, i) => {
    const total = priceAt(quoted.price, i);
    return {
      ...requested,
      currency: terms.currency,
      unitPrice: requested.variant.price,
      taxBasisPoints: items[i]?.tax.rateBasisPoints ?? 0,
      discount: total.discount,
      total,
      availableQuantity: availableOf(requested.variant),
    };
  });
  return { ...quoted, currency: terms.currency, failedPlugin: parts.failedPlugin, lines };
}

/** The requested lines with what they are in the catalog. @throws NotFoundError for a variant that is not for sale */
export function forSale(
  requestedLines: readonly Requested[],
  purchasableVariants: PurchasableVariants,
  at: At = LINES,
): (Requested & PurchasableVariant)[] {
  return requestedLines.map(({ variantId, quantity }, i) => ({
    ...{ variantId, quantity },
    ...findPurchasableVariant(purchasableVariants, variantId, [...at, String(i)]),
  }));
}

/** By which rates goods are taxed: those of today unless a day is named. */
interface Taxing {
  readonly reference: Reference;
  readonly place: Pick<Place, 'countryCode'>;
  readonly day?: string;
  readonly taxMode?: TaxMode;
}

/** All of an order is taxed by the rates of the day on which it was made, or not at all, whatever holds by now. */
export function taxesOf({ createdAt, shippingAddress, taxMode }: OrderEntity, reference: Reference): Taxing {
  return { reference, place: shippingAddress, day: shopDay(createdAt, reference.timeZone), taxMode };
}

/** The price of a variant today, with the tax of the delivery country. */
export function toItem(
  { variant, product }: PurchasableVariant,
  quantity: number,
  { reference, place, day, taxMode }: Taxing,
): QuoteItem {
  const rate = taxRateFor(reference, place.countryCode, product.taxClass, day);
  const tax = taxMode === TaxMode.NOT_REGISTERED ? { ...rate, rateBasisPoints: 0 } : rate;
  const { price: unitPrice, weightGrams } = variant;
  return { unitPrice, quantity, tax, weightGrams, isSentFree: isSentFree(product) };
}

/** @throws NotFoundError, with the path of its line, for a variant that is not for sale (any more) */
export function findPurchasableVariant(
  purchasableVariants: PurchasableVariants,
  variantId: string,
  at: At,
): PurchasableVariant {
  const purchasable = purchasableVariants.get(variantId);
  if (purchasable?.variant.deletedAt !== null || purchasable.product.status !== 'ACTIVE') {
    throw new NotFoundError('variant for sale', [...at, 'variantId']);
  }
  return purchasable;
}

/** @throws InvalidInputError when there is no line, a variant is named twice, or a quantity is invalid */
export function assertRequestedLines(requestedLines: readonly Requested[], at: At = LINES): void {
  if (requestedLines.length === 0) throw new InvalidInputError('At least one line.', at);
  const seen = new Set<string>();
  for (const [i, { variantId, quantity }] of requestedLines.entries()) {
    const refuse = (message: string, field: string): InvalidInputError =>
      new InvalidInputError(message, [...at, String(i), field]);
    if (seen.has(variantId)) throw refuse('Each variant may stand once.', 'variantId');
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > 999)
      throw refuse('A quantity is a whole number from 1 to 999.', 'quantity');
    seen.add(variantId);
  }
}

function availableOf(variant: VariantRow): number | null {
  const units = purchasableUnits(variant);
  return units === Infinity ? null : units;
}
