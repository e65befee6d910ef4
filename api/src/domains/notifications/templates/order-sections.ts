import type { Language } from '../../../kernel/languages.js';
import { mailAddressLines } from './mail-address.js';
import type { MailAddress } from './mail-model.js';
import { markup, oneLine, type Markup } from './markup.js';
import { MUTED } from './mail-layout.js';

interface Piece {
  readonly name: string;
  readonly variant: string;
  readonly quantity: number;
  /** Printed at the right: a price, or nothing. */
  readonly price?: string;
}

const RULE = 'border-bottom:1px solid #e6dfd4';

export function pieces(list: readonly Piece[]): Markup {
  const rows = list.map(
    ({ name, variant, quantity, price }) => markup`<tr>
<td class="rule" style="padding:12px 0;${RULE};vertical-align:top"><strong style="font-weight:600">${name}</strong> <span class="muted" style="white-space:nowrap;${MUTED}">× ${quantity}</span>${variant ? markup`<br><span class="muted" style="font-size:14px;${MUTED}">${variant}</span>` : ''}</td>
<td class="rule" align="right" style="padding:12px 0 12px 16px;${RULE};vertical-align:top;white-space:nowrap">${price ?? ''}</td></tr>\n`,
  );
  return markup`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="font-size:16px;line-height:1.4">\n${rows}</table>\n`;
}

export function sums(rows: readonly { label: string; amount: string; isTotal?: boolean }[]): Markup {
  const cells = rows.map(
    ({ label, amount, isTotal }) =>
      markup`<tr style="${isTotal ? 'font-size:18px;font-weight:600' : ''}"><td style="padding:8px 0 0">${label}</td><td align="right" style="padding:8px 0 0;white-space:nowrap">${amount}</td></tr>\n`,
  );
  return markup`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin-top:8px">\n${cells}</table>\n`;
}

/** Values to copy: a label above each value, in a large font. */
export function details(rows: readonly { label: string; value: string }[]): Markup {
  const cells = rows.map(
    ({ label, value }) =>
      markup`<tr><td class="rule" style="padding:10px 0;${RULE}"><span class="muted" style="font-size:14px;${MUTED}">${label}</span><br><strong style="font-weight:600">${value}</strong></td></tr>\n`,
  );
  return markup`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:8px 0 16px;line-height:1.4">\n${cells}</table>\n`;
}

export function addressBlock(address: MailAddress, language: Language): Markup {
  const lines = mailAddressLines(address, language).map((line) => markup`${line}<br>`);
  return markup`<p style="margin:0 0 8px">${lines}</p>\n`;
}

export function pieceText({ name, variant, quantity, price }: Piece): string {
  return `${quantity} × ${oneLine(name)}${variant ? ` (${oneLine(variant)})` : ''}${price ? `  ${price}` : ''}`;
}
