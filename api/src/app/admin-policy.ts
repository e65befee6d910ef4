/**
 * What the admin's pages may load: its own files, the shop's pictures wherever they are, and nothing inline that runs.
 * The component kit writes its colours into style elements, so styles may be inline. `connect-src 'self'` lets sockets to
 * the same host through as well.
 */
export function adminPolicy(pictures: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: blob: ${new URL(pictures).origin}`,
    "font-src 'self' data:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
