import { localized, type Language, type LocalizedText } from '../../kernel/languages.js';
import { issuedWords, type IssuedWords } from '../../platform/messages.js';
import type { StoredAddress } from '../identity/index.js';
import {
  chargesOf,
  deliveryOf,
  type OrderEntity,
  type OrderLineEntity,
  type RefundedCharge,
  type RefundedRate,
  type StoredTaxLine,
} from '../orders/index.js';
import type { PaymentMethod } from '../payments/index.js';
import type { BrandImage, Seller } from '../store/index.js';
import { TaxMode, type NetGross } from '../pricing/index.js';
import type { InvoiceLine } from './invoice-line.js';
import { isCovered, creditableOf, lineKey } from './creditable-amounts.js';
import { plainLines, plainCredit } from './lines-of-an-amount.js';

/** The seller as the settings were when the document was issued; older documents say nothing of a trade register. */
export type DocumentSeller = Omit<Seller, 'registrationNumber'> & Partial<Pick<Seller, 'registrationNumber'>>;

/** The look of the shop when the document was issued. */
export interface DocumentBrand {
  /** Of the seller's name, `#rrggbb`. */
  readonly color: string;
  /** Stands for that name at the head; null where it is written. */
  readonly logo: BrandImage | null;
}

/** The goods and the delivery when the document was issued; the next edit is stated as the difference. */
export type InvoiceLines = readonly InvoiceLine[];

/** The content of a document when it was issued: later changes of shop or order never change it. */
export interface InvoiceContent {
  readonly language: Language;
  readonly orderNumber: string;
  readonly orderedAt: string;
  /** In which it tells its days; older documents say nothing of it. */
  readonly timeZone?: string;
  /** Its words; without it those of the program in its language. */
  readonly words?: IssuedWords;
  readonly seller: DocumentSeller;
  /** Older documents say nothing of it. */
  readonly brand?: DocumentBrand;
  readonly buyer: StoredAddress & { readonly email: string };
  readonly lines: readonly InvoiceLine[];
  readonly taxes: readonly StoredTaxLine[];
  /**
   * By which law no tax was charged; only on documents of orders without tax. It may be empty where staff wrote nothing and
   * the law of the home country is not known.
   */
  readonly untaxed?: string;
  readonly total: NetGross;
  /** Null where accounts of the shop paid all, or nothing was to be paid. */
  readonly paymentMethod: PaymentMethod | null;
  /** The printed number of the document that this one corrects; null when there is none. */
  readonly corrects: string | null;
  /** The order's lines as this document leaves them. Stored documents have this key. */
  readonly stand: InvoiceLines;
}

export interface InvoicedOrder {
  readonly order: OrderEntity;
  readonly lines: readonly OrderLineEntity[];
  readonly seller: DocumentSeller;
  readonly brand?: DocumentBrand;
  /** The time zone of the shop as it is when the document is issued. */
  readonly timeZone: string;
  /** What documents of orders without tax say, by language. */
  readonly mention?: LocalizedText;
}

/** The lines, the delivery and the charges of a refund, where staff decided by line. */
export interface RefundedLine {
  readonly orderLineId: string;
  readonly quantity: number;
  readonly amount: number;
  readonly tax: number;
}
export interface RefundedParts {
  readonly lines: readonly RefundedLine[];
  readonly shippingRates: readonly RefundedRate[];
  readonly charges: readonly RefundedCharge[];
}

/** A document of the order that was issued before; lists are in the order of their numbers. */
export interface IssuedDocument {
  readonly kind: 'INVOICE' | 'CREDIT_NOTE';
  readonly content: Pick<InvoiceContent, 'lines' | 'stand'>;
}

/** An amount that an order changed by, with what explains it. */
export interface Change {
  readonly amount: number;
  /** More (1) or less (-1) than before. */
  readonly sign: 1 | -1;
  readonly corrects: string | null;
  readonly issued: readonly IssuedDocument[];
  readonly refunded?: RefundedParts;
}

/** The content of the invoice of the whole order. */
export function orderContent(invoiced: InvoicedOrder): InvoiceContent {
  const { order } = invoiced;
  const invoiceLines = invoiceLinesOf(invoiced);
  return {
    ...head(invoiced),
    lines: invoiceLines,
    taxes: order.taxLines,
    total: { net: order.totalNet, gross: order.totalGross },
    corrects: null,
    stand: invoiceLines,
  };
}

/**
 * A document for an amount that an order changed by: stated line by line where the lines add up to exactly this
 * amount, else as one sum, spread over the tax rates. No document takes more of a line or of a rate than the
 * documents before it left there, neither money nor tax: where the lines would, the amount is stated as one sum.
 */
