import { DomainError, InvalidInputError } from '../../kernel/errors.js';
import type { Language } from '../../kernel/languages.js';
import {
  chargesOf,
  deliveryOf,
  OrderSource,
  priceAt,
  toOrderLine,
  toTotals,
  unitsWorth,
  type NewOrderLine,
  type OrderEntity,
  type OrderLineEntity,
  type OrderTotals,
} from '../orders/index.js';
import {
  addUp,
  ownDiscount,
  priceCart,
  splitTax,
  type CartPrice,
  type PricedLine,
  type Quote,
  type QuoteItem,
  type Reference,
  type Taxed,
} from '../pricing/index.js';
import {
  assertRequestedLines,
  findPurchasableVariant,
  taxesOf,
  toItem,
  type PurchasableVariants,
  type Requested,
} from './drafts/price-draft.js';

/*
 * The rules of an edit: pure, so that what is previewed is what is done, and what is proposed can be applied later.
 *
 * A line that stays keeps its price of the day of the sale, its share of the discount and its tax rate, whatever
 * happens to the others. Removed units are valued at their worth, and so take their share of the discount with them;
 * added units cost their full price: that of the day of the sale on an existing line, today's on a new one, whose tax
 * rate is that of the day of the sale too. No
 * discount is spread again and no threshold is tested again: delivery and charges cost what was agreed, so what was
 * delivered free stays free when the order gets smaller, and a delivery that was charged stays charged when it gets
 * larger (pricing rules, section 5, rule 4).
 *
 * In an exchange the credit for the returned goods is stored as a discount, but it is money: it pays for whatever is
 * left, and what the goods no longer use up is refunded to the buyer (section 5, rule 5).
 *
 * A line may be edited while no unit of it was shipped, cancelled, refunded or exchanged; in an exchange, while no
 * unit of the order was.
 */

/** A line of the order before the edit. */
export interface EditableLine extends OrderLineEntity {
  /** Units that were refunded or exchanged. */
  readonly settledQuantity: number;
}

/** A line after the edit. */
export type PlannedLine = NewOrderLine & { readonly quantityBefore: number };

/** Units of a variant that an edit adds to the order, or removes from it. */
export interface Units {
  readonly variantId: string;
  readonly productId: string;
  readonly quantity: number;
}

/** The whole of an edit: stored with it, and applied exactly as stored. */
export interface EditPlan extends OrderTotals {
  readonly lines: readonly PlannedLine[];
  readonly removed: readonly { variantId: string; productName: string; quantity: number }[];
  readonly added: readonly Units[];
  readonly takenOff: readonly Units[];
  readonly totalBefore: number;
  /** Whether removed units are restocked. */
  readonly restock: boolean;
  /**
   * What the goods no longer use up of an exchange's credit, gross, minor units: refunded besides the difference.
   * Left out of plans that were stored before it was known.
   */
  readonly creditLeft?: number;
}

export interface EditTerms {
  readonly reference: Reference;
  readonly purchasableVariants: PurchasableVariants;
  /** The language of names that are not translated. */
  readonly fallback: Language;
  readonly restock: boolean;
  /** Money of another order that pays for this order's goods now, minor units; 0 unless it is an exchange. */
  readonly credit: number;
}

/** A requested line, with the existing line (null for a new one) and its price. */
interface Entry {
  readonly requested: Requested;
  readonly line: EditableLine | null;
  readonly item: QuoteItem;
}

/**
 * @throws InvalidInputError | NotFoundError for the requested lines
 * @throws DomainError LINE_NOT_EDITABLE a line was shipped, cancelled, refunded or exchanged already
 */
export function planEdit(
  order: OrderEntity,
  lines: readonly EditableLine[],
  requestedLines: readonly Requested[],
  terms: EditTerms,
): EditPlan {
  assertRequestedLines(requestedLines);
  assertChangeable(order, lines, requestedLines);
  const entries = requestedLines.map((requested, i) => toEntry(order, lines, { requested, i }, terms));
  const { price, taxNames } = priceEdit(order, entries);
  const planned = entries.map((entry, i) =>
    toPlannedLine(order, entry, { total: priceAt(price, i), i }, terms),
  );
  const removed = lines.filter((line) => wantedOf(requestedLines, line) === 0);
  return {
    ...toTotals(price, taxNames),
    lines: planned,
    removed: removed.map(({ variantId, productName, quantity }) => ({ variantId, productName, quantity })),
    added: planned.flatMap((line) => units(line, line.quantity - line.quantityBefore)),
    takenOff: [
      ...planned.flatMap((line) => units(line, line.quantityBefore - line.quantity)),
      ...removed.flatMap((line) => units(line, line.quantity)),
    ],
    totalBefore: order.totalGross,
    restock: terms.restock,
    creditLeft: Math.max(0, terms.credit - Math.min(terms.credit, price.discount)),
  };
}

/** What is refunded to the buyer when the plan is applied, minor units. */
export function refundOf({ total, totalBefore, creditLeft = 0 }: EditPlan): number {
  return Math.max(0, totalBefore - total.gross) + creditLeft;
}

/**
 * Whether a plan that was made earlier still fits the order: it has the same lines, and none of those that the plan
 * changes was shipped or settled since.
 */
