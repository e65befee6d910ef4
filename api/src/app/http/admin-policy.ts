/**
 * Content-Security-Policy of the admin: its own files, the shop's images at the API's public address, and no inline
 * scripts. The component library writes its colors into style elements, so inline styles are allowed. `connect-src
 * 'self'` also allows sockets to the same host.
 */
export function adminPolicy(publicUrl: string): string {
  const shop = new URL(publicUrl).origin;
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: blob: ${shop}`,
    "font-src 'self' data:",
    `connect-src 'self' ${shop}`,
    "manifest-src 'self'",
    "worker-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
