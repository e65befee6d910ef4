import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PaymentMethod } from '../payments/index.js';
import { splitTax } from '../pricing/index.js';
import { deliveryTax } from '../pricing/charge-tax.js';
import type { OrderEntity, OrderLineEntity } from '../orders/index.js';
import {
  changeContent,
  orderContent,
  type InvoiceContent,
  type InvoicedOrder,
  type RefundedLine,
  type IssuedDocument,
} from './invoice-content.js';
import { creditableOf } from './creditable-amounts.js';

const RATES = [0, 900, 1100, 2100];

/** A double is drawn by its bits: nearly all are next to nothing. */
const anyPart = fc.integer({ min: 0, max: 1_000 }).map((thousandths) => thousandths / 1_000);

/** An order whose figures follow from its lines, as the shop makes them. */
const anyOrder = fc
  .record({
    lines: fc.array(
      fc.record({
        price: fc.integer({ min: 1, max: 500_000 }),
        quantity: fc.integer({ min: 1, max: 9 }),
        rate: fc.constantFrom(...RATES),
      }),
      { minLength: 1, maxLength: 6 },
    ),
    shipping: fc.constantFrom(0, 1990, 3501),
  })
  .map(({ lines, shipping }): InvoicedOrder => {
    const rows = lines.map(({ price, quantity, rate }, i) => {
      const { net, gross } = splitTax(price * quantity, rate);
      const names = { productName: `Cană ${i}`, variantName: 'Verde', sku: `C${i}` };
      const figures = {
        unitPrice: price,
        discount: 0,
        taxBasisPoints: rate,
        totalNet: net,
        totalGross: gross,
      };
      return { id: `line-${i}`, quantity, ...names, ...figures } as OrderLineEntity;
    });
    const ofLines = rows.map((row) => ({ gross: row.totalGross, taxBasisPoints: row.taxBasisPoints }));
    const delivery = deliveryTax({ price: shipping, taxBasisPoints: 2100 }, ofLines);
    const taxed = [
      ...rows.map((row) => [row.taxBasisPoints, row.totalNet, row.totalGross] as const),
      ...delivery.rates.map(({ basisPoints, net, amount }) => [basisPoints, net, amount] as const),
    ];
    const taxLines = RATES.flatMap((basisPoints) => {
      const own = taxed.filter(([rate]) => rate === basisPoints);
      const net = own.reduce((sum, [, amount]) => sum + amount, 0);
      const gross = own.reduce((sum, [, , amount]) => sum + amount, 0);
      return own.length > 0 ? [{ name: { ro: 'TVA' }, basisPoints, net, tax: gross - net }] : [];
    });
    const total = taxed.reduce((sum, [, net, gross]) => ({ net: sum.net + net, gross: sum.gross + gross }), {
      net: 0,
      gross: 0,
    });
    const order = {
      ...{ number: '1001', language: 'ro', email: 'a@example.test', currency: 'RON' },
      ...{
        shippingNet: delivery.net,
        shippingGross: shipping,
        shippingRates: delivery.rates,
        shippingMethodName: 'Curier',
        adjustments: [],
      },
      ...{ totalNet: total.net, totalGross: total.gross, taxLines, createdAt: new Date(0) },
      ...{ billingAddress: {}, paymentMethod: PaymentMethod.CARD },
    } as unknown as OrderEntity;
    return { order, lines: rows, seller: { name: 'Lut', address: [], taxId: 'RO1' }, timeZone: 'UTC' };
  });

function orderOf(goods: readonly { sku: string; gross: number; rate: number }[]): InvoicedOrder {
  const lines = goods.map(({ sku, gross, rate }) => ({
    ...{ id: sku, sku, productName: sku, variantName: '', quantity: 1, unitPrice: gross, discount: 0 },
    ...{ taxBasisPoints: rate, totalNet: splitTax(gross, rate).net, totalGross: gross },
  })) as OrderLineEntity[];
  const taxLines = RATES.flatMap((basisPoints) => {
    const own = lines.filter(({ taxBasisPoints }) => taxBasisPoints === basisPoints);
    const [net, gross] = [own.map((l) => l.totalNet), own.map((l) => l.totalGross)].map((amounts) =>
      amounts.reduce((sum, amount) => sum + amount, 0),
    ) as [number, number];
    return own.length > 0 ? [{ name: { ro: 'TVA' }, basisPoints, net, tax: gross - net }] : [];
  });
  const order = {
    ...{
      number: '1001',
      language: 'ro',
      email: 'a@example.test',
      currency: 'RON',
      shippingGross: 0,
      shippingRates: [],
      adjustments: [],
    },
    ...{ taxLines, createdAt: new Date(0), billingAddress: {}, paymentMethod: PaymentMethod.CARD },
    totalNet: taxLines.reduce((sum, { net }) => sum + net, 0),
    totalGross: lines.reduce((sum, { totalGross }) => sum + totalGross, 0),
  } as unknown as OrderEntity;
  return { order, lines, seller: { name: 'Lut', address: [], taxId: 'RO1' }, timeZone: 'UTC' };
}

const invoiceOf = (invoiced: InvoicedOrder): IssuedDocument => ({
  kind: 'INVOICE',
  content: orderContent(invoiced),
});
const grossOf = (lines: readonly { gross: number }[]): number =>
  lines.reduce((sum, { gross }) => sum + gross, 0);
const netOf = (lines: readonly { net: number }[]): number => lines.reduce((sum, { net }) => sum + net, 0);