export function stillFits(order: OrderEntity, lines: readonly EditableLine[], plan: EditPlan): boolean {
  const before = [...plan.lines.filter(({ quantityBefore }) => quantityBefore > 0), ...plan.removed];
  const isSame =
    order.totalGross === plan.totalBefore &&
    before.length === lines.length &&
    lines.every(({ variantId, quantity }) => quantityBefore(plan, variantId) === quantity);
  if (!isSame) return false;
  try {
    assertChangeable(order, lines, plan.lines);
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}

function quantityBefore(plan: EditPlan, variantId: string): number {
  const line = plan.lines.find((candidate) => candidate.variantId === variantId);
  return line?.quantityBefore ?? plan.removed.find((gone) => gone.variantId === variantId)?.quantity ?? 0;
}

function assertChangeable(
  order: OrderEntity,
  lines: readonly EditableLine[],
  requestedLines: readonly Requested[],
): void {
  const touched = lines.filter((line) => wantedOf(requestedLines, line) !== line.quantity);
  const isNew = requestedLines.some(({ variantId }) => !lines.some((line) => line.variantId === variantId));
  if (touched.length === 0 && !isNew) throw new InvalidInputError('Nothing would change.', ['lines']);
  // The credit of an exchange pays for every line, so all of them must be editable.
  const settled = (order.source === OrderSource.EXCHANGE ? lines : touched).find(isSettled);
  const shipped = touched.find(({ fulfilled }) => fulfilled > 0);
  const blocked = shipped ?? settled;
  if (!blocked) return;
  throw new DomainError(
    'LINE_NOT_EDITABLE',
    `${blocked.productName}: shipped, given up or paid back already; it cannot be changed any more.`,
    ['lines'],
  );
}

function isSettled({ cancelled, settledQuantity }: EditableLine): boolean {
  return cancelled > 0 || settledQuantity > 0;
}

function wantedOf(requestedLines: readonly Requested[], { variantId }: EditableLine): number {
  return requestedLines.find((requested) => requested.variantId === variantId)?.quantity ?? 0;
}

function toEntry(
  order: OrderEntity,
  lines: readonly EditableLine[],
  { requested, i }: { requested: Requested; i: number },
  { reference, purchasableVariants }: EditTerms,
): Entry {
  const line = lines.find(({ variantId }) => variantId === requested.variantId) ?? null;
  if (!line) {
    const purchasable = findPurchasableVariant(purchasableVariants, requested.variantId, [
      'lines',
      String(i),
    ]);
    return { requested, line, item: toItem(purchasable, requested.quantity, taxesOf(order, reference)) };
  }
  const { unitPrice, taxBasisPoints: rateBasisPoints } = line;
  const name = order.taxLines.find(({ basisPoints }) => basisPoints === rateBasisPoints)?.name ?? {};
  return {
    requested,
    line,
    item: { unitPrice, quantity: requested.quantity, tax: { name, rateBasisPoints } },
  };
}

function priceEdit(order: OrderEntity, entries: readonly Entry[]): Pick<Quote, 'price' | 'taxNames'> {
  const taxNames = new Map([
    ...order.taxLines.map(({ basisPoints, name }) => [basisPoints, name] as const),
    ...entries.map(({ item: { tax } }) => [tax.rateBasisPoints, tax.name] as const),
  ]);
  if (order.source === OrderSource.EXCHANGE) return { price: priceExchange(order, entries), taxNames };
  return { price: addUp(entries.map(priceEntry), deliveryOf(order), chargesOf(order)), taxNames };
}

/** The credit is spread over the requested lines; an exchange is delivered free. */
function priceExchange({ discount }: OrderEntity, entries: readonly Entry[]): CartPrice {
  const items = entries.map(({ item: { tax, ...item } }) => ({
    ...item,
    taxBasisPoints: tax.rateBasisPoints,
  }));
  return priceCart(items, { adjustments: ownDiscount('EXCHANGE_CREDIT', discount) });
}

/**
 * The price of a line after the edit. Removed units take no more of the discount than the line has: otherwise the
 * last unit of a line whose worth does not divide evenly would cost more than its price.
 */
function priceEntry({ line, item: { unitPrice, quantity, tax } }: Entry): Taxed<PricedLine> {
  const taxBasisPoints = tax.rateBasisPoints;
  const plain = unitPrice * quantity;
  if (!line) return { ...splitTax(plain, taxBasisPoints), discount: 0, taxBasisPoints };
  const { totalNet: net, totalGross: gross, discount } = line;
  if (quantity === line.quantity) return { net, gross, discount, taxBasisPoints };
  const left =
    quantity > line.quantity
      ? plain - discount
      : Math.min(plain, gross - unitsWorth({ ...line, ...UNSETTLED }, line.quantity - quantity));
  return { ...splitTax(left, taxBasisPoints), discount: plain - left, taxBasisPoints };
}

/** A line whose quantity changes has no units that were refunded or exchanged. */
const UNSETTLED = { settledQuantity: 0, settledAmount: 0 };

function toPlannedLine(
  order: OrderEntity,
  { requested, line, item }: Entry,
  { total, i }: { total: PricedLine; i: number },
  { purchasableVariants, fallback }: EditTerms,
): PlannedLine {
  if (!line) {
    const ordered = {
      ...requested,
      ...findPurchasableVariant(purchasableVariants, requested.variantId, ['lines', String(i)]),
      unitPrice: item.unitPrice,
      taxBasisPoints: item.tax.rateBasisPoints,
    };
    return { ...toOrderLine(ordered, total, i, { language: order.language, fallback }), quantityBefore: 0 };
  }
  const { id, variantId, productId, productName, productSlug, variantName, sku, image, unitPrice } = line;
  return {
    id,
    variantId,
    productId,
    productName,
    productSlug,
    variantName,
    sku,
    image,
    unitPrice,
    taxBasisPoints: line.taxBasisPoints,
    position: i,
    quantity: requested.quantity,
    discount: total.discount,
    totalNet: total.net,
    totalGross: total.gross,
    quantityBefore: line.quantity,
  };
}

function units({ variantId, productId }: Omit<Units, 'quantity'>, quantity: number): Units[] {
  return quantity > 0 ? [{ variantId, productId, quantity }] : [];
}
