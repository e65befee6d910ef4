import { createHash } from 'node:crypto';
import { NOTE_CLICKS } from '../src/app/early/clicks';
import { pathInLanguage, rootLanguage } from '../src/app/messages/language';
import { PAYMENT_FORMS, type PaymentSources } from '../src/checkout/payment/providers';

/** The one inline script by its hash: any other text is refused. */
const NOTED = `'sha256-${createHash('sha256').update(NOTE_CLICKS).digest('base64')}'`;

/** Whether a page may load the payment providers' scripts. No other page may. */
export function isPaymentPage(path: string): boolean {
  return pathInLanguage(path, rootLanguage()).startsWith('/checkout/pay/');
}

/** Whether a page shows a draft, which the admin shows beside the form: its address is secret, and it knows nobody. */
export function isPreview(path: string): boolean {
  return pathInLanguage(path, rootLanguage()).startsWith('/preview/');
}

/**
 * The content security policy of a page: the shop's own files and nothing inline but the few words that note clicks.
 *
 * Style attributes are allowed because swatches carry their color in one; style elements are not.
 */
export function contentPolicy(path: string): string {
  const at = (kind: keyof PaymentSources): string => (isPaymentPage(path) ? sourcesOf(kind) : '');
  const rules: Record<string, string> = {
    'default-src': "'self'",
    'script-src': `'self' ${NOTED}${at('script')}`,
    'style-src': "'self'",
    'style-src-attr': "'unsafe-inline'",
    // blob: is an image of the visitor, shown before its upload.
    'img-src': `'self' data: blob:${at('image')}`,
    'font-src': "'self'",
    'connect-src': `'self'${at('connect')}`,
    'frame-src': at('frame').trim() || "'none'",
    'object-src': "'none'",
    'base-uri': "'self'",
    'form-action': "'self'",
    // The storefront does not know where the admin is.
    'frame-ancestors': isPreview(path) ? '*' : "'none'",
  };
  return Object.entries(rules)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');
}

/** The sources of every provider: an earlier payment is made at the provider that has it. */
function sourcesOf(kind: keyof PaymentSources): string {
  return Object.values(PAYMENT_FORMS)
    .flatMap(({ sources }) => (sources[kind] ? [` ${sources[kind]}`] : []))
    .join('');
}

export const alwaysSent: Record<string, string> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-frame-options': 'DENY',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
};
