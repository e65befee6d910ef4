/**
 * Content-Security-Policy of the admin: its own files, the shop's images at the public addresses of the API and of the
 * storefront, which previews of mails show, drafts of pages as the storefront shows them, and no inline scripts. The component library writes its colors into style elements, so inline styles are allowed. `connect-src
 * 'self'` also allows sockets to the same host.
 */
export function adminPolicy(publicUrl: string, storefrontUrl: string): string {
  const shop = new URL(publicUrl).origin;
  const storefront = new URL(storefrontUrl).origin;
  const images = [...new Set([shop, storefront])].join(' ');
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: blob: ${images}`,
    "font-src 'self' data:",
    `connect-src 'self' ${shop}`,
    `frame-src ${storefront}`,
    "manifest-src 'self'",
    "worker-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
