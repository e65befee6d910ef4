import type { Language } from '../../kernel/languages.js';
import type { StoredAddress } from '../identity/index.js';
import { deliveryRate, type OrderEntity, type OrderLineEntity, type StoredTaxLine } from '../orders/index.js';
import type { PaymentMethod } from '../payments/index.js';
import { splitTax, type NetGross } from '../pricing/index.js';

/** Who sells, from the settings of the day. */
export interface Seller {
  readonly name: string;
  /** Lines of an address. */
  readonly address: readonly string[];
  readonly taxId: string;
}

/** GOODS and SHIPPING have names of their own; the others are named in the words of the document. */
export type InvoiceLineKind = 'GOODS' | 'SHIPPING' | 'REFUND' | 'DIFFERENCE';

/** Amounts of a credit note are what is credited, without a sign; a line of an edit may be negative. */
export interface InvoiceLine {
  readonly kind: InvoiceLineKind;
  readonly name: string;
  readonly variant: string;
  readonly sku: string;
  readonly quantity: number;
  readonly basisPoints: number;
  readonly discount: number;
  readonly net: number;
  readonly gross: number;
}

/** The goods and the delivery as they were when the document was issued; the next edit is told as the difference. */
export type OrderStand = readonly InvoiceLine[];

/** Everything that stands on a document, as it was on the day: a later change of shop or order never touches it. */
export interface InvoiceContent {
  readonly language: Language;
  readonly orderNumber: string;
  readonly orderedAt: string;
  readonly seller: Seller;
  readonly buyer: StoredAddress & { readonly email: string };
  readonly lines: readonly InvoiceLine[];
  readonly taxes: readonly StoredTaxLine[];
  readonly total: NetGross;
  readonly paymentMethod: PaymentMethod;
  /** The document that this one corrects, by its printed number. */
  readonly corrects: string | null;
  readonly stand: OrderStand;
}

export interface InvoicedOrder {
  readonly order: OrderEntity;
  readonly lines: readonly OrderLineEntity[];
  readonly seller: Seller;
}

/** What a refund says about its lines, where somebody decided by line. */
export interface RefundedLine {
  readonly orderLineId: string;
  readonly quantity: number;
  readonly amount: number;
}

/** The invoice of the whole order. */
export function orderContent(invoiced: InvoicedOrder): InvoiceContent {
  const { order } = invoiced;
  const stand = standOf(invoiced);
  return {
    ...head(invoiced),
    lines: stand,
    taxes: order.taxLines,
    total: { net: order.totalNet, gross: order.totalGross },
    corrects: null,
    stand,
  };
}

/**
 * A document for an amount that an order changed by: told line by line where the lines explain it to the last unit,
 * else as one sum, spread over the order's tax rates. `before` is null when there is nothing to compare with.
 */
export function changeContent(
  invoiced: InvoicedOrder,
  change: {
    amount: number;
    sign: 1 | -1;
    corrects: string | null;
    before: OrderStand | null;
    refunded?: readonly RefundedLine[];
    shippingAmount?: number;
  },
): InvoiceContent {
  const stand = standOf(invoiced);
  const candidates = [
    refundLines(invoiced, change.refunded ?? [], change.shippingAmount ?? 0),
    change.before ? difference(change.before, stand, change.sign) : [],
  ];
  const lines =
    candidates.find((list) => list.length > 0 && grossOf(list) === change.amount) ??
    plainLines(invoiced.order, change.amount, change.sign === 1 ? 'DIFFERENCE' : 'REFUND');
  return { ...head(invoiced), ...sums(lines, invoiced.order), lines, corrects: change.corrects, stand };
}

function head({ order, seller }: InvoicedOrder) {
  return {
    language: order.language,
    orderNumber: order.number,
    orderedAt: order.createdAt.toISOString(),
    seller,
    buyer: { ...order.billingAddress, email: order.email },
    paymentMethod: order.paymentMethod,
  };
}

function standOf({ order, lines }: InvoicedOrder): InvoiceLine[] {
  const goods = lines.map((line): InvoiceLine => ({
    kind: 'GOODS',
    name: line.productName,
    variant: line.variantName,
    sku: line.sku,
    quantity: line.quantity,
    basisPoints: line.taxBasisPoints,
    discount: line.discount,
    net: line.totalNet,
    gross: line.totalGross,
  }));
  if (order.shippingGross === 0) return goods;
  return [...goods, deliveryLine(order, { net: order.shippingNet, gross: order.shippingGross })];
}