export function changeContent(invoiced: InvoicedOrder, change: Change): InvoiceContent {
  const { order } = invoiced;
  const { amount, sign, issued, refunded, corrects } = change;
  const invoiceLines = invoiceLinesOf(invoiced);
  const before = issued.at(-1)?.content.stand ?? null;
  const candidates = [
    refunded ? refundLines(invoiced, refunded) : [],
    before ? difference(before, invoiceLines, sign) : [],
  ];
  const left = creditableOf(issued);
  const lines =
    candidates.find((list) => list.length > 0 && grossOf(list) === amount && isCovered(list, left, sign)) ??
    (sign === 1 ? plainLines(order, amount) : plainCredit(left.byRate, amount));
  return { ...head(invoiced), ...sums(lines, order), lines, corrects, stand: invoiceLines };
}

function head({ order, seller, brand, timeZone, mention = {} }: InvoicedOrder) {
  const untaxed = localized(mention, order.language, order.language) ?? '';
  const words = issuedWords('documents', order.language);
  return {
    ...(order.taxMode === TaxMode.NOT_REGISTERED && { untaxed }),
    language: order.language,
    orderNumber: order.number,
    orderedAt: order.createdAt.toISOString(),
    timeZone,
    seller,
    ...(brand && { brand }),
    ...(words && { words }),
    buyer: { ...order.billingAddress, email: order.email },
    paymentMethod: order.totalGross > order.tendered ? order.paymentMethod : null,
  };
}

function invoiceLinesOf({ order, lines }: InvoicedOrder): InvoiceLine[] {
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
  const delivery = (deliveryOf(order)?.rates ?? []).map(({ basisPoints, net, amount: gross }) =>
    deliveryLine(order, basisPoints, { net, gross }),
  );
  const charges = chargesOf(order).flatMap(({ code, name, rates }) =>
    rates.map(({ basisPoints, net, amount: gross }) =>
      chargeLine(order, { code, name, basisPoints }, { net, gross }),
    ),
  );
  return [...goods, ...delivery, ...charges];
}

function chargeLine(
  { language }: OrderEntity,
  { code, name, basisPoints }: Pick<RefundedCharge, 'code' | 'name' | 'basisPoints'>,
  amount: NetGross,
): InvoiceLine {
  return {
    ...{ kind: 'CHARGE', name: localized(name, language, language) ?? code, variant: '', sku: code },
    ...{ quantity: 1, discount: 0, basisPoints },
    ...amount,
  };
}

function deliveryLine(order: OrderEntity, basisPoints: number, amount: NetGross): InvoiceLine {
  return {
    ...{ kind: 'SHIPPING', name: order.shippingMethodName, variant: '', sku: '', quantity: 1, discount: 0 },
    basisPoints,
    ...amount,
  };
}

/** The tax of each part is the one that the refund stored: split again, it would differ by a unit with every part. */
function refundLines(
  { order, lines }: InvoicedOrder,
  { lines: refunded, shippingRates, charges }: RefundedParts,
): InvoiceLine[] {
  const goods = refunded.flatMap(({ orderLineId, quantity, amount, tax }): InvoiceLine[] => {
    const line = lines.find(({ id }) => id === orderLineId);
    if (!line || amount === 0) return [];
    const { productName: name, variantName: variant, sku, taxBasisPoints: basisPoints } = line;
    const money = { net: amount - tax, gross: amount };
    return [{ ...{ kind: 'GOODS', name, variant, sku, quantity, basisPoints, discount: 0 }, ...money }];
  });
  return [
    ...goods,
    ...shippingRates.map(({ basisPoints, amount, tax }) =>
      deliveryLine(order, basisPoints, { net: amount - tax, gross: amount }),
    ),
    ...charges.map((charge) =>
      chargeLine(order, charge, { net: charge.amount - charge.tax, gross: charge.amount }),
    ),
  ];
}

/**
 * What increased (sign 1) or decreased (sign -1), by SKU; a change in the other direction is a line with the other
 * sign.
 */
function difference(before: InvoiceLines, after: InvoiceLines, sign: 1 | -1): InvoiceLine[] {
  const [from, to] = [bySum(before), bySum(after)];
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

function bySum(lines: InvoiceLines): Map<string, InvoiceLine> {
  const sumsByKey = new Map<string, InvoiceLine>();
  for (const line of lines) {
    const known = sumsByKey.get(lineKey(line));
    const { quantity = 0, net = 0, gross = 0 } = known ?? {};
    sumsByKey.set(lineKey(line), {
      ...(known ?? line),
      quantity: quantity + line.quantity,
      net: net + line.net,
      gross: gross + line.gross,
    });
  }
  return sumsByKey;
}

function sums(
  lines: readonly InvoiceLine[],
  order: OrderEntity,
): { taxes: StoredTaxLine[]; total: NetGross } {
  const taxes = new Map<number, StoredTaxLine>();
  for (const { basisPoints, net, gross } of lines) {
    const known = taxes.get(basisPoints);
    const name = order.taxLines.find((tax) => tax.basisPoints === basisPoints)?.name ?? {};
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
