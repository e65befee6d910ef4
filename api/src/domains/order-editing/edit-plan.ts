import { DomainError, InvalidInputError } from '../../kernel/errors.js';
import type { Language } from '../../kernel/languages.js';
import {
  deliveryRate,
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
  toItem,
  type PurchasableVariants,
  type Requested,
} from './price-draft.js';

/*
 * The rules of an edit: pure, so that what is previewed is what is done, and what is proposed can be applied later.
 *
 * A line that stays keeps its price of the day, its share of the discount and its rate, whatever happens to the others.
 * Units that are taken off leave at their worth, and so take their share of the discount with them; units that are added
 * cost their full price: that of the day on a line that is there, today's on a new one. Nothing is spread anew and no
 * threshold is tested again: the delivery costs what was agreed, so what was delivered free stays free when the goods
 * become fewer, and what was charged for stays charged when they become more (the law of prices, section 5, rule 4).
 *
 * In an exchange the credit for what came back is kept as a discount, but it is money: it pays for whatever is left, and
 * what the goods use up no longer goes back to the buyer (section 5, rule 5).
 *
 * A line may be touched while nothing of it was shipped, given up, paid back or exchanged; in an exchange, while nothing
 * of the order was.
 */

/** A line of the order as it is. */
export interface EditableLine extends OrderLineEntity {
  /** Units that were paid back or exchanged. */
  readonly settledQuantity: number;
}

/** A line as it shall be. */
export type PlannedLine = NewOrderLine & { readonly quantityBefore: number };

/** Units of a variant that an edit takes from the shelf, or takes off the order. */
export interface Units {
  readonly variantId: string;
  readonly productId: string;
  readonly quantity: number;
}

/** The whole of an edit: kept with it, and applied word for word. */
export interface EditPlan extends OrderTotals {
  readonly lines: readonly PlannedLine[];
  readonly removed: readonly { variantId: string; productName: string; quantity: number }[];
  readonly added: readonly Units[];
  readonly takenOff: readonly Units[];
  readonly totalBefore: number;
  /** Whether what is taken off goes back on the shelf. */
  readonly restock: boolean;
  /**
   * What the goods no longer use up of an exchange's credit, minor units: goes back beside the difference. Left out of
   * plans that were kept before it was known.
   */
  readonly creditLeft?: number;
}

export interface EditTerms {
  readonly reference: Reference;
  readonly purchasableVariants: PurchasableVariants;
  /** For names that are not translated. */
  readonly fallback: Language;
  readonly restock: boolean;
  /** Money of another order that pays for this one's goods now, minor units; 0 unless it is an exchange. */
  readonly credit: number;
}

/** A wish, with the line it is about (null for a new one) and what it costs. */
interface Entry {
  readonly requested: Requested;
  readonly line: EditableLine | null;
  readonly item: QuoteItem;
}

/**
 * @throws InvalidInputError | NotFoundError  for the lines that are wished for
 * @throws DomainError LINE_NOT_EDITABLE           a line was shipped, given up, paid back or exchanged already
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

/** What goes back to the buyer when the plan is applied, minor units. */
export function refundOf({ total, totalBefore, creditLeft = 0 }: EditPlan): number {
  return Math.max(0, totalBefore - total.gross) + creditLeft;
}

/** Whether a plan that was made earlier still fits the order: the same lines, and none of those it touches settled since. */
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
  // The credit of an exchange pays for every line.
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
    const countryCode = order.shippingAddress.countryCode;
    return { requested, line, item: toItem(purchasable, requested.quantity, { reference, countryCode }) };
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
  const { shippingNet: net, shippingGross: gross } = order;
  const delivery = gross === 0 ? null : { net, gross, taxBasisPoints: deliveryRate(order) };
  return { price: addUp(entries.map(priceEntry), delivery), taxNames };
}

/** The credit is spread over what is wanted now; what goes out in exchange is delivered free. */
function priceExchange({ discount }: OrderEntity, entries: readonly Entry[]): CartPrice {
  const items = entries.map(({ item: { tax, ...item } }) => ({
    ...item,
    taxBasisPoints: tax.rateBasisPoints,
  }));
  return priceCart(items, null, discount);
}

/**
 * What a line costs after the edit. Units that leave take no more of the discount than the line has: of a line whose
 * worth does not divide evenly the last one would cost more than its price otherwise.
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

/** A line whose quantity changes has nothing that was paid back or exchanged. */
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
