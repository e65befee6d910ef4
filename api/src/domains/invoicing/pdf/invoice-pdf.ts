import { townLines } from '../../../kernel/address/address-lines.js';
import { countryName } from '../../../kernel/address/countries.js';
import {
  dateIn,
  FIRST_LANGUAGE,
  languageDataOf,
  localized,
  type LocalizedText,
} from '../../../kernel/languages.js';
import { toDecimal } from '../../../kernel/money.js';
import { FIRST_TIME_ZONE } from '../../../kernel/shop-time.js';
import { messagesAsIssued, type Messages } from '../../../platform/messages.js';
import type { InvoiceEntity } from '../invoice.entity.js';
import type { InvoiceLine } from '../invoice-line.js';
import {
  figuresIn,
  headingsOf,
  TAXED_COLUMNS,
  UNTAXED_COLUMNS,
  type InvoiceColumns,
} from './invoice-columns.js';
import { CLAY, INK, LEFT, MUTED, PdfPage, RIGHT, type Cell, type Style } from './pdf-page.js';

/** Left edge of the right half: details, buyer, totals. */
const MIDDLE = 330;

/**
 * The PDF of a document, in the language of its order. Drawn anew each time: its content never changes. `logo` is the
 * file of the logo of its content, null where there is none (any more).
 */
export function invoicePdf(invoice: InvoiceEntity, logo: Buffer | null = null): Promise<Buffer> {
  const { language, words = null } = invoice.content;
  const messages = messagesAsIssued('documents', language, words);
  const about = {
    title: `${titleOf(invoice, messages)} ${invoice.printedNumber}`,
    author: invoice.content.seller.name,
    locale: languageDataOf(invoice.content.language).locale,
    createdAt: invoice.issuedAt,
    letters: JSON.stringify(invoice.content),
  };
  return PdfPage.print(about, (page) => new InvoiceSheet(page, invoice, messages).draw(logo));
}

function titleOf({ kind }: InvoiceEntity, messages: Messages): string {
  return messages.text(kind === 'INVOICE' ? 'invoice' : 'creditNote');
}

class InvoiceSheet {
  private readonly locale: string;
  private readonly sign: 1 | -1;
  private readonly numbers: Intl.NumberFormat;
  private readonly isTaxed: boolean;
  private readonly columns: InvoiceColumns;