describe('what stands on a document', () => {
  it('adds up to the order, line by line and rate by rate', () => {
    fc.assert(
      fc.property(anyOrder, (invoiced) => {
        const { lines, taxes, total } = orderContent(invoiced);

        expect(grossOf(lines)).toBe(total.gross);
        expect(netOf(lines)).toBe(total.net);
        expect(taxes.reduce((sum, { net, tax }) => sum + net + tax, 0)).toBe(total.gross);
      }),
    );
  });

  it('adds up to whatever amount went back, spread over the rates to the last unit', () => {
    fc.assert(
      fc.property(anyOrder, anyPart, (invoiced, part) => {
        const amount = Math.max(1, Math.floor(invoiced.order.totalGross * part));

        const { lines, taxes, total } = changeContent(invoiced, {
          ...{ amount, sign: -1, corrects: 'LL-000001', issued: [invoiceOf(invoiced)] },
        });

        expect(total.gross).toBe(amount);
        expect(grossOf(lines)).toBe(amount);
        expect(netOf(lines)).toBe(total.net);
        expect(taxes.reduce((sum, { net, tax }) => sum + net + tax, 0)).toBe(amount);
        expect(lines.every(({ gross }) => gross >= 0)).toBe(true);
      }),
    );
  });

  // A and B, 50.00 each at 21 % and 11 %, are paid; 80.00 go back as one sum; A is exchanged for C (90.00 at 11 %) and 40.00
  // are paid; the other 60.00 go back. Told line by line, the change would take 50.00 of the 10.00 that are left at 21 %.
  it('ends at nothing, at every rate, when all was given back around a change of the lines', () => {
    const before = orderOf([
      { sku: 'A', gross: 5_000, rate: 2100 },
      { sku: 'B', gross: 5_000, rate: 1100 },
    ]);
    const after = orderOf([
      { sku: 'B', gross: 5_000, rate: 1100 },
      { sku: 'C', gross: 9_000, rate: 1100 },
    ]);
    const issued: IssuedDocument[] = [invoiceOf(before)];
    const tell = (invoiced: InvoicedOrder, amount: number, sign: 1 | -1): InvoiceContent => {
      const content = changeContent(invoiced, { amount, sign, corrects: null, issued });
      issued.push({ kind: sign === 1 ? 'INVOICE' : 'CREDIT_NOTE', content });
      return content;
    };

    tell(before, 8_000, -1);
    const more = tell(after, 4_000, 1);
    tell(after, 6_000, -1);

    expect(more.lines).toMatchObject([{ kind: 'DIFFERENCE', basisPoints: 1100, net: 3_604, gross: 4_000 }]);
    expect([...creditableOf(issued).byRate]).toEqual([
      [2100, { net: 0, gross: 0 }],
      [1100, { net: 0, gross: 0 }],
    ]);
  });

  // A and B, 0.02 each and without a tax of their own, C 0.03 with a tax of 0.01: 0.02 go back as one sum, then A, then B.
  it('leaves no tax without a net, whatever went back by line and as one sum', () => {
    const prices = fc.array(
      fc.record({ gross: fc.integer({ min: 1, max: 9 }), rate: fc.constantFrom(...RATES) }),
      { minLength: 2, maxLength: 6 },
    );
    const small = [2, 2, 3].map((gross) => ({ gross, rate: 2100 }));
    fc.assert(
      fc.property(prices, fc.integer({ min: 1, max: 5 }), (goods, first) => {
        const invoiced = orderOf(goods.map((good, i) => ({ ...good, sku: `C${i}` })));
        const issued: IssuedDocument[] = [invoiceOf(invoiced)];
        let left = invoiced.order.totalGross;
        const tell = (amount: number, lines: RefundedLine[] = []): void => {
          if (amount === 0 || amount > left) return;
          const refunded = { lines, shippingRates: [], charges: [] };
          const content = changeContent(invoiced, { amount, sign: -1, corrects: null, issued, refunded });
          issued.push({ kind: 'CREDIT_NOTE', content });
          left -= amount;
          for (const { net, gross } of creditableOf(issued).byRate.values())
            expect(gross === 0 ? net : Math.min(net, 1)).toBe(Math.min(gross, 1));
        };

        tell(first);
        for (const { id, totalGross: amount, totalNet } of invoiced.lines)
          tell(amount, [{ orderLineId: id, quantity: 1, amount, tax: amount - totalNet }]);
        tell(left);

        expect(left).toBe(0);
      }),
      { examples: [[small, 2]] },
    );
  });

  it('names the lines that were refunded where they explain the amount, and says one sum where they do not', () => {
    fc.assert(
      fc.property(anyOrder, (invoiced) => {
        const [line] = invoiced.lines as [OrderLineEntity];
        const tax = line.unitPrice - splitTax(line.unitPrice, line.taxBasisPoints).net;
        const lines = [{ orderLineId: line.id, quantity: 1, amount: line.unitPrice, tax }];
        const refunded = { lines, shippingRates: [], charges: [] };
        const change = { sign: -1 as const, corrects: null, issued: [invoiceOf(invoiced)], refunded };
        fc.pre(grossOf(invoiced.lines.map(({ totalGross: gross }) => ({ gross }))) > line.unitPrice);

        const byLine = changeContent(invoiced, { ...change, amount: line.unitPrice });
        const rounded = changeContent(invoiced, { ...change, amount: line.unitPrice + 1 });

        expect(byLine.lines).toMatchObject([
          { kind: 'GOODS', sku: line.sku, quantity: 1, gross: line.unitPrice },
        ]);
        expect(rounded.lines.every(({ kind }) => kind === 'REFUND')).toBe(true);
      }),
    );
  });
});
