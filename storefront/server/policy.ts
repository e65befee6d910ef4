/** Whether a page may load the payment provider. Every other page is refused that. */
export function mayUseStripe(path: string): boolean {
  return /^(\/(en|fr))?\/checkout\/pay\//.test(path);
}

/**
 * The content security policy of a page: our own files and nothing inline.
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
    // blob: is a picture of the visitor's own, shown before it is sent.
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
