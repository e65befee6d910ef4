export type MailScheme = 'light' | 'dark';

/**
 * The page of a mail as a mail program shows it in this scheme: its rules for dark mode hold or do not, whatever the
 * browser of who looks at it prefers.
 */
export function pageIn(html: string, scheme: MailScheme): string {
  const condition = scheme === 'dark' ? 'all' : 'not all';
  return html.replaceAll('(prefers-color-scheme: dark)', condition);
}
