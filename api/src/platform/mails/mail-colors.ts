import type { MailBrand } from './define-mail.js';

// Colours and fonts of mails, those of the storefront. Inline, because many mail programs drop everything else. The
// accent is the shop's: see `MailBrand`.

export const SANS = 'Inter,Arial,Helvetica,sans-serif';
export const SERIF = "Fraunces,Georgia,'Times New Roman',serif";

export const PAGE = '#faf7f2';
export const CARD = '#ffffff';
export const INK = '#1f1b16';
export const MUTED = '#6b6257';
export const EDGE = '#e6dfd4';

export const DARK = {
  page: '#1d1916',
  card: '#282320',
  ink: '#f0e8de',
  muted: '#b3a598',
  edge: '#40382f',
};

/** The look where a shop has none of its own. */
export const NO_BRAND: MailBrand = {
  accent: '#9c4524',
  onAccent: '#ffffff',
  darkAccent: '#e39b78',
  onDarkAccent: '#1d1916',
  logo: null,
  darkLogo: null,
};
