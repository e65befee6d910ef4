import type { MailFrame, MailImage } from './define-mail.js';
import { INK, PAGE, SERIF } from './mail-colors.js';
import { markup, webAddress, type Markup } from './markup.js';

/** The most room that a logo takes, in CSS pixels. */
const WIDEST = 220;
const HIGHEST = 56;

/**
 * Who writes: the logo of the shop, or its name. With images off a mail program shows the alternative text of the logo,
 * which is the name in the same letters.
 */
export function mailHead({ shopName, brand: { logo, darkLogo } }: MailFrame): Markup {
  const shown = logo && webAddress(logo.url) ? logo : null;
  if (!shown) return row(markup`${shopName}`);
  const { width, height } = fitted(shown);
  const dark = darkLogo && webAddress(darkLogo.url) ? darkLogo : null;
  // Programs that know no such element leave it out and show the image in it, on the plate of dark mode.
  const image = markup`<img class="${dark ? '' : 'plate'}" src="${shown.url}" alt="${shopName}" width="${width}" height="${height}" style="display:inline-block;border:0;max-width:100%;height:auto;vertical-align:middle;font-family:${SERIF};font-size:22px;line-height:1.3;color:${INK}" />`;
  if (!dark) return row(image);
  return row(
    markup`<picture><source media="(prefers-color-scheme: dark)" srcset="${dark.url}" />${image}</picture>`,
  );
}

/** A logo without a variant for dark mode stands on a plate there, in the color of the page that it is drawn for. */
export const PLATE_IN_THE_DARK = markup`img.plate { background: ${PAGE} !important; padding: 8px 12px !important; border-radius: 6px !important }`;

/** Within the room, in its own proportions: at most half as many pixels as the file has, for sharp screens. */
export function fitted({ width, height }: Pick<MailImage, 'width' | 'height'>): {
  width: number;
  height: number;
} {
  const scale = Math.min(0.5, WIDEST / width, HIGHEST / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

function row(content: Markup): Markup {
  return markup`<mj-text css-class="ink" padding="0 0 16px" font-family="${SERIF}" font-size="22px">${content}</mj-text>`;
}
