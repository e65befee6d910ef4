/** Whether a page may load the payment provider's scripts. No other page may. */
export function mayUseStripe(path: string): boolean {
  return /^(\/(en|fr))?\/checkout\/pay\//.test(path);
}

/**
 * The content security policy of a page: the shop's own files and nothing inline.
 *
 * Style attributes are allowed because swatches carry their colour in one; style elements are not.
 */
export function contentPolicy(path: string): string {
  const stripe = mayUseStripe(path);
  const rules: Record<string, string> = {
    'default-src': "'self'",
    'script-src': stripe ? "'self' https://js.stripe.com https://*.js.stripe.com" : "'self'",
    'style-src': "'self'",
    'style-src-attr': "'unsafe-inline'",
    // blob: is an image of the visitor, shown before its upload.
    'img-src': stripe ? "'self' data: blob: https://*.stripe.com" : "'self' data: blob:",
    'font-src': "'self'",
    'connect-src': stripe ? "'self' https://api.stripe.com" : "'self'",
    'frame-src': stripe ? 'https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com' : "'none'",
    'object-src': "'none'",
    'base-uri': "'self'",
    'form-action': "'self'",
    'frame-ancestors': "'none'",
  };
  return Object.entries(rules)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');
}

export const alwaysSent: Record<string, string> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-frame-options': 'DENY',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
};
