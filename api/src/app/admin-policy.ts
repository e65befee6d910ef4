/**
 * What the admin's pages may load: its own files, the shop's pictures at the API's public address, and nothing inline that runs.
 * The component kit writes its colours into style elements, so styles may be inline. `connect-src 'self'` lets sockets to
 * the same host through as well.
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
