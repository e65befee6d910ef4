import { markup, oneLine, webAddress, type Markup } from './markup.js';
import { EDGE, MUTED, SERIF } from './mail-colors.js';

/** Goods of an order, or of a shipment. */
export interface Piece {
  readonly name: string;
  readonly variant: string;
  readonly quantity: number;
  /** Printed at the right: a price, or nothing. */
  readonly price?: string;
}

const RULE = `border-bottom:1px solid ${EDGE}`;
const SMALL = `font-size:14px;color:${MUTED}`;

export function paragraph(text: string): Markup {
  return markup`<mj-text css-class="ink">${text}</mj-text>\n`;
}

/** Several lines under each other, such as an address. */
export function lines(list: readonly string[]): Markup {
  return markup`<mj-text css-class="ink" padding="0 0 8px">${list.map((line) => markup`${line}<br />`)}</mj-text>\n`;
}

/** In the accent of the shop, which the page gives every button. Nothing if the URL is no web address. */
export function button(label: string, url: string): Markup {
  const address = webAddress(url);
  // As browsers ask for it: an address of mrml's may have nothing but ASCII, and no backslash.
  const href = address && URL.parse(address)?.href;
  if (!href) return markup``;
  return markup`<mj-button href="${href}" css-class="button" padding="8px 0 20px" inner-padding="14px 24px" border-radius="6px" font-size="16px" font-weight="600">${label}</mj-button>\n`;
}

export function heading(text: string): Markup {
  return markup`<mj-text css-class="ink" padding="12px 0 8px"><h2 style="margin:0;font-family:${SERIF};font-weight:500;font-size:18px;line-height:1.3">${text}</h2></mj-text>\n`;
}

/** Words of somebody else, with who says them. */
export function quotation(label: string, words: string): Markup {
  return markup`<mj-text css-class="ink"><div class="rule" style="padding:4px 0 4px 16px;border-left:3px solid ${EDGE}"><span class="muted" style="${SMALL}">${label}</span><br />${words}</div></mj-text>\n`;
}

export function pieces(list: readonly Piece[]): Markup {
  const rows = list.map(
    ({ name, variant, quantity, price }) => markup`<tr>
<td class="rule" style="padding:12px 0;${RULE};vertical-align:top"><strong style="font-weight:600">${name}</strong> <span class="muted" style="white-space:nowrap;color:${MUTED}">× ${quantity}</span>${variant ? markup`<br /><span class="muted" style="${SMALL}">${variant}</span>` : ''}</td>
<td class="rule" align="right" style="padding:12px 0 12px 16px;${RULE};vertical-align:top;white-space:nowrap">${price ?? ''}</td></tr>\n`,
  );
  return table(rows);
}

export function sums(rows: readonly { label: string; amount: string; isTotal?: boolean }[]): Markup {
  return table(
    rows.map(
      ({ label, amount, isTotal }) =>
        markup`<tr style="${isTotal ? 'font-size:18px;font-weight:600' : ''}"><td style="padding:8px 0 0">${label}</td><td align="right" style="padding:8px 0 0;white-space:nowrap">${amount}</td></tr>\n`,
    ),
  );
}

/** Values to copy: a label above each value, in a large font. */
export function details(rows: readonly { label: string; value: string }[]): Markup {
  return table(
    rows.map(
      ({ label, value }) =>
        markup`<tr><td class="rule" style="padding:10px 0;${RULE}"><span class="muted" style="${SMALL}">${label}</span><br /><strong style="font-weight:600">${value}</strong></td></tr>\n`,
    ),
  );
}

function table(rows: readonly Markup[]): Markup {
  return markup`<mj-table css-class="ink" role="presentation">\n${rows}</mj-table>\n`;
}

export function pieceText({ name, variant, quantity, price }: Piece): string {
  return `${quantity} × ${oneLine(name)}${variant ? ` (${oneLine(variant)})` : ''}${price ? `  ${price}` : ''}`;
}
