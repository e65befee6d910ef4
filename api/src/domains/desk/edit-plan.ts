import { DomainError, InvalidInputError } from '../../kernel/errors.js';
import type { Language } from '../../kernel/languages.js';
import {
  OrderSource,
  priceAt,
  toOrderLine,
  toTotals,
  type NewOrderLine,
  type OrderEntity,
  type OrderLineEntity,
  type OrderTotals,
} from '../orders/index.js';
import {
  priceCart,
  quote,
  taxRateFor,
  type CartPrice,
  type PricedLine,
  type Quote,
  type QuoteItem,
  type Reference,
} from '../pricing/index.js';
import { assertWishes, findSellable, toItem, type Sellables, type Wish } from './price-draft.js';

/*
 * The rules of an edit: pure, so that what is previewed is what is done, and what is proposed can be applied later.
 *
 * A line that stays keeps its price of the day, whatever its quantity; a new one gets today's. The order's discount is
 * spread anew over the goods, and the delivery is quoted anew by the method that was chosen. A line may be touched while
 * nothing of it was shipped, given up, paid back or exchanged; with a discount, while nothing of the order was.
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
}

export interface EditTerms {
  readonly reference: Reference;
  readonly sellables: Sellables;
  /** For names that are not translated. */
  readonly fallback: Language;
  readonly restock: boolean;
}

/** A wish, with the line it is about (null for a new one) and what it costs. */
interface Entry {
  readonly wish: Wish;
  readonly line: EditableLine | null;
  readonly item: QuoteItem;
}

/**
 * @throws InvalidInputError | NotFoundError  for the lines that are wished for
 * @throws DomainError LINE_SETTLED           a line was shipped, given up, paid back or exchanged already
 */
export function planEdit(
  order: OrderEntity,
  lines: readonly EditableLine[],
  wishes: readonly Wish[],
  terms: EditTerms,
): EditPlan {
  assertWishes(wishes);
  assertChangeable(order, lines, wishes);
  const entries = wishes.map((wish, i) => toEntry(order, lines, { wish, i }, terms));
  const { price, taxNames } = priceEdit(order, entries, terms.reference);
  const planned = entries.map((entry, i) =>
    toPlannedLine(order, entry, { total: priceAt(price, i), i }, terms),
  );
  const removed = lines.filter((line) => wantedOf(wishes, line) === 0);
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
  };
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

function assertChangeable(order: OrderEntity, lines: readonly EditableLine[], wishes: readonly Wish[]): void {
  const touched = lines.filter((line) => wantedOf(wishes, line) !== line.quantity);
  const isNew = wishes.some(({ variantId }) => !lines.some((line) => line.variantId === variantId));
  if (touched.length === 0 && !isNew) throw new InvalidInputError('Nothing would change.', ['lines']);
  // Spreading a discount anew changes what every line costs.
  const settled = (order.discount > 0 ? lines : touched).find(isSettled);
  const shipped = touched.find(({ fulfilled }) => fulfilled > 0);
  const blocked = shipped ?? settled;
  if (!blocked) return;
  throw new DomainError(
    'LINE_SETTLED',
    `${blocked.productName}: shipped, given up or paid back already; it cannot be changed any more.`,
    ['lines'],
  );
}

function isSettled({ cancelled, settledQuantity }: EditableLine): boolean {
  return cancelled > 0 || settledQuantity > 0;
}

function wantedOf(wishes: readonly Wish[], { variantId }: EditableLine): number {
  return wishes.find((wish) => wish.variantId === variantId)?.quantity ?? 0;
}

function toEntry(
  order: OrderEntity,
  lines: readonly EditableLine[],
  { wish, i }: { wish: Wish; i: number },
  { reference, sellables }: EditTerms,
): Entry {
  const line = lines.find(({ variantId }) => variantId === wish.variantId) ?? null;
  if (!line) {
    const sellable = findSellable(sellables, wish.variantId, ['lines', String(i)]);
    const countryCode = order.shippingAddress.countryCode;
    return { wish, line, item: toItem(sellable, wish.quantity, { reference, countryCode }) };
  }
  const { unitPrice, taxBasisPoints: rateBasisPoints } = line;
  const name = order.taxLines.find(({ basisPoints }) => basisPoints === rateBasisPoints)?.name ?? '';
  return { wish, line, item: { unitPrice, quantity: wish.quantity, tax: { name, rateBasisPoints } } };
}

function priceEdit(
  order: OrderEntity,
  entries: readonly Entry[],
  reference: Reference,
): Pick<Quote, 'price' | 'taxNames'> {
  const { currency, discount, shippingMethodId } = order;
  const { countryCode } = order.shippingAddress;
  const items = entries.map(({ item }) => item);
  const quoted = quote(items, { reference, countryCode, shippingMethodId, currency, discount });
  // What goes out in exchange is delivered free.
  if (order.source === OrderSource.EXCHANGE) return { ...quoted, price: withDelivery(items, 0, discount, 0) };
  if (quoted.shipping) return quoted;
  // The method is gone: the delivery costs what was agreed.
  const rate = taxRateFor(reference, countryCode, 'standard');
  return {
    price: withDelivery(items, order.shippingGross, discount, rate.rateBasisPoints),
    taxNames: new Map([...quoted.taxNames, [rate.rateBasisPoints, rate.name]]),
  };
}

function withDelivery(
  items: readonly QuoteItem[],
  price: number,
  discount: number,
  taxBasisPoints: number,
): CartPrice {
  const priced = items.map(({ tax, ...item }) => ({ ...item, taxBasisPoints: tax.rateBasisPoints }));
  return priceCart(priced, price === 0 ? null : { price, taxBasisPoints }, discount);
}

function toPlannedLine(
  order: OrderEntity,
  { wish, line, item }: Entry,
  { total, i }: { total: PricedLine; i: number },
  { sellables, fallback }: EditTerms,
): PlannedLine {
  if (!line) {
    const ordered = {
      ...wish,
      ...findSellable(sellables, wish.variantId, ['lines', String(i)]),
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
    quantity: wish.quantity,
    discount: total.discount,
    totalNet: total.net,
    totalGross: total.gross,
    quantityBefore: line.quantity,
  };
}

function units({ variantId, productId }: Omit<Units, 'quantity'>, quantity: number): Units[] {
  return quantity > 0 ? [{ variantId, productId, quantity }] : [];
}
