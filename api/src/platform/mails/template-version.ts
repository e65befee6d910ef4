import { createHash } from 'node:crypto';
import { NO_BRAND } from './mail-colors.js';
import type { RenderedMail } from './define-mail.js';

/** Around the preview that a version is of: no shop's, so that the name of one changes no version. */
export const VERSION_FRAME = { shopName: 'Shop', timeZone: 'UTC', brand: NO_BRAND };
export const VERSION_CURRENCY = 'EUR';
const CHARACTERS = 10;

/**
 * The version of what a mail says: that of its preview, written with the same made-up data for ever. It changes when the
 * sentences, the layout or the code of the mail do, and with nothing else.
 */
export function templateVersion(preview: RenderedMail): string {
  return createHash('sha256').update(JSON.stringify(preview)).digest('hex').slice(0, CHARACTERS);
}