  constructor(
    private readonly page: PdfPage,
    private readonly invoice: InvoiceEntity,
    private readonly messages: Messages,
  ) {
    this.locale = languageDataOf(invoice.content.language).locale;
    this.sign = invoice.kind === 'INVOICE' ? 1 : -1;
    this.isTaxed = invoice.content.untaxed === undefined;
    this.columns = this.isTaxed ? TAXED_COLUMNS : UNTAXED_COLUMNS;
    const decimals = toDecimal({ amount: 0, currency: invoice.currency }).split('.')[1]?.length ?? 0;
    this.numbers = new Intl.NumberFormat(this.locale, {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
  }

  draw(logo: Buffer | null): void {
    this.head(logo);
    this.parties();
    this.tableHead();
    for (const line of this.invoice.content.lines) this.line(line);
    this.sums();
    this.closing();
    this.footers();
  }

  private head(logo: Buffer | null): void {
    const { page, messages } = this;
    const { orderNumber, orderedAt, paymentMethod, corrects } = this.invoice.content;
    this.sender(logo);
    const top = page.y + 44;
    page.text(top, titleOf(this.invoice, messages), { x: LEFT, width: 270 }, { face: 'bold', size: 26 });
    if (corrects)
      page.text(
        top + 36,
        messages.text('corrects', { number: corrects }),
        { x: LEFT, width: 270 },
        { color: MUTED, size: 10 },
      );
    const details: [string, string][] = [
      [messages.text('number'), this.invoice.printedNumber],
      [messages.text('issued'), this.day(this.invoice.issuedAt)],
      [messages.text('order'), `${orderNumber} · ${this.day(new Date(orderedAt))}`],
    ];
    if (this.sign === 1 && paymentMethod)
      details.push([messages.text('paidBy'), messages.text(`methods.${paymentMethod}`)]);
    details.forEach(([label, value], i) => {
      const at = top + 2 + i * 15;
      page.text(at, label, { x: MIDDLE, width: 78 }, { color: MUTED, size: 9 });
      page.text(at, value, { x: 408, width: RIGHT - 408, align: 'right' }, { size: 9, face: 'medium' });
    });
    page.y = top + Math.max(details.length * 15, 52) + 24;
  }

  /** The logo, or the name of the seller, which stands among the parties in any case. */
  private sender(logo: Buffer | null): void {
    const { page } = this;
    const { seller, brand } = this.invoice.content;
    const style: Style = { face: 'bold', size: 13, color: brand?.color ?? CLAY };
    if (logo) page.image(page.y - 12, logo, { x: LEFT, width: 220, height: 40 });
    else page.text(page.y, seller.name, { x: LEFT, width: 240 }, style);
  }

  private parties(): void {
    const { page, messages } = this;
    const { seller, buyer } = this.invoice.content;
    const person = `${buyer.firstName} ${buyer.lastName}`;
    const left = [
      seller.name,
      ...seller.address,
      seller.taxId && `${this.taxIdLabel} ${seller.taxId}`,
      seller.registrationNumber ?? null,
    ];
    const right = [
      buyer.company ?? person,
      buyer.company && person,
      buyer.line1,
      buyer.line2,
      ...townLines(buyer),
      countryName(buyer.countryCode, this.invoice.content.language),
      buyer.email,
    ];
    const top = page.y;
    page.rule(top);
    const ends = [
      this.party(top + 14, messages.text('seller'), left, { x: LEFT, width: 260 }),
      this.party(top + 14, messages.text('buyer'), right, { x: MIDDLE, width: RIGHT - MIDDLE }),
    ];
    page.y = Math.max(...ends) + 28;
  }

  private party(top: number, label: string, lines: readonly (string | null)[], cell: Cell): number {
    this.page.text(top, label, cell, { color: MUTED, size: 9 });
    let y = top + 15;
    lines.forEach((line, i) => {
      if (!line || !this.page.isSeen(line)) return;
      const style: Style = { size: 10, face: i === 0 ? 'medium' : 'regular' };
      this.page.text(y, line, cell, style);
      y += this.page.height(line, cell, style) + 3;
    });
    return y;
  }

  private tableHead(): void {
    const { page, messages } = this;
    for (const [label, cell] of headingsOf(this.columns, messages, this.invoice.currency))
      page.text(page.y, label, cell, { color: MUTED, size: 8.5 });
    page.rule(page.y + 17, INK);
    page.y += 26;
  }

  private line(line: InvoiceLine): void {
    const { page, columns } = this;
    const texts: [string, Style][] = [[this.nameOf(line), { size: 10, face: 'medium' }]];
    for (const note of this.notesOf(line)) texts.push([note, { size: 8.5, color: MUTED }]);
    const height = texts.reduce((sum, [text, style]) => sum + page.height(text, columns.item, style) + 2, 0);
    page.needs(height + 16, () => this.tableHead());

    const figures = figuresIn(columns, {
      quantity: String(line.quantity),
      rate: `${this.rate(line.basisPoints)}%`,
      net: this.signed(line.net),
      tax: this.signed(line.gross - line.net),
      gross: this.signed(line.gross),
    });
    // All figures of a line have one size: when one of them is too long for its column, all of them are smaller.
    const size = page.sizeFor(figures, { size: 10 });
    for (const [text, cell] of figures) page.text(page.y + (10 - size) / 2, text, cell, { size });
    for (const [text, style] of texts) {
      page.text(page.y, text, columns.item, style);
      page.y += page.height(text, columns.item, style) + 2;
    }
    page.rule(page.y + 6);
    page.y += 15;
  }

  private nameOf({ kind, name }: InvoiceLine): string {
    if (kind === 'SHIPPING') return this.messages.text('shipping', { name });
    if (kind === 'REFUND') return this.messages.text('refund');
    return kind === 'DIFFERENCE' ? this.messages.text('difference') : name;
  }

  private notesOf({ kind, variant, sku, discount }: InvoiceLine): string[] {
    if (kind === 'CHARGE') return [];
    const reduced = discount > 0 ? this.messages.text('lessDiscount', { amount: this.amount(discount) }) : '';
    return [[variant, sku].filter(Boolean).join(' · '), reduced].filter(Boolean);
  }

  private sums(): void {
    const { page, messages } = this;
    const { total } = this.invoice.content;
    const rows = this.isTaxed ? this.taxRows() : [];
    page.needs(rows.length * 17 + 60);
    page.y += 6;
    for (const [label, value] of rows) {
      this.sum(label, value, { size: 10, color: MUTED });
      page.y += 17;
    }
    page.rule(page.y + 3, INK, MIDDLE);
    page.y += 14;
    const totalKey = this.isTaxed ? 'total' : 'totalUntaxed';
    const label = messages.text(this.sign === 1 ? totalKey : 'credited');
    this.sum(label, `${this.signed(total.gross)} ${this.invoice.currency}`, { size: 14, face: 'bold' });
    page.y += 38;
  }

  private taxRows(): [string, string][] {
    const { messages } = this;
    const { taxes, total } = this.invoice.content;
    const rows: [string, string][] = [[messages.text('totalNet'), this.signed(total.net)]];
    for (const { name, basisPoints, tax } of taxes)
      rows.push([
        messages.text('taxAtRate', { name: this.taxName(name), rate: this.rate(basisPoints) }),
        this.signed(tax),
      ]);
    if (taxes.length > 1) rows.push([messages.text('totalTax'), this.signed(total.gross - total.net)]);
    return rows;
  }

  private sum(label: string, value: string, style: Style): void {
    const { page } = this;
    const cells = [
      [label, { x: MIDDLE, width: 96 }],
      [value, { x: 428, width: RIGHT - 428, align: 'right' }],
    ] as const;
    const size = page.sizeFor(cells, style);
    for (const [text, cell] of cells)
      page.text(page.y + (style.size - size) / 2, text, cell, { ...style, size });
  }

  private closing(): void {
    const { untaxed } = this.invoice.content;
    if (untaxed) {
      const cell: Cell = { x: LEFT, width: RIGHT - LEFT };
      this.page.needs(this.page.height(untaxed, cell, { size: 9.5 }) + 28);
      this.page.text(this.page.y, untaxed, cell, { size: 9.5 });
      this.page.y += this.page.height(untaxed, cell, { size: 9.5 }) + 8;
    }
    this.page.needs(20);
    const text = this.messages.text(this.sign === 1 ? 'thanks' : 'creditThanks');
    this.page.text(this.page.y, text, { x: LEFT, width: RIGHT - LEFT }, { color: MUTED, size: 9.5 });
  }

  private footers(): void {
    const { seller } = this.invoice.content;
    const tax = seller.taxId && `${this.taxIdLabel} ${seller.taxId}`;
    const who = [seller.name, tax, this.invoice.printedNumber].filter(Boolean).join(' · ');
    const small: Style = { color: MUTED, size: 8 };
    this.page.footers((top, page, pages) => {
      this.page.text(top, who, { x: LEFT, width: 360 }, small);
      const right: Cell = { x: RIGHT - 120, width: 120, align: 'right' };
      this.page.text(top, this.messages.text('page', { page, pages }), right, small);
    });
  }

  /** The number of a seller who is not registered for tax is none of VAT. */
  private get taxIdLabel(): string {
    return this.messages.text(this.isTaxed ? 'taxId' : 'untaxedId');
  }

  /** Documents of the first months store the name as one text, with the rate in it. */
  private taxName(name: LocalizedText | string): string {
    if (typeof name !== 'string')
      return localized(name, this.invoice.content.language, FIRST_LANGUAGE) ?? this.messages.text('tax');
    return name.replace(/\s*\d+([.,]\d+)?\s*%\s*$/, '') || this.messages.text('tax');
  }

  private day(at: Date): string {
    const { language, timeZone = FIRST_TIME_ZONE } = this.invoice.content;
    return dateIn(language, at, { dateStyle: 'long', timeZone });
  }

  private rate(basisPoints: number): string {
    return new Intl.NumberFormat(this.locale, { maximumFractionDigits: 2 }).format(basisPoints / 100);
  }

  private signed(amount: number): string {
    return this.amount(this.sign * amount);
  }

  private amount(amount: number): string {
    // As text, so that no amount passes through a float.
    const text = this.numbers.format(toDecimal({ amount, currency: this.invoice.currency }) as `${number}`);
    return text.replace('-', '−');
  }
}