function deliveryLine(order: OrderEntity, amount: NetGross): InvoiceLine {
  return {
    ...{ kind: 'SHIPPING', name: order.shippingMethodName, variant: '', sku: '', quantity: 1, discount: 0 },
    basisPoints: deliveryRate(order),
    ...amount,
  };
}

function refundLines(
  { order, lines }: InvoicedOrder,
  refunded: readonly RefundedLine[],
  shipping: number,
): InvoiceLine[] {
  const goods = refunded.flatMap(({ orderLineId, quantity, amount }): InvoiceLine[] => {
    const line = lines.find(({ id }) => id === orderLineId);
    if (!line || amount === 0) return [];
    const { productName: name, variantName: variant, sku, taxBasisPoints: basisPoints } = line;
    return [
      {
        ...{ kind: 'GOODS', name, variant, sku, quantity, basisPoints, discount: 0 },
        ...splitTax(amount, basisPoints),
      },
    ];
  });
  if (shipping === 0) return goods;
  return [...goods, deliveryLine(order, splitTax(shipping, deliveryRate(order)))];
}

/** What became more (sign 1) or less (sign -1), by SKU; what moved the other way is a line with the other sign. */
function difference(before: OrderStand, after: OrderStand, sign: 1 | -1): InvoiceLine[] {
  const keyOf = (line: InvoiceLine): string => `${line.kind}:${line.sku}:${line.basisPoints}`;
  const [from, to] = [bySum(before, keyOf), bySum(after, keyOf)];
  return [...new Set([...to.keys(), ...from.keys()])].flatMap((key): InvoiceLine[] => {
    const [was, is] = [from.get(key), to.get(key)];
    const line = is ?? was;
    const gross = sign * ((is?.gross ?? 0) - (was?.gross ?? 0));
    if (!line || gross === 0) return [];
    return [
      {
        ...line,
        quantity: Math.abs((is?.quantity ?? 0) - (was?.quantity ?? 0)) || 1,
        discount: 0,
        net: sign * ((is?.net ?? 0) - (was?.net ?? 0)),
        gross,
      },
    ];
  });
}

function bySum(lines: OrderStand, keyOf: (line: InvoiceLine) => string): Map<string, InvoiceLine> {
  const sumsByKey = new Map<string, InvoiceLine>();
  for (const line of lines) {
    const known = sumsByKey.get(keyOf(line));
    sumsByKey.set(
      keyOf(line),
      known
        ? {
            ...known,
            quantity: known.quantity + line.quantity,
            net: known.net + line.net,
            gross: known.gross + line.gross,
          }
        : line,
    );
  }
  return sumsByKey;
}

/** One line for each tax rate of the order, in proportion; the last takes what rounding leaves. */
function plainLines(order: OrderEntity, amount: number, kind: InvoiceLineKind): InvoiceLine[] {
  const rates = order.taxLines.filter(({ net, tax }) => net + tax > 0);
  const whole = rates.reduce((sum, { net, tax }) => sum + net + tax, 0);
  let left = amount;
  const shares = rates.map(({ basisPoints, net, tax }, i) => {
    const share =
      i === rates.length - 1 ? left : Number((BigInt(amount) * BigInt(net + tax)) / BigInt(whole));
    left -= share;
    return { basisPoints, gross: share };
  });
  return (shares.length > 0 ? shares : [{ basisPoints: 0, gross: amount }])
    .filter(({ gross }) => gross !== 0)
    .map(({ basisPoints, gross }) => ({
      ...{ kind, name: '', variant: '', sku: '', quantity: 1, basisPoints, discount: 0 },
      ...splitTax(gross, basisPoints),
    }));
}

function sums(
  lines: readonly InvoiceLine[],
  order: OrderEntity,
): { taxes: StoredTaxLine[]; total: NetGross } {
  const taxes = new Map<number, StoredTaxLine>();
  for (const { basisPoints, net, gross } of lines) {
    const known = taxes.get(basisPoints);
    const name = order.taxLines.find((tax) => tax.basisPoints === basisPoints)?.name ?? 'TVA';
    taxes.set(basisPoints, {
      name,
      basisPoints,
      net: (known?.net ?? 0) + net,
      tax: (known?.tax ?? 0) + gross - net,
    });
  }
  return {
    taxes: [...taxes.values()].sort((a, b) => a.basisPoints - b.basisPoints),
    total: { net: lines.reduce((sum, { net }) => sum + net, 0), gross: grossOf(lines) },
  };
}

function grossOf(lines: readonly InvoiceLine[]): number {
  return lines.reduce((sum, { gross }) => sum + gross, 0);
}
